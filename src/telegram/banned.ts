import { Composer } from 'grammy'
import { nineDigits } from '../desk/appeal-number.ts'
import { pressed } from './buttons.ts'
import { openAbout } from './citizen/about.ts'
import { firstAid, openAid } from './citizen/aid.ts'
import { listAppeals, openAppeal, openNumber, tellAppeals, unknownNumber } from './citizen/appeals.ts'
import { answerBanned, judgePasted, refuse, tellBanned } from './citizen/banned.ts'
import { answerCheck, openCheck } from './citizen/check.ts'
import { leaving } from './citizen/form.ts'
import { openFraud } from './citizen/fraud.ts'
import { plainCommands, pressTyped } from './citizen/plain.ts'
import { openSection, openSections, readEntry } from './citizen/questions.ts'
import { askLang, chooseLang, help, menu, start } from './citizen/start.ts'
import { askStatus, statusHere, statusOnPortal } from './citizen/status.ts'
import type { Ctx } from './context.ts'
import { menuWord } from './keyboards.ts'
import { answerPress } from './show.ts'

/**
 * Everything that is left to whoever is banned: to read answers, statuses and help against fraud. It ends here: what is not
 * named is refused, so that whatever a citizen can do besides never has to think of bans.
 */
export const bannedChat = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  chat.on('message:text', pressTyped)
  chat.on('callback_query:data', press)
  chat.command('start', start)
  chat.command('menu', menu)
  chat.command('help', help)
  chat.command(['language', 'lang'], askLang)
  for (const [command, deed] of Object.entries(PLACES)) chat.command(command, deed)
  chat.use(plainCommands())
  chat.on('message', answerCheck)
  chat.on('message:text', async (ctx) => {
    const { text } = ctx.msg
    const word = text.length <= 40 ? menuWord(ctx.house.desk.texts(), text) : null
    if (word) return Object.hasOwn(PLACES, word) ? await PLACES[word]?.(ctx) : await tellBanned(ctx)
    const number = nineDigits(text)
    if (number === null) return void ((await judgePasted(ctx)) || (await answerBanned(ctx)))
    if (!(await openNumber(ctx, number))) await unknownNumber(ctx)
  })
  // Corrections and reactions reach nobody either, and need no answer.
  chat.on('message', async (ctx) => void ((await judgePasted(ctx)) || (await refuse(ctx))))
  chat.on('callback_query', tellBanned)
  return chat
}

const PLACES: Record<string, (ctx: Ctx) => Promise<void>> = {
  questions: openSections,
  appeals: listAppeals,
  fraud: openFraud,
  status: askStatus,
  aid: openAid,
  about: openAbout,
  check: leaving(openCheck),
}

const press = async (ctx: Ctx): Promise<void> => {
  const button = pressed(ctx)
  switch (button?.verb) {
    case 'menu':
      return await opening(ctx, menu)
    case 'sections':
      return await opening(ctx, openSections)
    case 'section':
      return await opening(ctx, () => openSection(ctx, button.id))
    case 'entry':
      return await opening(ctx, () => readEntry(ctx, button.id))
    case 'appeals':
      return await opening(ctx, listAppeals)
    case 'mine':
      return await opening(ctx, tellAppeals)
    case 'appeal':
      return await opening(ctx, () => openAppeal(ctx, button.appeal))
    case 'fraud':
      return await opening(ctx, openFraud)
    case 'lang':
      return await chooseLang(ctx, button.lang)
    case 'aid':
      return await firstAid(ctx, button)
    case 'go':
      return await opening(ctx, GO[button.to] ?? tellBanned)
    default:
      return await tellBanned(ctx)
  }
}

const GO: Record<string, (ctx: Ctx) => Promise<void>> = {
  aid: openAid,
  about: openAbout,
  check: leaving(openCheck),
  status: askStatus,
  status_here: statusHere,
  status_portal: statusOnPortal,
}

const opening = async (ctx: Ctx, deed: (ctx: Ctx) => Promise<void>): Promise<void> => {
  if (deed !== tellBanned) await answerPress(ctx)
  await deed(ctx)
}
