import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db, Param } from '../../src/db/client.ts'
import type { Keyring } from '../../src/db/keyring.ts'
import * as appeals from '../../src/desk/appeals.ts'
import * as bans from '../../src/desk/bans.ts'
import { relaysWait } from '../../src/desk/board.ts'
import { linesNow } from '../../src/desk/board-words.ts'
import * as citizens from '../../src/desk/citizens.ts'
import * as copies from '../../src/desk/copies.ts'
import type { Desk } from '../../src/desk/desk.ts'
import * as drafts from '../../src/desk/drafts.ts'
import * as history from '../../src/desk/history.ts'
import * as messages from '../../src/desk/messages.ts'
import * as operators from '../../src/desk/operators.ts'
import * as queue from '../../src/desk/queue.ts'
import * as search from '../../src/desk/search.ts'
import * as count from '../../src/desk/stats/count.ts'
import { type Talk, talkOf } from '../../src/desk/talk.ts'
import { relayPlainly } from '../../src/desk/talk-citizen.ts'
import { answerPlainly } from '../../src/desk/talk-operator.ts'
import * as timers from '../../src/desk/timers.ts'
import * as topics from '../../src/desk/topics.ts'
import * as trail from '../../src/desk/trail.ts'
import * as waits from '../../src/desk/waits.ts'
import * as inbox from '../../src/mail/inbox.ts'
import * as outbox from '../../src/mail/outbox.ts'
import { settle } from '../../src/mail/settle.ts'
import { giveBack, takeReady } from '../../src/mail/take.ts'
import { loadTexts } from '../../src/texts.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

const ROWS = 100_000

let database: TestDatabase
let sql: postgres.Sql
const texts = loadTexts()
let asked: { statement: string; params: Param[] }[] = []
let desk: Desk
beforeAll(async () => {
  database = await testDatabase()
  sql = postgres(database.url, { max: 1, onnotice: () => {}, fetch_types: false })
  await fill()
  desk = recordingDesk()
}, 60_000)
afterAll(async () => {
  await sql.end()
  await database.drop()
})

/** A desk of 100,000 appeals: most of them closed, some hundreds waiting, a few thousand rows in the mail room. */
const fill = async () => {
  const each = `from generate_series(1, ${ROWS}) n`
  await sql.unsafe(`set session_replication_role = replica; set synchronous_commit = off`)
  await sql.unsafe(`
    insert into citizens (external_id, lang, name) select n, 'ru', '\\x00' ${each};
    insert into appeals (number, origin, citizen_id, line, kind, lang, context, waiting_since, closed_at, owner_id)
      select lpad(n::text, 9, '0'), 'tg:' || n, n, case n % 2 when 0 then 'access' else 'fraud' end, 'operator', 'ru', '\\x00',
        case when n % 200 = 0 then now() end, case when n % 50 > 0 then now() end, n % 40 ${each};
    insert into topics (appeal_id, gen, chat_id, thread_id, state) select n, 1, -100, n, 'open' ${each};
    insert into messages (appeal_id, origin_chat, origin_message, author, state, body)
      select n, n, 1, 'citizen', 'relayed', '\\x00' ${each};
    insert into copies select n, -100, n ${each};
    insert into conversation_states (key, body) select 'citizen:' || n, '\\x00' from generate_series(1, 20000) n;
    insert into trail (key, citizen_id, kind, body) select 'tg:' || n, n % 20000, 'asked', '\\x00' ${each};
    insert into drafts (citizen_id, flow, state) select n, 'feedback', case when n % 10 = 0 then 'open' else 'sent' end ${each};
    insert into draft_answers (draft_id, key, step) select n, 'tg:1', 'text' ${each};
    insert into inbox (key, lane, state, done_at, body, owner, lease_until)
      select 'tg:' || n, 'chat:' || n % 5000, case when n % 50 > 0 then 'done' when n > 99000 then 'later' else 'new' end,
        now() - n * interval '10 s', '\\x00', null, null ${each};
    insert into outbox (key, lane, kind, payload, priority, state, done_at)
      select 'relay:' || n, 'appeal:' || n, 'send', '\\x00', n % 6, case when n % 50 = 0 then 'new' else 'sent' end, now() ${each};
    insert into contact_marks (citizen_id, mark) select n, (n % 10000)::text ${each};
    insert into events (key, appeal_id, kind) select 'e:' || n, n, 'opened' ${each};
    insert into ratings (appeal_id, closing, score, at) select n, 1, 5, now() - n * interval '1 min' ${each};
    insert into faq_votes (citizen_id, entry, helped, at) select n, 'a.b', true, now() - n * interval '1 min' ${each};
    insert into waits (appeal_id) select n ${each};
    insert into choices (citizen_id, body) select n, '\\x00' ${each};
    insert into consents (citizen_id, policy) select n, '2026-11' ${each};
    insert into asks (appeal_id, operator_id, outcome) select n, n % 40, 'completed' ${each};
    insert into bans (citizen_id, appeal_id, operator_id, reason, over_at)
      select n, n, n % 40, '\\x00', case when n % 100 > 0 then now() end ${each};
    insert into pace (chat) values (0), (-100)`)
  await sql.unsafe(`set session_replication_role = default`)
  await sql.unsafe('analyze')
}

