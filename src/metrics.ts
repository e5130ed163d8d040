import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Db } from './db/client.ts'

/** What waits, read when it is asked for. Labels are kinds and states, never people. */
export const createMetrics = (db: Db): (() => Promise<string>) => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const inbox = new Gauge({
    name: 'okoshko_inbox_rows',
    help: 'Rows of the inbox that are not done',
    labelNames: ['state'],
    registers: [registry],
  })
  const outbox = new Gauge({
    name: 'okoshko_outbox_rows',
    help: 'Rows of the outbox that are not sent',
    labelNames: ['state'],
    registers: [registry],
  })
  const waiting = new Gauge({
    name: 'okoshko_appeals_waiting',
    help: 'Open appeals without an owner',
    registers: [registry],
  })
  return async () => {
    inbox.reset()
    outbox.reset()
    for (const { state, n } of await count(
      db,
      `select state, count(*) as n from inbox where state <> 'done' group by state`,
    ))
      inbox.set({ state }, n)
    for (const { state, n } of await count(
      db,
      `select state, count(*) as n from outbox where state in ('new', 'sending', 'ambiguous') group by state`,
    )) {
      outbox.set({ state }, n)
    }
    const [row] = await count(db, `select '' as state, count(*) as n from appeals where waiting_since is not null`)
    waiting.set(row?.n ?? 0)
    return await registry.metrics()
  }
}

const count = (db: Db, statement: string) => db.run<{ state: string; n: number }>(statement)
