import type { InlineKeyboardButton } from 'grammy/types'
import { type Said, textOf } from '../../desk/content.ts'
import type { Context } from '../../desk/context.ts'
import { DESK_LANG } from '../../desk/desk.ts'
import { contentsOf, type Draft, flowOf } from '../../desk/drafts.ts'
import type { Vars } from '../../desk/letters.ts'
import { passPhrase } from '../../desk/pass-phrase.ts'
import { maskPhone, phoneIn } from '../../desk/phone.ts'
import { type Slot, slotIn, slotsOf, writeSlot } from '../../desk/slots.ts'
import { button, read } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { slotLabel } from '../words.ts'

export const slotRows = (ctx: Ctx, draft: Draft): InlineKeyboardButton[][] =>
  nextSlots(ctx, draft).map((slot) => {
    const option = slot.opens.getTime() / 60_000
    return [button(slotLabel(slot, ctx.lang), { verb: 'pick', draft: draft.id, option })]
  })

/** The slot that was pressed, or typed by its place or its words. Undefined: none of those that are still to come. */
export const slotChosen = (ctx: Ctx, draft: Draft): Said | undefined => {
  const slots = nextSlots(ctx, draft)
  const pressed = read(ctx.callbackQuery?.data ?? '')
  const typed = ctx.callbackQuery ? '' : (ctx.msg?.text?.trim() ?? '')
  const slot =
    pressed?.verb === 'pick'
      ? slots.find(({ opens }) => opens.getTime() === pressed.option * 60_000)
      : slots.find((one, n) => typed === String(n + 1) || typed === slotLabel(one, ctx.lang))
  if (!slot) return undefined
  const message = ctx.msg?.message_id ?? 0
  return { at: { chat: ctx.citizen.externalId, message: -message }, content: { kind: 'text', text: writeSlot(slot) } }
}

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
