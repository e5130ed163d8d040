import type { Desk, Line, Tx } from './desk.ts'

export type Group = { id: number; chatId: number }

/** What a group may still be sent is guessed from its pace: messages of the last minute, and topics that are still to be born. */
const ROOM = `
  with living as (
    select t.chat_id, count(*) filter (where t.state = 'opening') as births, count(*) as topics
    from appeals a join topics t on t.appeal_id = a.id
    where a.closed_at is null and t.state in ('opening', 'open') group by t.chat_id
  )
  select d.id, d.chat_id as "chatId",
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
 * The working groups of a line, the one with most room first: those that name the line before those that take everything. A line
 * that no group takes – whether it works or not – is everybody's, so that nobody is left without an answer.
 */
export const groupsOf = async (tx: Tx | Desk['db'], line: Line | null): Promise<Group[]> => {
  const rows = await tx.run<Group & { named: boolean; anything: boolean }>(
    `select id, "chatId", named, anything from (${ROOM}) g
     order by named desc, silent, sent + births * ${MESSAGES_OF_A_BIRTH}, topics, id`,
    [line],
  )
  const own = rows.filter(({ named, anything }) => line === null || named || anything)
  if (own.length > 0 || rows.length === 0) return own.map(group)
  return (await isTaken(tx, line)) ? [] : rows.map(group)
}

const group = ({ id, chatId }: Group): Group => ({ id, chatId })

/** Whether some group, though set aside now, takes the line. */
const isTaken = async (tx: Tx | Desk['db'], line: Line | null): Promise<boolean> => {
  const rows = await tx.run(
    `select 1 from desks d where d.active and (not exists (select 1 from desk_lines l where l.desk_id = d.id)
       or exists (select 1 from desk_lines l where l.desk_id = d.id and l.line = $1)) limit 1`,
    [line],
  )
  return rows.length > 0
}
