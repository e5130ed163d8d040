import { setTimeout as sleep } from 'node:timers/promises'
import { headOfCitizen } from '../db/seal.ts'
import { at } from '../mail/failpoints.ts'
import { store } from '../mail/inbox.ts'
import { audit } from './audit.ts'
import type { Desk, Tx } from './desk.ts'
import { toChat, toTopic } from './letters.ts'
import { referencesTo, removeRows } from './references.ts'

/** The last traces: Telegram's id in the names of lanes, once the receipt has gone out. `again`: how often it was not yet out. */
export type Scrub = { kind: 'scrub'; chat: number; id: number; again: number }

/** With QUIET_MS and two tries of each, still within the minute. */
export const SCRUB_AFTER_MS = 10_000
/** A receipt that Telegram does not take for so long stays behind with the id it goes to. */
const MOST_AGAIN = 60
/** What stays of a forgotten citizen, with nothing in it that leads to a person. */
const KEPT: ReadonlySet<string> = new Set(['appeals', 'consents', 'events'])
const QUIET_MS = 12_000
/** Telegram lets nobody delete what is older, less some minutes on the way. */
const DELETABLE_S = 47.5 * 3600
const MOST_AT_ONCE = 100

const LANES = `(o.lane = 'citizen:' || $1::text
  or o.lane in (select 'appeal:' || id from appeals where citizen_id = ($1::text)::bigint))`

/** What is on the wire just now lands first, so that its copy is known and can be deleted. */
export const settled = async (desk: Desk, citizen: number): Promise<void> => {
  const words = `(o.kind in ('media', 'album') or o.lane = 'citizen:' || $1::text or o.key like 'edit:%')`
  await desk.db.run(`delete from outbox o where ${LANES} and ${words} and o.state <> 'sending'`, [String(citizen)])
  for (const end = Date.now() + QUIET_MS; ; await sleep(200)) {
    const [busy] = await desk.db.run(`select 1 from outbox o where ${LANES} and o.state = 'sending' limit 1`, [
      String(citizen),
    ])
    if (!busy) return
    if (Date.now() > end) throw new Error('letters are still on their way')
  }
}

/** All of it in one transaction, and with it the key: after the commit there is nothing to go back to. */
export const sweep = async (desk: Desk, done: { id: number; receipt: string; citizen: number }): Promise<void> => {
  const { id, receipt, citizen } = done
  await desk.db.transaction(async (tx) => {
    const [person] = await tx.run<{ external_id: number; channel: string }>(
      'select external_id, channel from citizens where id = $1 and forgotten_at is null for update',
      [citizen],
    )
    if (!person) return
    await wipeCopies(tx, desk, citizen)
    await at('forget:wiped')
    await removeWords(tx, citizen)
    await at('forget:removed')
    await removeMail(tx, person.external_id)
    await desk.keys.destroy(tx, citizen)
    await tx.run(
      `update citizens set external_id = -id, name = $2, current_appeal = null, unreachable_since = null,
         forgotten_at = now() where id = $1`,
      [citizen, headOfCitizen(citizen)],
    )
    await at('forget:unlinked')
    await toChat(tx, desk, person.external_id, {
      key: `forgotten:${id}`,
      letter: { type: 'phrase', phrase: 'forget.receipt', vars: { receipt }, lang: await langOf(tx, citizen) },
    })
    await store(tx, [scrubAt(desk, { kind: 'scrub', id, chat: person.external_id, again: 0 })])
    await tx.run(`update forgettings set state = 'done', done_at = now(), citizen_id = null where id = $1`, [id])
    await audit(tx, { key: `forget:${id}`, actor: { kind: 'system' }, action: 'forget', data: { receipt } })
  })
}

const scrubAt = (desk: Desk, body: Scrub) => {
  const dueAt = new Date(Date.now() + SCRUB_AFTER_MS)
  const key = `timer:scrub:${body.id}${body.again > 0 ? `:${body.again}` : ''}`
  return { key, lane: `timer:scrub:${body.id}`, dueAt, body: desk.keys.own(body) }
}