/** The desk's own functions speak; what they ask is remembered, and done. */
const recordingDesk = (): Desk => {
  const ask = (statement: string, params: Param[] = []) => {
    asked.push({ statement, params })
    return sql.unsafe(statement, params, { prepare: true })
  }
  const client = { options: sql.options, unsafe: ask }
  const run: Db['run'] = async (statement, params) => [...(await ask(statement, params))] as never
  const query = drizzle({ client: client as never })
  const together = (statement: string, question: object) => run(statement, [JSON.stringify([{ n: 0, ...question }])])
  const statements = { query, run, together, ring: () => {}, tellOthers: () => {}, cause: null }
  const db = { ...statements, transaction: (work: (tx: unknown) => unknown) => work(statements) } as unknown as Db
  const keys: Keyring = {
    own: () => Buffer.alloc(1),
    forCitizen: async () => Buffer.alloc(1),
    open: async () => null,
    marks: (word) => [word],
    create: async () => {},
    destroy: async () => {},
  }
  return {
    db,
    keys,
    log: { info() {}, warn() {}, error() {} },
    texts: () => texts,
  }
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
/** Tables that stay small: they may be read whole. */
const SMALL = new Set(['pace', 'leases', 'lines', 'operators', 'roles', 'operator_lines', 'desks'])

const literal = (param: Param): string =>
  param === null
    ? 'null'
    : Buffer.isBuffer(param)
      ? `'\\x${param.toString('hex')}'`
      : `'${String(param).replaceAll("'", "''")}'`

/** Which tables would be read whole, as a prepared statement is planned for its values, or once for all of them. */
const readWhole = async (mode: 'force_custom_plan' | 'force_generic_plan'): Promise<string[]> => {
  const found: string[] = []
  for (const { statement, params } of asked) {
    if (!/^\s*(select|with|update|delete|insert)/i.test(statement)) continue
    await sql.unsafe(`set plan_cache_mode = ${mode}; prepare hot as ${statement}`)
    const values = params.length > 0 ? `(${params.map(literal).join(', ')})` : ''
    const rows = await sql.unsafe(`explain (format json) execute hot${values}`)
    await sql.unsafe('deallocate hot; set plan_cache_mode = auto')
    const [top] = Object.values(rows[0] as Record<string, [{ Plan: Plan }]>)[0] ?? []
    const whole = top ? nodes(top.Plan).filter((node) => node['Node Type'] === 'Seq Scan') : []
    found.push(...whole.flatMap((node) => node['Relation Name'] ?? []).filter((table) => !SMALL.has(table)))
  }
  return found
}

/** An hour of a table that holds months. */
const SPAN = { from: new Date(Date.now() - 3_600_000), to: new Date(), zone: 'Europe/Moscow' }

const PETR = { id: 1, lines: ['fraud'] } as never

const hot: [what: string, ask: () => Promise<unknown>][] = [
  ['storing', () => inbox.store(desk.db, [{ key: 'tg:1', lane: 'chat:1', body: Buffer.alloc(1) }])],
  ['claiming', () => inbox.claim(desk.db, 'a', { most: 16, suspects: 1 })],
  [
    'settling the inbox',
    () => inbox.settle(desk.db, 'a', [{ row: { id: 50, attempts: 1 } as inbox.InboxRow, state: 'done' }]),
  ],
  ['giving back', () => inbox.giveBack(desk.db, 'a', [1, 2, 3])],
  ['renewing', () => inbox.renew(desk.db, 'a', [1, 2, 3])],
  ['waking timers', () => inbox.wakeTimers(desk.db)],
  ['forgetting the round before', () => timers.forgetBefore(desk, { kind: 'seal', period: '2026-11-26T12:00:05' })],
  ['taking at once', () => takeReady(desk.db, { owner: 'a', pace: 'off', most: 24 })],
  ['taking at a pace', () => takeReady(desk.db, { owner: 'a', pace: 1, most: 24 })],
  [
    'settling the outbox',
    () => settle(desk.db, 'a', [{ row: { id: 50, attempt: 1 } as outbox.OutboxRow, state: 'sent' }]),
  ],
  ['giving back the outbox', () => giveBack(desk.db, 'a', [1])],
  ['hastening a lane', () => outbox.hasten(desk.db, 'appeal:50')],
  ['the first place of a lane', () => outbox.firstPlace(desk.db, 'appeal:50')],
  ['a citizen', () => citizens.find(desk, 777)],
  [
    'a citizen who writes',
    () => citizens.meet(desk, { externalId: 777, lang: 'ru', name: '' }, { key: 'tg:1', speaks: true }),
  ],
  ['an operator in a topic', () => operators.findAt(desk, { person: 5, chat: -100, thread: 777, speaks: true })],
  ['a running talk', () => talkOf(desk, 2_000, 7)],
  ['a word of a citizen', async () => await relayPlainly(desk, (await talkOf(desk, 2_000)) as Talk, word(-5))],
  [
    'an answer',
    async () => {
      const talk = (await talkOf(desk, 2_000, 7)) as Talk
      await answerPlainly(desk, { ...talk, appeal: { ...talk.appeal, ownerId: 7 } }, { said: word(-6), operator: 7 })
    },
  ],
  ['an appeal by its number', () => appeals.ownByNumber(desk, 777, '000000777')],
  ['the appeals of a citizen', () => appeals.ofCitizen(desk, 777)],
  [
    'the place in the queue',
    async () => appeals.placeInQueue(desk, (await appeals.byId(desk, 2_000)) as appeals.Appeal),
  ],
  ['the queue', () => queue.waiting(desk, { from: 0, most: 11 })],
  ['what an operator has in hand', () => queue.inHand(desk, 7, { from: 0, most: 11 })],
  ['the appeal of a topic', () => topics.appealAt(desk, -100, 777)],
  ['the topic of an appeal', () => topics.current(desk, 777)],
  ['a message by its origin', () => messages.latest(desk, { chat: 777, message: 1 })],
  ['a message by its copy', () => copies.byCopy(desk, { chat: -100, message: 777 })],
  ['the copy of a message', () => copies.copiesOf(desk, { chat: 777, message: 1 })],
  ['an album', () => messages.ofAlbum(desk, 777, 'album')],
  ['the way through the FAQ', () => trail.recent(desk, 777)],
  ['a ban', () => bans.of(desk, 700)],
  ['how a wait stands', () => waits.of(desk, 700)],
  ['what is being asked', () => drafts.asking(desk, 70)],
  ['the newest appeals of a line', () => search.newestOf(desk, PETR)],
  ['who left a phone with these digits', () => search.byDigits(desk, PETR, '1234')],
  ['what was said in a slice of appeals', () => search.textsOf(desk, [7, 77, 777])],
  ['what happened to an appeal', () => history.page(desk, { id: 777 }, { from: 0, most: 10 })],
  ['the board', () => linesNow(desk)],
  ['whether relays wait for a group', () => relaysWait(desk, -100)],
  ['the week: what came', () => count.opened(desk, SPAN)],
  ['the week: what was closed', () => count.closed(desk, SPAN)],
  ['the week: first answers', () => count.firstAnswers(desk, SPAN)],
  ['the week: closings', () => count.closings(desk, SPAN)],
  ['the week: who needed nobody', () => count.alone(desk, SPAN)],
  ['the week: ratings', () => count.rating(desk, SPAN)],
  ['the week: entries', () => count.entries(desk, SPAN, 5)],
]

const word = (message: number) => ({ at: { chat: 1, message }, content: { kind: 'text' as const, text: 'Да' } })

test.each(hot)('%s reads no table whole', async (_, ask) => {
  asked = []
  await ask()
  expect(asked.length).toBeGreaterThan(0)
  expect(await readWhole('force_custom_plan')).toEqual([])
  expect(await readWhole('force_generic_plan'), 'prepared').toEqual([])
})

test('a table that is read whole is seen', async () => {
  asked = [{ statement: 'select * from messages where body = $1', params: [Buffer.alloc(1)] }]
  expect(await readWhole('force_custom_plan')).toEqual(['messages'])
})
