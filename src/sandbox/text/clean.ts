export type Entity = {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  user?: { id: number }
  custom_emoji_id?: string
  unix_time?: number
}
export type Formatted = { text: string; entities: Entity[] }

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unclean = /[\0-\x09\x0b-\x1f\u2028-\u202e]|\u0333|\u033f|\u030a/
const dropped = /[\r\u2028-\u202e]|\u0333|\u033f|\u030a/

/**
 * Telegram turns control characters into spaces and drops carriage returns, line separators, direction overrides and
 * three combining lines. Entities move along.
 */
export const clean = ({ text, entities }: Formatted): Formatted => {
  if (!unclean.test(text)) return { text, entities }
  const kept: string[] = []
  const moved: number[] = []
  for (const unit of text.split('')) {
    moved.push(kept.length)
    if (dropped.test(unit)) continue
    kept.push(unclean.test(unit) ? ' ' : unit)
  }
  moved.push(kept.length)
  const at = (offset: number) => moved[offset] ?? kept.length
  return {
    text: kept.join(''),
    entities: entities.map((one) => ({
      ...one,
      offset: at(one.offset),
      length: at(one.offset + one.length) - at(one.offset),
    })),
  }
}

/** Only what can be seen counts as text: spaces of all widths, joiners, direction marks and fillers do not. */
export const isBlank = (text: string): boolean => blank.test(text)

const blank =
  /^(?:[\s\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff\uffa0\ufffc])*$/u

/** Cuts spaces and line breaks at the end, and at the beginning as far as no entity starts there. */
export const trim = ({ text, entities }: Formatted): Formatted => {
  const end = text.replace(/[ \n]+$/, '').length
  const first = Math.min(end, ...entities.map((one) => one.offset))
  const start = Math.min(/^[ \n]*/.exec(text)?.[0].length ?? 0, first)
  if (start === 0 && end === text.length) return { text, entities }
  return {
    text: text.slice(start, end),
    entities: entities.flatMap((one) => {
      const length = Math.min(one.offset + one.length, end) - one.offset
      return length > 0 ? [{ ...one, offset: one.offset - start, length }] : []
    }),
  }
}
