import type { Api } from 'grammy'
import { type Contact, contact, isAwayLong, minutesSince, sayBack } from '../desk/database-away.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import { letGo } from '../mail/leases.ts'
import { pause } from './pause.ts'
import { rich } from './rich.ts'

export type Alarm = { stop(): Promise<void> }
type Watching = { api: Api; desk: Desk; owner: string }

const LOOK_MS = 2_000

/**
 * Tells seniors that the database is away: past the outbox, which is away with it, so without a second try; once an outage. What is
 * needed for it is remembered from the last look that could be made.
 */
export const keepAlarm = (watching: Watching): Alarm => {
  const stopping = new AbortController()
  const done = watch(watching, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

const watch = async ({ api, desk, owner }: Watching, stop: AbortSignal): Promise<void> => {
  let last: Contact | null = null
  let told = false
  while (!stop.aborted) {
    const now = await contact(desk, owner).catch(() => null)
    if (now && told && last) told = await sayBack(desk, last).then(always(false), always(true))
    if (now && !told) last = now
    if (!now && !told && last?.ours && isAwayLong(desk, last)) {
      told = true
      await tell(api, desk, last)
    }
    await pause(LOOK_MS, stop)
  }
  await letGo(desk.db, 'alarm', owner).catch(() => {})
}

const always = (answer: boolean) => () => answer

const tell = async (api: Api, desk: Desk, { at, chats }: Contact): Promise<void> => {
  const phrase = desk.texts().t(DESK_LANG, 'alert.database_away.passed', { value: minutesSince(at) })
  const { text, entities } = rich(phrase)
  desk.log.error('database.away', { remedy: 'check that PostgreSQL runs; seniors are told', chats: chats.length })
  await Promise.all(chats.map((chat) => api.sendMessage(chat, text, { entities }).catch(() => {})))
}
