import { eq } from 'drizzle-orm'
import { deskLines } from '../db/schema-desk.ts'
import { audit } from './audit.ts'
import { type Desk, LINES, type Line, type Tx } from './desk.ts'

/** `named`: the group is there for this line, not for all of them. */
export type Group = { id: number; chatId: number; named: boolean }

/** What a group may still be sent is guessed from its pace: messages of the last minute, and topics that are still to be born. */
const ROOM = `
  with living as (
    select t.chat_id, count(*) filter (where t.state = 'opening') as births, count(*) as topics
    from appeals a join topics t on t.appeal_id = a.id
    where a.closed_at is null and t.state in ('opening', 'open') group by t.chat_id
  )
  select d.id, d.chat_id as "chatId", coalesce(p.opens_for_new_at > now(), false) as "full",
    exists (select 1 from desk_lines l where l.desk_id = d.id and l.line = $1) as named,
    not exists (select 1 from desk_lines l where l.desk_id = d.id) as anything,
    coalesce(p.not_before > now(), false) as silent,
    (select count(*) from json_array_elements_text(coalesce(p.sent, '[]')::json) s
      where s.value::float8 > extract(epoch from now()) * 1000 - 60000) as sent,
    coalesce(living.births, 0) as births, coalesce(living.topics, 0) as topics
  from desks d left join pace p on p.chat = d.chat_id left join living on living.chat_id = d.chat_id
  where d.active and d.broken_since is null`

/** A new topic is two messages at least, and the citizen's words a third. */
const MESSAGES_OF_A_BIRTH = 3

/**
 * The working groups of a line, the one with most room first (of equals any, so that a crowd does not run to one): those that name the line before those that take everything. A line
 * that no group takes – whether it works or not – is everybody's, so that nobody is left without an answer.
 */
export const groupsOf = async (tx: Tx | Desk['db'], line: Line | null): Promise<Group[]> => {
  const rows = await tx.run<Group & { anything: boolean }>(
    `select id, "chatId", named, anything from (${ROOM}) g
     order by named desc, silent, "full", sent + births * ${MESSAGES_OF_A_BIRTH}, topics, random()`,
    [line],
  )
  const own = rows.filter(({ named, anything }) => line === null || named || anything)
  if (own.length > 0 || rows.length === 0) return own.map(group)
  return (await isTaken(tx, line)) ? [] : rows.map(group)
}

const group = ({ id, chatId, named }: Group): Group => ({ id, chatId, named })

/** Whether some group, though set aside now, takes the line. */
const isTaken = async (tx: Tx | Desk['db'], line: Line | null): Promise<boolean> => {
  const rows = await tx.run(
    `select 1 from desks d where d.active and (not exists (select 1 from desk_lines l where l.desk_id = d.id)
       or exists (select 1 from desk_lines l where l.desk_id = d.id and l.line = $1)) limit 1`,
    [line],
  )
  return rows.length > 0
}

export type GroupState = {
  id: number
  chatId: number
  title: string
  broken: boolean
  lines: Line[]
  topics: number
  sent: number
}

/** Every group of the desk as it stands. */
export const states = async (desk: Desk): Promise<GroupState[]> => {
  const rows = await desk.db.run<Omit<GroupState, 'lines'> & { lines: string }>(
    `with living as (
       select t.chat_id, count(*)::int as topics from appeals a join topics t on t.appeal_id = a.id
       where a.closed_at is null and t.state in ('opening', 'open') group by t.chat_id)
     select d.id, d.chat_id as "chatId", d.title, d.broken_since is not null as broken, coalesce(living.topics, 0) as topics,
       (select count(*)::int from json_array_elements_text(coalesce(p.sent, '[]')::json) s
         where s.value::float8 > extract(epoch from now()) * 1000 - 60000) as sent,
       coalesce((select json_agg(l.line order by n.position) from desk_lines l join lines n on n.id = l.line
         where l.desk_id = d.id)::text, '[]') as lines
     from desks d left join pace p on p.chat = d.chat_id left join living on living.chat_id = d.chat_id
     where d.active order by d.id`,
  )
  return rows.map((row) => ({ ...row, lines: JSON.parse(row.lines) }))
}

/** The lines a group takes; none means all of them. */
export const setLines = async (
  desk: Desk,
  group: number,
  { lines, by }: { lines: readonly Line[]; by: number },
): Promise<void> => {
  const all = lines.length === LINES.length ? [] : lines
  await desk.db.transaction(async (tx) => {
    await tx.query.delete(deskLines).where(eq(deskLines.deskId, group))
    if (all.length > 0) await tx.query.insert(deskLines).values(all.map((line) => ({ deskId: group, line })))
    const data = { desk: group, lines: all.join(' ') || 'all' }
    const key = `desk_lines:${group}:${Date.now()}`
    await audit(tx, { key, actor: { kind: 'operator', id: by }, action: 'lines', data })
  })
}
