import { smallTalk } from '../../desk/answers/small-talk.ts'
import { showNumber } from '../../desk/appeal-number.ts'
import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import { sayTooFast } from '../../desk/bursts.ts'
import * as citizens from '../../desk/citizens.ts'
import { notice } from '../../desk/closed-hours.ts'
import * as closing from '../../desk/closing.ts'
import * as consent from '../../desk/consent.ts'
import { TRAVELS } from '../../desk/content.ts'
import * as copies from '../../desk/copies.ts'
import { answersTo } from '../../desk/draft-steps.ts'
import * as drafts from '../../desk/drafts.ts'
import * as fraudHint from '../../desk/fraud-hint.ts'
import { warnOfFiles } from '../../desk/hiding.ts'
import * as messages from '../../desk/messages.ts'
import { talkOf } from '../../desk/talk.ts'
import { relayPlainly } from '../../desk/talk-citizen.ts'
import { isLaterPart } from '../album.ts'
import { button } from '../buttons.ts'
import { saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, say } from '../show.ts'
import { lacksConsent } from './own-data.ts'

/** What the citizen says goes to the appeal it replies to, else to the current one. False: to none. */
export const relayToDesk = async (ctx: Ctx): Promise<boolean> => {
  const { desk } = ctx.house
  if (!ctx.msg) return false
  const said = saidIn(ctx.msg)
  const repliedTo = said.content.replyTo ? await mirrored(ctx, said.content.replyTo) : null
  const id = repliedTo ?? ctx.citizen.currentAppeal
  const seen = ctx.citizen.talk?.appeal.id === id ? ctx.citizen.talk : null
  const talk = id === null ? null : (seen ?? (await talkOf(desk, id)))
  const appeal = talk?.appeal
  if (!appeal || !authorize({ kind: 'citizen', id: ctx.citizen.id }, 'read-own', appeal).allowed) return false
  if (!appeals.isOpen(appeal)) return await askAddOrNew(ctx, appeal)
  if (!ctx.citizen.consented && (await lacksConsent(ctx))) return true
  if (!(await relayPlainly(desk, talk, said)))
    await desk.db.transaction(async (tx) => {
      const fresh = await messages.relayFromCitizen(tx, desk, appeal, said)
      if (fresh !== null) await notice(tx, desk, appeal)
    })
  await sayTooFast(desk.db, desk, { appeal: appeal.id, citizen: ctx.citizen.id, pace: ctx.house.pace })
  await fraudHint.watch(desk, appeal, said.content)
  await warnOfFiles(desk, appeal, said.content)
  if (said.content.kind === 'other')
    await say(ctx, { html: ctx.t('talk.cannot', { what: ctx.t(`what.${said.content.detail}`) }) })
  else if (!TRAVELS.has(said.content.kind)) await say(ctx, { html: ctx.t('relay.as_words') })
  return true
}

/** A message that answers something else as well, but must not be missing in an open appeal. */
export const relayWhileOpen = async (ctx: Ctx): Promise<void> => {
  const current = ctx.citizen.currentAppeal
  const appeal = current === null ? null : await appeals.byId(ctx.house.desk, current)
  if (appeal && appeals.isOpen(appeal)) await relayToDesk(ctx)
}

/** A corrected message is corrected at the desk, too, or in what was not sent yet. */
export const relayEdit = async (ctx: Ctx): Promise<void> => {
  if (!ctx.editedMessage) return
  const { desk } = ctx.house
  const said = saidIn(ctx.editedMessage)
  // A correction is a new word, too.
  if (!(await consent.isGiven(desk, ctx.citizen.id))) return
  if (await messages.edit(desk, said)) return
  if (await drafts.amend(desk, ctx.citizen.id, said)) await say(ctx, { html: ctx.t('flow.amended') })
}

/** «Дополнить обращение или новый вопрос?» – what was written is kept until that is answered. */
export const addOrNew = async (ctx: Ctx, deed: 'add' | 'new', id: number): Promise<string | null> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  const draft = await drafts.own(desk, ctx.citizen.id, id)
  if (draft?.flow !== 'after' || draft.state !== 'left' || draft.appealId === null) {
    await say(ctx, { html: ctx.t('flow.gone'), rows: [wayOut(desk.texts(), ctx.lang)] })
    return null
  }
  const appeal = await appeals.byId(desk, draft.appealId)
  const said = answersTo(draft, 'text').flatMap((answer) => (answer.said ? [answer.said] : []))
  if (deed === 'new' || !appeal) {
    await citizens.setCurrent(desk, ctx.citizen.id, null)
    await drafts.setState(desk, id, 'dropped')
    return said.map(({ content }) => content.text ?? '').join('\n')
  }
  let open = false
  for (const one of said) open = (await closing.reopen(desk, appeal, { by: null, said: one })).status === 'open'
  await drafts.setState(desk, id, 'dropped')
  const phrase = open ? 'after.added' : 'appeals.too_late'
  const vars = { number: showNumber(appeal.number), days: appeals.REOPEN_DAYS }
  await say(ctx, { html: ctx.t(phrase, vars), rows: [wayOut(desk.texts(), ctx.lang)] })
  return null
}

/** After a closing, «спасибо» is just that, and a digit is the menu's. */
const askAddOrNew = async (ctx: Ctx, appeal: Appeal): Promise<boolean> => {
  const { desk } = ctx.house
  const text = ctx.msg?.text?.trim() ?? ''
  if (!ctx.msg || /^[09#]$/.test(text) || (text !== '' && smallTalk(text) !== null)) return false
  if (!appeals.canReopen(appeal)) return await tooLate(ctx, appeal)
  if (await lacksConsent(ctx)) return true
  const draft = await drafts.begin(desk, ctx.citizen.id, { flow: 'after', appealId: appeal.id })
  await drafts.answer(desk, draft, { step: 'text', key: ctx.key, said: saidIn(ctx.msg) })
  await drafts.setState(desk, draft.id, 'left')
  if (isLaterPart(ctx)) return true
  await say(ctx, {
    html: ctx.t('after.ask', { number: showNumber(appeal.number) }),
    rows: [
      [button(ctx.t('button.after_add'), { verb: 'after', deed: 'add', draft: draft.id })],
      [button(ctx.t('button.after_new'), { verb: 'after', deed: 'new', draft: draft.id })],
      wayOut(desk.texts(), ctx.lang),
    ],
  })
  return true
}

/** Whoever replies to it on purpose is told; otherwise these words are simply about something new. */
const tooLate = async (ctx: Ctx, appeal: Appeal): Promise<boolean> => {
  const { desk } = ctx.house
  if (appeal.id === ctx.citizen.currentAppeal) {
    await citizens.setCurrent(desk, ctx.citizen.id, null)
    return false
  }
  const vars = { number: showNumber(appeal.number), days: appeals.REOPEN_DAYS }
  await say(ctx, { html: ctx.t('appeals.too_late', vars), rows: [wayOut(desk.texts(), ctx.lang)] })
  return true
}

/** The appeal of the mirrored message that is replied to. */
const mirrored = async (ctx: Ctx, at: { chat: number; message: number }): Promise<number | null> => {
  const { desk } = ctx.house
  const message = (await copies.byCopy(desk, at)) ?? (await messages.latest(desk, at))
  return message?.appealId ?? null
}
