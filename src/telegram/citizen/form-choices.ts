import { showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import { type Said, shorten } from '../../desk/content.ts'
import type { Draft } from '../../desk/draft-steps.ts'
import * as drafts from '../../desk/drafts.ts'
import type { Step } from '../../desk/flows.ts'
import { pressed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { slotChoices } from './callback.ts'

/** An answer that need not be typed: `option` names it in a button, `text` is what was then said. */
export type Choice = { label: string; option: number; text: string }

const MOST_NUMBERS = 3

/** Slots of time, numbers of the citizen's own appeals, and what was answered to the same question last time. */
export const choicesFor = async (ctx: Ctx, draft: Draft, step: Step): Promise<Choice[]> => {
  const { desk } = ctx.house
  if (step.takes === 'slot') return slotChoices(ctx, draft)
  if (step.takes === 'number') {
    const own = await appeals.ofCitizen(desk, ctx.citizen.id, MOST_NUMBERS)
    return own.map(({ number }) => ({ label: showNumber(number), option: Number(number), text: showNumber(number) }))
  }
  if (!step.again) return []
  const before = await drafts.saidBefore(desk, draft, step.name)
  return before ? [{ label: ctx.t('button.as_before', { text: shorten(before, 40) }), option: 1, text: before }] : []
}

/** The one that was pressed, or typed by its place or its words. Undefined: none of them. */
export const chosen = async (ctx: Ctx, draft: Draft, step: Step): Promise<Said | undefined> => {
  const press = pressed(ctx)
  const typed = ctx.callbackQuery || step.takes !== 'slot' ? '' : (ctx.msg?.text?.trim() ?? '')
  if (press?.verb !== 'pick' && typed === '') return undefined
  const choices = await choicesFor(ctx, draft, step)
  const choice =
    press?.verb === 'pick'
      ? choices.find(({ option }) => option === press.option)
      : choices.find(({ label }, n) => typed === String(n + 1) || typed === label)
  if (!choice) return undefined
  // It was never typed as a message; its place is the press or the word that stands for it.
  const at = { chat: ctx.citizen.externalId, message: -(ctx.msg?.message_id ?? 0) }
  return { at, content: { kind: 'text', text: choice.text } }
}
