import type postgres from 'postgres'
import { connect, migrate } from '../../src/db/client.ts'
import { createKeyring } from '../../src/db/keyring.ts'

export type Size = { appeals: number; messagesEach: number }
export const KEY = Buffer.alloc(32, 7)

/** The newest of them are the same in every size: what is open, and the days just before. The rest is years of history behind them. */
const WAITING = 300
const IN_HAND = 200
/** Seconds between two appeals: a million of them are three years. */
const EVERY_S = 94.6
/** As far as words are looked for: their texts are real, and open. */
export const READABLE = 2_000
/** Three words of an answer, sealed: head, nonce and mark, and the words as JSON. */
const SEALED = (head: string) =>
  `'\\x0143'::bytea || int8send(${head}) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())`
/** Our group holds the topics that are made while it is measured; those from before are in another one. */
const OLD_GROUP = -1003000000001

const RESET = (table: string) =>
  `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`

const rowsOf = ({ appeals, messagesEach }: Size): string[] => {
  const citizens = Math.ceil(appeals / 2)
  const opened = `now() - (${appeals} - n) * interval '${EVERY_S} s'`
  const closed = appeals - WAITING - IN_HAND
  const appeal = `from generate_series(1, ${appeals}) n`
  const recent = `from generate_series(${appeals - 6_000}, ${closed}) n, generate_series(1, 14) k`
  return [
    `insert into operators (external_id, name, state) select 6000 + n, 'Operator ' || n, 'active' from generate_series(1, 40) n`,
    `insert into citizens (external_id, lang, name, created_at)
       select 10000000 + n, 'ru', ${SEALED('n')}, now() - (${citizens} - n) * interval '${EVERY_S * 2} s' from generate_series(1, ${citizens}) n`,
    `insert into keys.citizen_keys (citizen, wrapped, kek)
       select n, ${SEALED('n')}, 'other' from generate_series(1, ${citizens}) n`,
    `insert into contact_marks (citizen_id, mark) select n, (n % ${Math.max(1, Math.floor(citizens / 25))})::text from generate_series(1, ${citizens}) n`,
    `insert into appeals (number, origin, citizen_id, line, kind, lang, status, context, comment, opened_at, queued_at,
         waiting_since, owner_id, first_answer_at, closed_at)
       select lpad(n::text, 9, '0'), 'tg:' || n, (n + 1) / 2, (array['access', 'services', 'appeals', 'fraud', 'complaints'])[n % 5 + 1],
         'operator', 'ru', case when n <= ${closed} then 'completed' else 'in_progress' end, ${SEALED('(n + 1) / 2')},
         case when n <= ${closed} then ${SEALED('(n + 1) / 2')} end, ${opened}, ${opened},
         case when n > ${appeals - WAITING} then ${opened} end, case when n <= ${appeals - WAITING} then n % 40 + 1 end,
         case when n <= ${appeals - WAITING} then ${opened} + interval '9 min' end,
         case when n <= ${closed} then ${opened} + interval '1 h' end ${appeal}`,
    `insert into topics (appeal_id, gen, chat_id, thread_id, card_message, state)
       select n, 1, ${OLD_GROUP}, n, n, 'open' ${appeal}`,
    `insert into messages (appeal_id, origin_chat, origin_message, author, operator_id, state, body, created_at)
       select n, case when k % 2 = 1 then 10000000 + (n + 1) / 2 else ${OLD_GROUP} end, (n - 1) * ${messagesEach} + k,
         case when k % 2 = 1 then 'citizen' else 'operator' end, case when k % 2 = 0 then n % 40 + 1 end, 'relayed',
         ${SEALED('(n + 1) / 2')}, ${opened} + k * interval '4 min' ${appeal}, generate_series(1, ${messagesEach}) k`,
    `insert into copies (message_id, chat_id, copy_id)
       select (n - 1) * ${messagesEach} + k, ${OLD_GROUP}, 1000000 + (n - 1) * ${messagesEach} + k
       ${appeal}, generate_series(1, ${messagesEach}) k`,
    `insert into events (key, appeal_id, citizen_id, operator_id, kind, at)
       select kind || ':' || n, n, (n + 1) / 2, case kind when 'taken' then n % 40 + 1 end, kind, ${opened}
       ${appeal}, unnest(array['opened', 'taken']) kind where kind = 'opened' or n <= ${appeals - WAITING}`,
    `insert into audit (key, at, actor, actor_id, action, appeal_id, citizen_id, position, hash)
       select 'take:' || n, ${opened}, 'operator', n % 40 + 1, 'take', n, (n + 1) / 2, n, decode(md5(n::text), 'hex') ${appeal}`,
    `insert into ratings (appeal_id, closing, score, at) select n, 3, n % 5 + 1, ${opened} from generate_series(1, ${closed}, 2) n`,
    `insert into trail (key, citizen_id, kind, entry, at)
       select 'way:' || n, (n + 1) / 2, 'seen', 'access.no_code', ${opened} from generate_series(greatest(1, ${appeals - 80_000}), ${appeals}) n`,
    `insert into inbox (key, lane, state, created_at, done_at)
       select 'tg:old:' || n || ':' || k, 'private:' || n, 'done', ${opened}, ${opened} ${recent}`,
    `insert into outbox (key, lane, kind, priority, state, created_at, done_at)
       select 'old:' || n || ':' || k, 'appeal:' || n, 'send', 2, 'sent', ${opened}, ${opened} ${recent}`,
    ...['citizens', 'appeals', 'messages', 'events', 'operators'].map(RESET),
    `select setval('audit_id_seq', (select max(id) from audit))`,
  ]
}

