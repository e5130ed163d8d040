import { instantOf, localDate } from '../../desk/local-time.ts'

/** What stands behind /outage: nothing, an outage by its number with new words or none, or what does not work since when. */
export type OutageSaid =
  | { is: 'list' }
  | { is: 'known'; id: number; text: string }
  | { is: 'new'; since: Date; text: string }

const KNOWN = /^[№#]?\s?(\d{1,9})(?:\s+(.*))?$/s
const SINCE = /^(?:с\s+|since\s+)?(вчера\s+|yesterday\s+)?(?:с\s+|since\s+)?([01]?\d|2[0-3])[:.]([0-5]\d)\s+(.+)$/is
const DAY_MS = 24 * 60 * 60_000

export const outageSaid = (said: string, now: Date, timezone: string): OutageSaid => {
  const text = said.trim()
  if (text === '') return { is: 'list' }
  const [, id, words = ''] = KNOWN.exec(text) ?? []
  if (id) return { is: 'known', id: Number(id), text: words.trim() }
  const [, yesterday, hours, minutes, what] = SINCE.exec(text) ?? []
  if (what === undefined) return { is: 'new', since: now, text }
  const since = (back: number) =>
    instantOf(localDate(new Date(now.getTime() - back), timezone), Number(hours) * 60 + Number(minutes), timezone)
  // A clock time that is still to come was meant of yesterday.
  const today = since(0)
  return { is: 'new', since: yesterday || today > now ? since(DAY_MS) : today, text: what.trim() }
}
