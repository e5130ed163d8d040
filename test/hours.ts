import type { Db } from '../src/db/client.ts'
import { type WordsFolder, wordsFolder } from './words-folder.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const always = DAYS.map((day) => `  ${day}: ['00:00-24:00']`).join('\n')
const never = DAYS.map((day) => `  ${day}: []`).join('\n')

/** A desk that never closes, so that no test depends on the clock of the day. */
export const alwaysOpen = (): WordsFolder => {
  const words = wordsFolder()
  words.write('schedule.yaml', `timezone: Europe/Moscow\ndefault:\n${always}\nlines: {}\noverrides: []\n`)
  return words
}

/** A desk that is closed now, in every line, and opens on this day at half past nine. */
export const closedUntil = (date: string): WordsFolder => {
  const words = wordsFolder()
  const opens = `{ date: '${date}', hours: ['09:30-18:00'] }`
  words.write('schedule.yaml', `timezone: Europe/Moscow\ndefault:\n${never}\nlines: {}\noverrides:\n  - ${opens}\n`)
  return words
}

/** So many days from today in Moscow, as 2026-01-31. */
export const inDays = (days: number): string =>
  new Date(Date.now() + 3 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** What a timer waits for has come: it rings within a second. Its key changes, so that the next one finds room. */
export const ring = async (db: Db, kind: string): Promise<void> => {
  await db.run(
    `update inbox set due_at = now(), key = key || ':' || gen_random_uuid() where state = 'later' and key like $1`,
    [`timer:${kind}:%`],
  )
}

/** Asks the database again until it says yes. */
export const eventually = async (what: string, look: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + 30_000
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
