/** Hours of each unit, as people write it in both languages. */
const UNITS: Record<string, number> = { h: 1, ч: 1, d: 24, д: 24, w: 168, н: 168 }
const FOREVER = /^(forever|навсегда)$/i
const SHADOW = /^(shadow|тихо)$/i
const TERM = /^(\d{1,3})\s?([hdwчдн])$/i

/** `/ban 3d [shadow] why`: for how many hours (null: for good), whether in silence, and why. Null: not written like that. */
export const readBan = (words: string): { hours: number | null; shadow: boolean; reason: string } | null => {
  const [term = '', ...rest] = words.trim().split(/\s+/)
  const [, count, unit = ''] = TERM.exec(term) ?? []
  const hours = Number(count) * (UNITS[unit.toLowerCase()] ?? 0)
  if (!FOREVER.test(term) && !(hours >= 1)) return null
  const shadow = SHADOW.test(rest[0] ?? '')
  const reason = rest.slice(shadow ? 1 : 0).join(' ')
  return reason === '' ? null : { hours: FOREVER.test(term) ? null : hours, shadow, reason }
}