/** Indexes that no key needs are made after the rows: a tenth of the time. */
const HEAVY = ['messages', 'copies', 'events', 'appeals', 'audit']

/** A migrated database of that many appeals, sealed columns of true length, the newest of them readable. */
export const fill = async (sql: postgres.Sql, url: string, size: Size): Promise<void> => {
  await migrate(url)
  await sql.unsafe(`set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB';
    alter table messages drop constraint messages_origin`)
  const indexes = await sql.unsafe(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
     where indrelid in (select unnest($1::text[])::regclass) and not exists (select 1 from pg_constraint where conindid = indexrelid)`,
    [HEAVY as never],
  )
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  for (const statement of rowsOf(size)) await sql.unsafe(statement)
  for (const { made } of indexes) await sql.unsafe(made as string)
  await sql.unsafe('alter table messages add constraint messages_origin unique (origin_chat, origin_message, version)')
  await makeReadable(url, size)
  await sql.unsafe('set session_replication_role = default')
  await sql.unsafe('vacuum (analyze)')
}

/** The words of the newest appeals as their citizens' keys seal them. */
const makeReadable = async (url: string, { appeals, messagesEach }: Size): Promise<void> => {
  const db = connect(url)
  const keys = createKeyring(db, KEY)
  const first = appeals - READABLE * 2
  await db.run('delete from keys.citizen_keys where citizen >= $1', [Math.floor(first / 2)])
  await db.transaction(async (tx) => {
    for (let citizen = Math.floor(first / 2); citizen <= appeals / 2; citizen += 1) await keys.create(tx, citizen)
  })
  for (let appeal = first + 1; appeal <= appeals; appeal += 100) await seal(appeal)
  await db.close()

  async function seal(from: number) {
    const rows = await Promise.all(
      Array.from({ length: 100 * messagesEach }, async (_, n) => {
        const appeal = from + Math.floor(n / messagesEach)
        const text = `Сообщение ${n}: не приходит код, заявление за ребёнка, справка ${appeal}`
        const body = await keys.forCitizen(Math.floor((appeal + 1) / 2), { kind: 'text', text })
        return { id: (from - 1) * messagesEach + n + 1, body: body.toString('hex') }
      }),
    )
    await db.run(
      `update messages m set body = decode(r.body, 'hex') from json_to_recordset($1::json) as r(id bigint, body text) where m.id = r.id`,
      [JSON.stringify(rows)],
    )
  }
}
