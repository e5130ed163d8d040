import { connect } from '../../src/db/client.ts'
import { createLog } from '../../src/log.ts'
import { workOutbox } from '../../src/mail/deliver.ts'
import { listenAtPoints } from '../../src/mail/failpoints.ts'
import { store } from '../../src/mail/inbox.ts'
import { enqueue, PRIORITY } from '../../src/mail/outbox.ts'
import { workInbox } from '../../src/mail/work.ts'

export type Order = {
  databaseUrl: string
  wireUrl: string
  owner: string
  pace: number | 'off'
  dieAt: string
  dieOnPass: number
}

/** A mail room as in service, in a process of its own that ends itself without a word at the named point. */
const run = async ({ databaseUrl, wireUrl, owner, pace, dieAt, dieOnPass }: Order) => {
  let passes = 0
  listenAtPoints(async (point) => {
    if (point !== dieAt) return
    passes += 1
    if (passes === dieOnPass) process.kill(process.pid, 'SIGKILL')
  })
  const post = async (path: string, body: unknown) =>
    await (await fetch(`${wireUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })).json()
  const [db, log] = [connect(databaseUrl), createLog('silent')]
  const inbox = workInbox({
    db,
    log,
    owner,
    handle: async ({ key, lane }) => {
      if (key.startsWith('poison')) throw new Error('poisoned')
      await db.transaction((tx) => enqueue(tx, [row(key, lane)]))
    },
    setAside: async ({ key, lane }) => await enqueue(db, [row(`aside:${key}`, lane)]),
  })
  const outbox = workOutbox({
    db,
    log,
    owner,
    pace,
    deliver: async ({ key, lane, repeated }) => {
      await post('/send', { key, lane, repeated })
      return { kind: 'sent' }
    },
    late: async () => {},
  })
  await db.listen('inbox', inbox.wake)
  await db.listen('outbox', outbox.wake)
  for (let offset = 0; ; ) {
    const updates = (await post('/updates', offset)) as { id: number; key: string; lane: string }[]
    const rows = updates.map(({ key, lane }) => ({ key, lane, body: Buffer.from(key) }))
    // Both ways into the store: by itself, as timers come, and through the worker, which may have them in hand at once.
    await store(db, rows.slice(0, 2))
    await inbox.store(rows.slice(2))
    offset = updates.at(-1)?.id ?? offset
    if (updates.length === 0) await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

const row = (key: string, lane: string) => ({
  key: `relay:${key}`,
  lane,
  kind: 'send' as const,
  payload: Buffer.from(key),
  priority: PRIORITY.message,
})

process.once('message', (order: Order) => void run(order))
