import type { InlineKeyboardButton } from 'grammy/types'
import * as trail from '../../desk/trail.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { titleOf } from './questions.ts'

/**
 * Answers that are near what was just written into a form, best first: the form waits meanwhile. What the citizen has opened
 * already is not offered again, and neither is anything for words that are about something else.
 */
export const nearAnswers = async (ctx: Ctx, text: string): Promise<InlineKeyboardButton[][]> => {
  const { desk, finder } = ctx.house
  const found = finder().find(text)
  if (text === '' || found.verdict === 'none') return []
  const steps = await trail.recent(desk, ctx.citizen.id)
  const seen = new Set(steps.map(({ entry }) => entry))
  return found.entries
    .filter(({ id }) => !seen.has(id))
    .map(({ id }) => [button(titleOf(ctx, id), { verb: 'entry', id })])
}
