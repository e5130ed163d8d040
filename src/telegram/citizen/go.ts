import { Composer } from 'grammy'
import type { Button, Place } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress } from '../show.ts'
import { openAbout } from './about.ts'
import { firstAid, openAid } from './aid.ts'
import { openCheck } from './check.ts'
import { tellComposed, tellPreparation } from './compose.ts'
import { enterFlow, leaving } from './form.ts'
import { askNews, leaveNews } from './news.ts'
import { noteOutage } from './outages.ts'
import { ownData, pressData } from './own-data.ts'
import { plainCommands } from './plain.ts'
import { leaveUnrated } from './rating.ts'
import { chooseRecovery, recover } from './recovery.ts'
import { answerCame, setReminder } from './reminders.ts'
import { sayWhetherSolved } from './silence.ts'
import { tellSources } from './sources.ts'
import { askStatus, statusHere, statusOnPortal } from './status.ts'
import { askTranscript } from './transcript.ts'
import { onWaiting } from './waiting.ts'

/** The same places by command. */
export const goCommands = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  chat.command('recovery', leaving(chooseRecovery))
  chat.command('callback', (ctx) => enterFlow(ctx, 'callback'))
  chat.use(plainCommands())
  chat.use(ownData())
  chat.command('status', leaving(askStatus))
  chat.command('news', leaving(askNews))
  chat.command('check', leaving(openCheck))
  chat.command('aid', leaving(openAid))
  chat.command('report', (ctx) => enterFlow(ctx, 'fraud'))
  chat.command('about', leaving(openAbout))
  chat.command('sources', leaving(tellSources))
  chat.command('service', (ctx) => enterFlow(ctx, 'service'))
  return chat
}

/** A press that leads to one of the smaller things a citizen can do. False: it is none of them. */
export const go = async (ctx: Ctx, button: Button | null): Promise<boolean> => {
  switch (button?.verb) {
    case 'recover':
      await recover(ctx, button)
      return true
    case 'remind':
      await setReminder(ctx, button)
      return true
    case 'came':
      await answerCame(ctx, button)
      return true
    case 'tell':
      await noteOutage(ctx, button.outage)
      return true
    case 'wait':
      await onWaiting(ctx, button)
      return true
    case 'aid':
      await firstAid(ctx, button)
      return true
    case 'solved':
      await sayWhetherSolved(ctx, button)
      return true
    case 'transcript':
      await askTranscript(ctx, button.appeal)
      return true
    case 'unrated':
      await leaveUnrated(ctx)
      return true
    case 'data':
      await pressData(ctx, button)
      return true
    case 'go':
      await answerPress(ctx)
      await PLACES[button.to](ctx)
      return true
    default:
      return false
  }
}

const PLACES: Record<Place, (ctx: Ctx) => Promise<void>> = {
  fault: (ctx) => enterFlow(ctx, 'fault'),
  complaint: (ctx) => enterFlow(ctx, 'complaint'),
  callback: (ctx) => enterFlow(ctx, 'callback'),
  recovery: chooseRecovery,
  status: askStatus,
  status_here: statusHere,
  status_portal: statusOnPortal,
  prepare: tellPreparation,
  questions: (ctx) => tellComposed(ctx, 'questions'),
  mfc: (ctx) => tellComposed(ctx, 'mfc'),
  email: (ctx) => tellComposed(ctx, 'email'),
  news: askNews,
  no_news: leaveNews,
  check: leaving(openCheck),
  aid: openAid,
  report: (ctx) => enterFlow(ctx, 'fraud'),
  about: openAbout,
  service: (ctx) => enterFlow(ctx, 'service'),
  sources: tellSources,
}
