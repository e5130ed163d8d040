import { smallTalk } from '../../desk/answers/small-talk.ts'
import { examine } from '../../desk/checking.ts'
import * as trail from '../../desk/trail.ts'
import { isLaterPart } from '../album.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { type Screen, say } from '../show.ts'
import { askPerson } from './operator.ts'
import { overEntries } from './outages.ts'
import { entryScreen, titleOf } from './questions.ts'

/** What is said beside the matter has an answer of its own; the first wish for a person counts. False: it is a question. */
export const answerSmallTalk = async (ctx: Ctx, text: string): Promise<boolean> => {
  const talk = smallTalk(text)
  if (talk === null) return false
  if (talk === 'person') await askPerson(ctx)
  else {
    const aid = talk === 'fear' ? [[button(ctx.t('button.aid'), { verb: 'go' as const, to: 'aid' as const })]] : []
    await say(ctx, { html: ctx.t(`typed.${talk}`), rows: [...aid, wayOut(ctx.house.desk.texts(), ctx.lang)] })
  }
  return true
}

/** A typed question: the answer at once, or up to three guesses, or the honest offer of a person. */
export const answerTyped = async (ctx: Ctx, text: string): Promise<void> => {
  const { desk, finder } = ctx.house
  const found = finder().find(text)
  const [best, ...others] = found.entries.map(({ id }) => id)
  const { id: citizen, consented } = ctx.citizen
  const answer = found.verdict === 'answer' ? best : undefined
  await trail.asked(desk, { citizen, key: ctx.key, text, verdict: found.verdict, consented, answer })
  // Who tells of a fraud is helped first; the answer to the question follows.
  if (examine(desk, text).verdict === 'report') await sayAid(ctx)
  if (found.verdict === 'none' || !best) return await offerPerson(ctx)
  // Said already while the storage was away, when this came for the first time.
  const said = ctx.house.answered(ctx.update.update_id)
  if (found.verdict === 'suggest') return said ? undefined : void (await say(ctx, suggestion(ctx, [best, ...others])))
  const screen = said ? null : entryScreen(ctx, best, others)
  if (screen) await say(ctx, { ...screen, html: `${screen.html}\n\n${ctx.t('typed.not_it')}` })
}

const sayAid = async (ctx: Ctx): Promise<void> => {
  await say(ctx, { html: ctx.t('check.report'), rows: [[button(ctx.t('button.aid'), { verb: 'go', to: 'aid' })]] })
}

/** What turned out to be a new question. Of a photo or a file the bot understands nothing: a person will. */
export const answerAgain = async (ctx: Ctx, text: string): Promise<void> => {
  if (text.trim() !== '') return await answerTyped(ctx, text)
  await say(ctx, { html: ctx.t('after.new_file') })
  await askPerson(ctx)
}

export const unknownCommand = async (ctx: Ctx): Promise<void> => {
  await say(ctx, { html: ctx.t('typed.unknown_command'), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)] })
}

/** Whatever else was said to the bot: an honest sentence, and a person. */
export const offerPerson = async (ctx: Ctx): Promise<void> => {
  await say(ctx, {
    html: ctx.t('typed.none'),
    rows: [
      [button(ctx.t('button.ask_operator'), { verb: 'operator' })],
      [button(ctx.t('button.sections'), { verb: 'sections' })],
      [button(ctx.t('button.menu'), { verb: 'menu' })],
    ],
  })
}

export const unknownKind = async (ctx: Ctx): Promise<void> => {
  if (isLaterPart(ctx)) return
  await say(ctx, { html: ctx.t('typed.unknown_kind'), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)] })
}

/** Up to three guesses. */
export const suggestion = (ctx: Ctx, ids: string[]): Screen => {
  const best = ids.slice(0, 3)
  const rows = best.map((id) => [button(titleOf(ctx, id), { verb: 'entry', id })])
  const outage = overEntries(ctx, best)
  return {
    html: `${outage.html}${ctx.t('typed.suggest')}`,
    rows: [
      ...outage.rows,
      ...rows,
      [button(ctx.t('button.not_these'), { verb: 'operator' })],
      wayOut(ctx.house.desk.texts(), ctx.lang),
    ],
  }
}
