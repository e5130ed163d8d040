import { and, eq } from 'drizzle-orm'
import { deskOperators, desks, operators } from '../db/schema-desk.ts'
import type { AppealKind, Desk, Line, Tx } from './desk.ts'
import { groupsOf } from './desk-groups.ts'
import { toTopic } from './letters.ts'
import { own } from './owning.ts'
import { isOnline, lockedShift } from './shifts.ts'
import { currentIn } from './topics.ts'

type Matter = { id: number; citizenId: number; kind: AppealKind; line: Line }
type Known = { id: number; externalId: number; name: string }
/** Who has talked with this citizen before, is at work with room, and the group of the line they are in. */
export type Returning = { operator: Known; chat: number }

/** Who had this appeal last, or the citizen's last one before it; nobody of a complaint. */
export const lastWith = async (db: Pick<Tx, 'run'>, { citizenId, kind }: Matter): Promise<Known | null> => {
  if (kind === 'complaint') return null
  const [row] = await db.run<Known>(
    `select o.id, o.external_id as "externalId", o.name from events e
     join appeals a on a.id = e.appeal_id join operators o on o.id = e.operator_id
     where a.citizen_id = $1 and a.kind <> 'complaint' and e.kind = 'taken' order by e.id desc limit 1`,
    [citizenId],
  )
  return row ?? null
}

/** Null: the queue, with «был у …» on the card. Holds the operator's row, so that two citizens do not share the last place. */
export const find = async (tx: Tx, desk: Desk, matter: Matter): Promise<Returning | null> => {
  const operator = await lastWith(tx, matter)
  if (!operator || !(await works(tx, operator.id, matter.line))) return null
  const shift = await lockedShift(tx, desk, operator.id)
  if (!isOnline(desk, shift) || shift.inHand >= shift.most) return null
  const home = await currentIn(tx, matter.id)
  const groups = home ? [home] : await groupsOf(tx, matter.line)
  const near = await reachOf(tx, operator.id)
  const group = groups.find(({ chatId }) => near.includes(chatId))
  return group ? { operator, chat: group.chatId } : null
}

/** At once into those hands; citizen and operator are told. */
export const assign = async (tx: Tx, desk: Desk, matter: Matter, { operator }: Returning): Promise<void> => {
  const how = 'returning'
  const owned = await own(tx, desk, { appeal: matter.id, operator, by: null, how, phrase: 'status.returning' })
  if (!owned) return
  const vars = { operator: operator.name, who: operator.externalId }
  const letter = { type: 'phrase', phrase: 'topic.returning', vars } as const
  await toTopic(tx, desk, owned.id, [{ key: `returning:${owned.id}:${owned.version}`, letter }])
}

const works = async (tx: Tx, operator: number, line: Line): Promise<boolean> => {
  const rows = await tx.run(
    `select 1 from operators o where o.id = $1 and o.state = 'active'
       and exists (select 1 from roles r where r.operator_id = o.id)
       and (not exists (select 1 from operator_lines l where l.operator_id = o.id)
         or exists (select 1 from operator_lines l where l.operator_id = o.id and l.line = $2))`,
    [operator, line],
  )
  return rows.length > 0
}

/** The chats of the desk groups in which somebody was seen at work. */
export const reachOf = async ({ query }: Pick<Tx, 'query'>, operator: number): Promise<number[]> => {
  const rows = await query
    .select({ chatId: desks.chatId })
    .from(deskOperators)
    .innerJoin(desks, eq(desks.id, deskOperators.deskId))
    .where(eq(deskOperators.operatorId, operator))
  return rows.map(({ chatId }) => chatId)
}

/** In which desk groups somebody is, as the messenger says right now. */
export const setReach = async (desk: Desk, operator: number, chats: readonly number[]): Promise<void> => {
  await desk.db.run(
    `with here as (select id from desks where chat_id in (select value::bigint from json_array_elements_text($2::json))),
       gone as (delete from desk_operators where operator_id = $1 and desk_id not in (select id from here))
     insert into desk_operators (desk_id, operator_id) select id, $1 from here
     on conflict (desk_id, operator_id) do update set seen_at = now()`,
    [operator, JSON.stringify(chats)],
  )
}

/** Left one group; who is in none any more is not at work. */
export const outOfReach = async (desk: Desk, operator: number, chat: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await tx.run(
      `delete from desk_operators where operator_id = $1 and desk_id in (select id from desks where chat_id = $2)`,
      [operator, chat],
    )
    const left = await tx.query.select().from(deskOperators).where(eq(deskOperators.operatorId, operator)).limit(1)
    const atWork = and(eq(operators.id, operator), eq(operators.presence, 'online'))
    if (left.length === 0)
      await tx.query.update(operators).set({ presence: 'offline', presenceAt: new Date() }).where(atWork)
  })
}
