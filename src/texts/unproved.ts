/** What looks like a phone, an address, an hour or a term, and so has to be a fact with a source and a date. */
export const unprovedIn = (plain: string): { found: string; what: string; at: number } | null => {
  for (const [what, pattern] of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const found = match[0].trim()
      if (!isAppealNumber(found)) return { found, what, at: match.index }
    }
  }
  return null
}

const NOT_INSIDE = String.raw`(?<![\p{L}\d])`
const NOT_GOING_ON = String.raw`(?![\p{L}\d])`
const UNITS =
  'дн(?:я|ей|ям|ями|ях)|день|сут(?:ки|ок)|час(?:а|ов)?|недел[ьиюя]|месяц(?:а|ев)?|год(?:а|ов)?|лет|' +
  'hours?|days?|weeks?|months?|years?'
const QUALITY = String.raw`(?:рабочих|рабочего|календарных|календарного|working|business|calendar)\s+`

const whole = (body: string): RegExp => new RegExp(`${NOT_INSIDE}${body}${NOT_GOING_ON}`, 'giu')

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['phone', whole(String.raw`\+?\d(?:[\s()–-]{0,2}\d){6,}`)],
  ['phone', whole('(?:10[1-4]|112|115|122|0919)')],
  ['link', whole(String.raw`(?:https?:\/\/|www\.|tg:\/\/)\S+`)],
  ['link', whole(String.raw`[\p{L}\d-]+\.(?:ru|рф|su|com|org|net|info|gov|online|site|me)`)],
  ['hours', whole(String.raw`\d{1,2}:\d{2}`)],
  ['term', whole(String.raw`\d+(?:[–-]\d+)?\s+(?:${QUALITY})?(?:${UNITS})`)],
]

const isAppealNumber = (text: string): boolean => /^\d{3}-\d{3}-\d{3}$/.test(text)