/** Telegram's own id stands in the names of lanes and in the pace of the chat. */
export const scrub = async (desk: Desk, timer: Scrub): Promise<void> => {
  const { chat, again } = timer
  const busy = await desk.db.run(
    `select 1 from inbox where lane = $1 and key like 'timer:forget:%' and state <> 'done'
     union all select 1 from outbox where lane = $2 and state not in ('sent', 'failed') limit 1`,
    [`private:${chat}`, `chat:${chat}`],
  )
  if (busy.length > 0 && again < MOST_AGAIN)
    return await store(desk.db, [scrubAt(desk, { ...timer, again: again + 1 })])
  await desk.db.run(`update inbox set lane = 'gone' where lane = $1 and state = 'done'`, [`private:${chat}`])
  await desk.db.run(`delete from outbox where lane = $1 and state in ('sent', 'failed')`, [`chat:${chat}`])
  await at('forget:scrubbed')
  await desk.db.run('delete from pace where chat = $1', [chat])
}

/** The messages in the desk group go where Telegram allows; the card is drawn anew without a word of theirs. */
const wipeCopies = async (tx: Tx, desk: Desk, citizen: number): Promise<void> => {
  const rows = await tx.run<{ appeal: number; fresh: string; old: number }>(COPIES, [citizen, DELETABLE_S])
  for (const { appeal, fresh, old } of rows) {
    const messages = JSON.parse(fresh) as number[]
    const key = `forget:${appeal}`
    for (let from = 0; from < messages.length; from += MOST_AT_ONCE) {
      const letter = { type: 'wipe', messages: messages.slice(from, from + MOST_AT_ONCE) } as const
      await toTopic(tx, desk, appeal, [{ key: `${key}:wipe:${from}`, letter }])
    }
    await toTopic(tx, desk, appeal, [
      { key: `${key}:card`, letter: { type: 'card', appeal } },
      ...(old > 0
        ? [
            {
              key: `${key}:old`,
              letter: { type: 'phrase', phrase: 'topic.forgotten_old', vars: { count: old } } as const,
            },
          ]
        : []),
      { key: `${key}:closed`, letter: { type: 'closed', appeal, closed: true } },
    ])
  }
}

const removeWords = async (tx: Tx, citizen: number): Promise<void> => {
  for (const { table, column } of await referencesTo(tx, 'citizens')) {
    if (!KEPT.has(table)) await removeRows(tx, { table, column, ids: [citizen] })
  }
  const rows = await tx.run<{ id: number }>('select id from appeals where citizen_id = $1', [citizen])
  const own = rows.map(({ id }) => id)
  await removeRows(tx, { table: 'messages', column: 'appeal_id', ids: own })
  await tx.run(`update ratings set word = null where appeal_id in (select id from appeals where citizen_id = $1)`, [
    citizen,
  ])
  await tx.run(
    `update appeals set context = $2, comment = null, forgotten_at = now(), version = version + 1 where citizen_id = $1`,
    [citizen, headOfCitizen(citizen)],
  )
  await tx.run(`delete from conversation_states where key = $1`, [`citizen:${citizen}`])
  await tx.run(`delete from outbox o where ${LANES} and o.state in ('sent', 'failed')`, [String(citizen)])
  await tx.run(`delete from outbox o where o.lane = 'citizen:' || $1::text`, [String(citizen)])
}

/** Their timers, and words that were set aside: nothing of them is tried again. */
const removeMail = async (tx: Tx, chat: number): Promise<void> => {
  await tx.run(
    `update inbox set state = 'done', body = null, done_at = now()
     where lane = $1 and (state = 'quarantined' or (state = 'later' and key like 'timer:%'))`,
    [`private:${chat}`],
  )
}

const langOf = async (tx: Tx, citizen: number): Promise<string> => {
  const [row] = await tx.run<{ lang: string }>('select lang from citizens where id = $1', [citizen])
  return row?.lang ?? 'ru'
}

const COPIES = `
  select t.appeal_id as appeal,
    coalesce(json_agg(c.copy_id order by c.copy_id) filter (where m.created_at > now() - make_interval(secs => $2)), '[]')::text as fresh,
    count(c.copy_id) filter (where m.created_at <= now() - make_interval(secs => $2)) as old
  from appeals a
  join lateral (select * from topics where appeal_id = a.id order by gen desc limit 1) t on true
  left join messages m on m.appeal_id = a.id
  left join copies c on c.message_id = m.id and c.chat_id = t.chat_id
  where a.citizen_id = $1
  group by t.appeal_id`
