import type { Api } from 'grammy'
import type { Db } from '../db/client.ts'

/** Why no updates come in, or null. Asked by /ready. */
export type Alive = () => Promise<string | null>

/** Whether this replica polls, and when a poll last came back; kept by poll.ts. */
export type Pulse = { holding: boolean; lastAt: number }

/** Three long polls without an answer. */
const SILENT_MS = 45_000

export const pollingAlive =
  (db: Db, pulse: Pulse): Alive =>
  async () => {
    if (pulse.holding) return Date.now() - pulse.lastAt < SILENT_MS ? null : 'polling'
    const held = await db.run(`select 1 from leases where name = 'poll' and until > now()`)
    return held.length > 0 ? null : 'polling'
  }

const ASKED_MS = 30_000

/**
 * Whether Telegram calls this desk's address; asked at most twice a minute. That Telegram cannot get through just now is no
 * reason: a balancer would then take away the very address through which it could.
 */
export const webhookAlive = (api: Api, url: URL): Alive => {
  let asked = { at: 0, lack: null as string | null }
  return async () => {
    if (Date.now() - asked.at < ASKED_MS) return asked.lack
    const info = await api.getWebhookInfo().catch(() => null)
    const lack = info === null ? 'messenger' : info.url === url.href ? null : 'webhook'
    asked = { at: Date.now(), lack }
    return lack
  }
}
