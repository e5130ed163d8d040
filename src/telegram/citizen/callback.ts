import { textOf } from '../../desk/content.ts'
import type { Context } from '../../desk/context.ts'
import { DESK_LANG } from '../../desk/desk.ts'
import { contentsOf, type Draft, flowOf } from '../../desk/draft-steps.ts'
import type { Vars } from '../../desk/letters.ts'
import { passPhrase } from '../../desk/pass-phrase.ts'
import { maskPhone, phoneIn } from '../../desk/phone.ts'
import { type Slot, slotIn, slotsOf, writeSlot } from '../../desk/slots.ts'
import type { Ctx } from '../context.ts'
import { slotLabel } from '../words.ts'
import type { Choice } from './form-choices.ts'

export const slotChoices = (ctx: Ctx, draft: Draft): Choice[] =>
  nextSlots(ctx, draft).map((slot) => ({
    label: slotLabel(slot, ctx.lang),
    option: slot.opens.getTime() / 60_000,
    text: writeSlot(slot),
  }))

/** What the card shows and what the citizen is told. The phone is masked on the card; in the topic it is the citizen's own message. */
export const callbackOpening = (ctx: Ctx, draft: Draft): { answers: Context['answers']; vars: Vars } => {
  const said = (step: string) => contentsOf(draft, step).map(textOf).join('\n')
  const phone = maskPhone(phoneIn(said('phone')) ?? '')
  const slot = slotIn(said('slot'))
  const words = passPhrase(ctx.house.desk.texts(), ctx.lang)
  const about = said('text')
  return {
    answers: [
      { step: 'phone', text: phone },
      { step: 'slot', text: slot ? slotLabel(slot, DESK_LANG) : '' },
      { step: 'words', text: words },
      ...(about ? [{ step: 'text', text: about }] : []),
    ],
    vars: { phone, words, slot: slot ? slotLabel(slot, ctx.lang) : '' },
  }
}

const nextSlots = (ctx: Ctx, draft: Draft): Slot[] =>
  slotsOf(ctx.house.desk.texts().schedule, flowOf(draft).line, new Date())
