import type { Logged } from '../../desk/audit-log.ts'
import type { Ctx } from '../context.ts'

/** What belongs to an entry, in words. What has no words, as a hash or a number of ours, is for audit:verify and not for readers. */
export const details = (ctx: Ctx, data: Logged['data']): string[] =>
  Object.entries(data).flatMap(([key, value]) => {
    const label = worded(ctx, `audit.data.${key}`)
    if (label === null || value === null || value === false) return []
    if (value === true) return [label]
    return [`${label}: ${typeof value === 'number' ? value : String(value).split(' ').map(wordOf(ctx)).join(', ')}`]
  })

/** A role, a line, a way of finding; anything else is a name or a date and stays. */
const wordOf =
  (ctx: Ctx) =>
  (word: string): string =>
    worded(ctx, `audit.value.${word}`) ?? worded(ctx, `line.${word}`) ?? word

const worded = (ctx: Ctx, key: string): string | null => (ctx.house.desk.texts().has(ctx.lang, key) ? ctx.t(key) : null)
