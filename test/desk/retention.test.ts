import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { createKeyring } from '../../src/db/keyring.ts'
import { byId } from '../../src/desk/appeals.ts'
import { audit } from '../../src/desk/audit.ts'
import { seal, verify } from '../../src/desk/audit-chain.ts'
import * as closing from '../../src/desk/closing.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { keepTo } from '../../src/desk/retention.ts'
import { createLog } from '../../src/log.ts'
import { listenAtPoints } from '../../src/mail/failpoints.ts'
import { loadTexts } from '../../src/texts.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

const texts = loadTexts()
let database: TestDatabase
let db: Db
let desk: Desk
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url)
  desk = { db, keys: createKeyring(db, Buffer.alloc(32, 7)), log: createLog('silent'), texts: () => texts }
})
afterAll(async () => {
  listenAtPoints(null)
  await db.close()
  await database.drop()
})

let number = 0
/** An appeal with one message, closed so many days ago; null: open, and old. */
const appeal = async (closedDays: number | null): Promise<number> => {
  number += 1
  const citizen = await db.transaction(async (tx) => {
    const [row] = await tx.run<{ id: number }>(
      `insert into citizens (external_id, lang, name) values ($1, 'ru', '\\x00') returning id`,
      [number],
    )
    await desk.keys.create(tx, row?.id ?? 0)
    return row?.id ?? 0
  })
  const words = await desk.keys.forCitizen(citizen, { kind: 'text', text: 'слова, которые уйдут в свой срок' })
  const [made] = await db.run<{ id: number }>(
    `insert into appeals (number, origin, citizen_id, line, kind, lang, context, comment, opened_at, closed_at, waiting_since)
     values ($1, 'x:' || $1, $2, 'access', 'operator', 'ru', $3, $3, now() - interval '9 years',
       now() - make_interval(days => $4), null) returning id`,
    [String(number).padStart(9, '0'), citizen, words, closedDays],
  )
  const id = made?.id ?? 0
  await db.run(`insert into topics (appeal_id, gen, chat_id, thread_id, state) values ($1, 1, -100, $1, 'open')`, [id])
  await db.run(`insert into ratings (appeal_id, closing, score) values ($1, 1, 5)`, [id])
  await db.run(
    `insert into messages (appeal_id, origin_chat, origin_message, author, state, body) values ($1, 7, $1, 'citizen', 'relayed', $2)`,
    [id, words],
  )
  await db.run(`insert into copies select id, -100, id from messages where appeal_id = $1`, [id])
  return id
}
const wordsOf = async (id: number) => (await db.run('select 1 from messages where appeal_id = $1', [id])).length

test('each class goes at its time; an open appeal never, however old; what went is written down', async () => {
  const [open, fresh, wordless, gone] = [await appeal(null), await appeal(300), await appeal(400), await appeal(1200)]
  await db.run(
    `insert into drafts (citizen_id, flow, touched_at) select citizen_id, 'feedback', now() - interval '31 days' from appeals`,
  )
  await db.run(
    `insert into trail (key, citizen_id, kind, at) select 'old:' || id, citizen_id, 'asked', now() - interval '91 days' from appeals`,
  )
  await keepTo(desk)
  expect([await wordsOf(open), await wordsOf(fresh), await wordsOf(wordless)]).toEqual([1, 1, 0])
  expect(await byId(desk, gone)).toBeNull()
  const kept = await byId(desk, wordless)
  expect(kept?.comment).toBeNull()
  expect(await desk.keys.open(kept?.context ?? Buffer.alloc(0))).toBeNull()
  expect(await db.run(`select 1 from drafts union all select 1 from trail`)).toEqual([])
  const [act] = await db.run<{ data: Record<string, number> }>(`select data from audit where action = 'retention'`)
  expect(act?.data).toMatchObject({ messages: 2, appeals: 1, drafts: 4, questions: 4 })
  await keepTo(desk)
  expect(await db.run(`select 1 from audit where action = 'retention'`)).toHaveLength(1)
})

test('done rows leave inbox and outbox after seven days; what is not done stays', async () => {
  await db.run(
    `insert into inbox (key, lane, state, done_at) select 'in' || n || s, 'l' || n || s, s, now() - make_interval(days => n)
       from generate_series(6, 8) n, unnest(array['done', 'quarantined']) s`,
  )
  await db.run(
    `insert into outbox (key, lane, kind, priority, state, done_at) select 'out' || n || s, 'l' || n || s, 'send', 1, s, now() - make_interval(days => n)
       from generate_series(6, 8) n, unnest(array['sent', 'failed', 'new']) s`,
  )
  await keepTo(desk)
  const keys = async (table: string) =>
    (await db.run<{ key: string }>(`select key from ${table} where key ~ '^(in|out)[0-9]' order by id`))
      .map(({ key }) => key)
      .sort()
  expect(await keys('inbox')).toEqual(['in6done', 'in6quarantined', 'in7quarantined', 'in8quarantined'])
  expect(await keys('outbox')).toEqual(['out6failed', 'out6new', 'out6sent', 'out7new', 'out8new'])
  await db.run(`delete from inbox where key like 'in%'`)
  await db.run(`delete from outbox where key like 'out%'`)
})

test('one that is being opened again is passed over; one that is opened again after it waits, and is open', async () => {
  const [before, after] = [await appeal(400), await appeal(400)]
  await db.transaction(async (tx) => {
    await tx.run('update appeals set closed_at = null where id = $1', [before])
    await keepTo(desk)
  })
  expect(await wordsOf(before)).toBe(1)
  expect(await wordsOf(after)).toBe(0)

  const raced = await appeal(20)
  const short = {
    ...texts,
    retention: { messages: { days: 10, from: 'closing', reason: texts.retention.messages?.reason } },
  }
  const hasty = { ...desk, texts: () => short as typeof texts }
  let reopening: Promise<{ status: string }> | undefined
  const was = await byId(desk, raced)
  listenAtPoints((point) => {
    if (point === 'retention:locked' && was) reopening ??= closing.reopen(desk, was, { by: null })
  })
  await keepTo(hasty)
  listenAtPoints(null)
  expect((await reopening)?.status).toBe('open')
  const now = await byId(desk, raced)
  expect([now?.closedAt, await wordsOf(raced)]).toEqual([null, 0])
  await keepTo(hasty)
  expect((await byId(desk, raced))?.closedAt).toBeNull()
})

test('the audit loses its old end only, says so, and what is left proves itself', async () => {
  await db.run(
    `insert into audit (key, at, actor, action) select 'old:' || n, now() - interval '4 years', 'system', 'retry' from generate_series(1, 7) n`,
  )
  await seal(db)
  await audit(db, { key: 'new', actor: { kind: 'system' }, action: 'retry' })
  await seal(db)
  const count = async () => (await db.run('select 1 from audit')).length
  const before = await count()
  await db.run(`select 1`)
  await keepTo(desk)
  // The entries before the old ones are young, so nothing may go from the middle.
  expect(await count()).toBe(before)
  await db.run('alter table audit disable trigger audit_rows')
  await db.run(
    `update audit set at = now() - interval '5 years', position = null, hash = null where key not in ('new')`,
  )
  await db.run(`update audit set position = null, hash = null`)
  await db.run('alter table audit enable trigger audit_rows')
  await seal(db)
  await keepTo(desk)
  await seal(db)
  expect(await db.run(`select key from audit where key like 'old:%'`)).toEqual([])
  expect(await verify(db)).toBeNull()
  await expect(db.run(`delete from audit where key = 'new'`)).rejects.toThrow('only added to')
})
