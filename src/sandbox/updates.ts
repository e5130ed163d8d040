import { conflict } from './refusal.ts'
import type { Store } from './store.ts'

export type Update = { update_id: number } & Record<string, unknown>
export type QueuedUpdate = { update: Update; queue: string; until: number }
export type Poll = { offset?: number; limit?: number; timeout?: number; signal?: AbortSignal }
export type Updates = {
  /** Queues an update unless the bot has not asked for its kind. */
  add(kind: string, body: object, queue: string): Update | null
  poll(poll: Poll): Promise<Update[]>
  /** All that wait, oldest first; what is too old is forgotten. */
  pending(): QueuedUpdate[]
  drop(updateId: number): void
  clear(): void
  allow(kinds: string[]): void
  allowed(): string[] | undefined
  /** Ends a waiting getUpdates with 409; without a reason with what there is. */
  interrupt(reason?: string): void
  onAdded(listener: (queued: QueuedUpdate) => void): void
}

const lifeOf = (kind: string) => (kind === 'callback_query' ? 150_000 : 86_400_000)
/** Kinds that are sent only to a bot that lists them. */
const onRequest = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const otherPoller = 'terminated by other getUpdates request; make sure that only one bot instance is running'

type Waiter = { finish(): void; fail(reason: string): void }

/** The updates a bot has not fetched yet. Telegram keeps them for 24 hours, a button's press for 150 seconds. */
export const createUpdates = (store: Store, now: () => number): Updates => {
  const queue = store.table<QueuedUpdate>('updates')
  const settings = store.table<string[]>('allowed_updates')
  const listeners: ((queued: QueuedUpdate) => void)[] = []
  const waiting: { one: Waiter | null } = { one: null }
  const delay = conflictDelay()
  const allowed = () => settings.get('list')

  const pending = () => {
    for (const [id, one] of queue.entries()) if (one.until <= now()) queue.drop(id)
    return queue.values()
  }
  const take = (limit: number) => firstOf(pending(), limit)
  const poll = ({ offset = 0, limit = 100, timeout = 0, signal }: Poll) => {
    waiting.one?.fail(otherPoller)
    confirm(queue, offset)
    const ready = take(limit)
    if (ready.length > 0 || timeout <= 0) return Promise.resolve(ready)
    return wait({ waiting, seconds: Math.min(50, timeout), signal, delay, take: () => take(limit) })
  }
  return {
    add: (kind, body, lane) => {
      if (!wanted(kind, allowed())) return null
      const update = { update_id: store.next('update', 700_000_001), [kind]: body }
      const queued = { update, queue: lane, until: now() + lifeOf(kind) }
      queue.put(update.update_id, queued)
      for (const listener of listeners) listener(queued)
      waiting.one?.finish()
      return update
    },
    poll,
    pending,
    drop: (id) => queue.drop(id),
    clear: () => confirm(queue, Number.POSITIVE_INFINITY),
    allow: (kinds) => (kinds.length > 0 ? settings.put('list', kinds) : settings.drop('list')),
    allowed,
    interrupt: (reason) => (reason === undefined ? waiting.one?.finish() : waiting.one?.fail(reason)),
    onAdded: (listener) => void listeners.push(listener),
  }
}

const firstOf = (pending: QueuedUpdate[], limit: number): Update[] =>
  pending.slice(0, Math.max(1, Math.min(100, limit))).map((one) => one.update)

const wanted = (kind: string, allowed: string[] | undefined) =>
  allowed === undefined ? !onRequest.has(kind) : allowed.includes(kind)

/** A positive offset confirms everything before it, a negative one everything but the last so many. */
const confirm = (
  queue: { entries(): [number | string, QueuedUpdate][]; drop(key: number | string): void },
  offset: number,
) => {
  const entries = queue.entries()
  const before = offset < 0 ? (entries.at(offset)?.[1].update.update_id ?? 0) : offset
  for (const [id, { update }] of entries) {
    if (update.update_id >= before) break
    queue.drop(id)
  }
}

type Waiting = {
  waiting: { one: Waiter | null }
  seconds: number
  signal: AbortSignal | undefined
  delay: () => number
  take: () => Update[]
}

const wait = ({ waiting, seconds, signal, delay, take }: Waiting) =>
  new Promise<Update[]>((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      if (waiting.one === waiter) waiting.one = null
    }
    const waiter: Waiter = {
      finish: () => {
        done()
        resolve(take())
      },
      fail: (reason) => {
        done()
        setTimeout(() => reject(conflict(reason)), delay()).unref()
      },
    }
    const timer = setTimeout(() => waiter.finish(), seconds * 1000)
    signal?.addEventListener('abort', () => {
      done()
      resolve([])
    })
    waiting.one = waiter
  })

/** Telegram answers conflicts at most once in three seconds, so that two pollers do not chase each other. */
const conflictDelay = () => {
  let next = 0
  return () => {
    const now = Date.now()
    const at = Math.max(now, next)
    next = at + 3000
    return at - now
  }
}
