import { randomUUID } from 'node:crypto'
import { at } from '../mail/failpoints.ts'
import { audit } from './audit.ts'
import type { Desk, Tx } from './desk.ts'
import { removeRows } from './references.ts'

const BATCH = 200
/** A sealed `null`: what is left of a context when its words are gone. */
const EMPTY_BYTES = 42

type Removing = (desk: Desk, days: number) => Promise<number>

/** How each class of locales/retention.yaml goes. Whatever is not named there stays. */
const CLASSES: Record<string, Removing> = {
  messages: async (desk, days) =>
    (await inBatches(desk, (tx) => removeWords(tx, desk, days))) +
    (await byAge(desk, { table: 'contact_marks', key: 'ctid', old: 'at < $1::timestamptz' }, days)),
  searches: (desk, days) => byAge(desk, { table: 'searches', key: 'id', old: 'at < $1::timestamptz' }, days),
  appeals: (desk, days) => inBatches(desk, (tx) => removeAppeals(tx, days)),
  feedback: async (desk, days) =>
    (await byAge(desk, { table: 'ratings', key: 'ctid', old: 'at < $1::timestamptz' }, days)) +
    (await byAge(desk, { table: 'faq_votes', key: 'ctid', old: 'at < $1::timestamptz' }, days)),
  audit: (desk, days) => desk.db.transaction((tx) => removeAudit(tx, days)),
  conversation_states: (desk, days) =>
    byAge(desk, { table: 'conversation_states', key: 'key', old: 'touched_at < $1::timestamptz' }, days),
  drafts: (desk, days) => inBatches(desk, (tx) => removeDrafts(tx, days)),
  inbox: (desk, days) =>
    byAge(desk, { table: 'inbox', key: 'id', old: `state = 'done' and done_at < $1::timestamptz` }, days),
  outbox: (desk, days) =>
    byAge(desk, { table: 'outbox', key: 'id', old: `state in ('sent', 'failed') and done_at < $1::timestamptz` }, days),
  questions: (desk, days) => byAge(desk, { table: 'trail', key: 'id', old: 'at < $1::timestamptz' }, days),
}

/** Removes what is older than its class allows, in batches, and writes down how much of what: the act of it. */
export const keepTo = async (desk: Desk): Promise<void> => {
  const removed: Record<string, number> = {}
  for (const [name, { days }] of Object.entries(desk.texts().retention)) {
    const count = (await CLASSES[name]?.(desk, days)) ?? 0
    if (count > 0) removed[name] = count
    await at('retention:class')
  }
  if (Object.keys(removed).length === 0) return
  await desk.db.transaction((tx) =>
    audit(tx, { key: `retention:${randomUUID()}`, actor: { kind: 'system' }, action: 'retention', data: removed }),
  )
}

const inBatches = async (desk: Desk, batch: (tx: Tx) => Promise<number>): Promise<number> => {
  for (let total = 0; ; ) {
    const count = await desk.db.transaction(batch)
    total += count
    if (count < BATCH) return total
  }
}

const byAge = async (desk: Desk, { table, key, old }: { table: string; key: string; old: string }, days: number) => {
  const before = new Date(Date.now() - days * 86_400_000).toISOString()
  for (let total = 0; ; ) {
    const gone = await desk.db.run(
      `delete from ${table} where ${key} in (select ${key} from ${table} where ${old} limit ${BATCH * 10}) returning 1`,
      [before],
    )
    total += gone.length
    if (gone.length < BATCH * 10) return total
  }
}

/**
 * Locked and looked at again: an appeal that is being opened again at this moment is passed over, and one whose words are
 * being removed is opened again after that, without them. An open appeal is never touched.
 */
const closedBefore = async (tx: Tx, days: number, more: string) =>
  await tx.run<{ id: number; citizen: number }>(
    `select id, citizen_id as citizen from appeals
     where closed_at < now() - make_interval(days => $1) and ${more}
     order by closed_at limit ${BATCH} for update skip locked`,
    [days],
  )

const removeWords = async (tx: Tx, desk: Desk, days: number): Promise<number> => {
  const left = `forgotten_at is null and (octet_length(context) > ${EMPTY_BYTES} or comment is not null
    or exists (select 1 from messages m where m.appeal_id = appeals.id))`
  const rows = await closedBefore(tx, days, left)
  await at('retention:locked')
  await removeRows(tx, { table: 'messages', column: 'appeal_id', ids: rows.map(({ id }) => id) })
  for (const { id, citizen } of rows) {
    const empty = await desk.keys.forCitizen(citizen, null, tx)
    await tx.run('update appeals set context = $2, comment = null where id = $1', [id, empty])
  }
  return rows.length
}

const removeAppeals = async (tx: Tx, days: number): Promise<number> => {
  const rows = await closedBefore(tx, days, 'true')
  await removeRows(tx, { table: 'appeals', column: 'id', ids: rows.map(({ id }) => id) })
  return rows.length
}

const removeDrafts = async (tx: Tx, days: number): Promise<number> => {
  const rows = await tx.run<{ id: number }>(
    `select id from drafts where touched_at < now() - make_interval(days => $1) limit ${BATCH} for update skip locked`,
    [days],
  )
  await removeRows(tx, { table: 'drafts', column: 'id', ids: rows.map(({ id }) => id) })
  return rows.length
}

/** From the old end of the chain only, never its newest entry; the hash it ended with is written down, so the rest holds. */
const removeAudit = async (tx: Tx, days: number): Promise<number> => {
  const [end] = await tx.run<{ position: number; hash: string }>(
    `select position, encode(hash, 'hex') as hash from audit
     where position < (select coalesce(min(position), (select max(position) from audit)) from audit
                       where at >= now() - make_interval(days => $1) and position is not null)
     order by position desc limit 1`,
    [days],
  )
  if (!end) return 0
  await tx.run(`select set_config('okoshko.retention', 'on', true)`)
  const gone = await tx.run('delete from audit where position <= $1 returning 1', [end.position])
  await audit(tx, {
    key: `retention:audit:${end.position}`,
    actor: { kind: 'system' },
    action: 'retention',
    data: { audit: gone.length, through: end.position, hash: end.hash },
  })
  return gone.length
}
