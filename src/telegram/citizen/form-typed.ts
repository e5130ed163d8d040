import type { FormDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import type { Stage } from './form-ask.ts'

/** A button's words typed instead of pressed, in any language; and the digits where no text is being asked for. */
export const typedDeed = (ctx: Ctx, { deeds, step }: Stage): FormDeed | null => {
  const text = ctx.msg?.text ?? ''
  if (text.length > 40) return null
  const plain = words(text)
  const texts = ctx.house.desk.texts()
  for (const deed of deeds) {
    const labels = texts.langs.flatMap((lang) => texts.t(lang, `flow.typed.${deed}`).split(','))
    if (plain !== '' && labels.map(words).includes(plain)) return deed
  }
  if (step?.takes === 'said' || step?.takes === 'text' || step?.takes === 'number') return null
  if (text.trim() === '#') return 'cancel'
  if (text.trim() === '0') return deeds.includes('back') ? 'back' : 'cancel'
  return null
}

const words = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
