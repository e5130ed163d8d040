import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type Db } from '../../src/db/client.ts'
import type { Fields, Log } from '../../src/log.ts'
import * as inbox from '../../src/mail/inbox.ts'
import { type Kind, type Outgoing, PRIORITY, type Priority } from '../../src/mail/outbox.ts'
import { testDatabase } from '../database.ts'

export type Room = { db: Db; other: Db; url: string; empty(): Promise<void>; close(): Promise<void> }

/** A mail room: a database of its own, and two connections to it as two replicas have. */
export const openRoom = async (): Promise<Room> => {
  const database = await testDatabase()
  const [db, other] = [connect(database.url), connect(database.url)]
  return {
    db,
    other,
    url: database.url,
    empty: async () => {
      await db.run('truncate inbox, outbox, pace restart identity cascade')
    },
    close: async () => {
      await Promise.all([db.close(), other.close()])
      await database.drop()
    },
  }
}

export const update = (key: string, lane: string, dueAt?: Date): inbox.Stored => ({
  key,
  lane,
  body: Buffer.from(key),
  dueAt,
})

export const letter = (key: string, lane: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key,
  lane,
  kind: 'send' as Kind,
  payload: Buffer.from(key),
  priority: PRIORITY.message as Priority,
  ...more,
})

export const claimAll = (db: Db, owner: string, most = 100) => inbox.claim(db, owner, { most, suspects: most })

export type Line = { event: string; fields: Fields }

/** Remembers what was said, and of what level. */
export const quietLog = (): Log & { lines: Line[] } => {
  const lines: Line[] = []
  const say = (event: string, fields: Fields = {}) => {
    lines.push({ event, fields })
  }
  return { lines, info: say, warn: say, error: say }
}

export const eventually = async (what: string, look: () => Promise<boolean> | boolean, patienceMs = 6_000) => {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(15)) if (await look()) return
  throw new Error(`waited in vain for ${what}`)
}
