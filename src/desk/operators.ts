import { and, asc, eq, inArray } from 'drizzle-orm'
import { operators, roles } from '../db/schema-desk.ts'
import { audit } from './audit.ts'
import type { Desk, Line } from './desk.ts'
import { record } from './events.ts'
import { type Talk, type TalkRow, talkIn, talkSql } from './talk.ts'

export type Role = 'operator' | 'senior' | 'admin'
export type Operator = {
  id: number
  externalId: number
  name: string
  state: 'seen' | 'active' | 'left'
  roles: Role[]
  /** None named means all. */
  lines: Line[]
}

/** Decides over other people's work. */
export const isSenior = ({ roles }: Pick<Operator, 'roles'>): boolean =>
  roles.includes('senior') || roles.includes('admin')

/** Somebody with a role at the desk, or somebody only seen in the group; null for a stranger. */
export const find = async (desk: Desk, externalId: number): Promise<Operator | null> => {
  const [row] = await desk.db.run<Operator>(
    `select ${WHO} from operators o where o.channel = 'telegram' and o.external_id = $1`,
    [externalId],
  )
  return row ?? null
}

const WHO = `o.id, o.external_id as "externalId", o.name, o.state,
  coalesce((select json_agg(r.role) from roles r where r.operator_id = o.id), '[]') as roles,
  coalesce((select json_agg(l.line) from operator_lines l where l.operator_id = o.id), '[]') as lines`

/** Who is there, and where: `appeal` of the topic and, for who `speaks`, its talk; whether the chat is a desk group. */
export const findAt = async (
  desk: Desk,
  at: { person: number | null; chat: number; thread: number | null; speaks: boolean },
): Promise<Found> => {
  const [row] = await desk.db.together<PlaceRow>(PLACE, at)
  if (!row) throw new Error('a place was asked for, and nothing was answered')
  const { appeal, isDesk, talk, ...operator } = row
  return {
    operator: operator.id === null ? null : (operator as Operator),
    appeal,
    isDesk,
    talk: talk && talkIn(talk),
  }
}

type Found = { operator: Operator | null; appeal: number | null; isDesk: boolean; talk: Talk | null }
type PlaceRow = { appeal: number | null; isDesk: boolean; talk: TalkRow | null } & (Operator | { id: null })

const PLACE = `
  select q.n, ${WHO}, exists (select 1 from desks d where d.chat_id = q.chat and d.active) as "isDesk",
    at.appeal,
    case when q.speaks then (select row_to_json(t) from (${talkSql('at.appeal', 'o.id')}) t) end as talk
  from json_to_recordset($1::json) as q(n int, person bigint, chat bigint, thread bigint, speaks boolean)
  left join lateral (
    select p.appeal_id as appeal from topics p
    where p.chat_id = q.chat and p.thread_id = q.thread and p.state <> 'moved') at on true
  left join operators o on o.channel = 'telegram' and o.external_id = q.person`

/** The first roster, from ADMIN_IDS and OPERATOR_IDS; never takes a role away. */
export const enrol = async (desk: Desk, people: { externalId: number; roles: Role[] }[]): Promise<void> => {
  for (const { externalId, roles: granted } of people) {
    const [row] = await desk.db.query
      .insert(operators)
      .values({ externalId, name: `№ ${externalId % 1000}`, state: 'active' })
      .onConflictDoUpdate({ target: [operators.channel, operators.externalId], set: { state: 'active' } })
      .returning({ id: operators.id })
    if (row) await grant(desk, row.id, granted)
  }
}

/** The name that citizens and colleagues read. */
export const rename = async (desk: Desk, id: number, name: string): Promise<void> => {
  await desk.db.query.update(operators).set({ name }).where(eq(operators.id, id))
}

/** Somebody not in the roster spoke in the group. True: for the first time. */
export const noticed = async (desk: Desk, externalId: number, name: string): Promise<{ id: number } | null> => {
  const [row] = await desk.db.query
    .insert(operators)
    .values({ externalId, name, state: 'seen' })
    .onConflictDoNothing()
    .returning({ id: operators.id })
  return row ?? null
}

/** An admin lets somebody who was seen in the group work as an operator. */
export const approve = async (desk: Desk, person: number, by: number): Promise<Operator | null> => {
  const [row] = await desk.db.query
    .update(operators)
    .set({ state: 'active' })
    .where(and(eq(operators.id, person), inArray(operators.state, ['seen', 'left'])))
    .returning({ id: operators.id, externalId: operators.externalId })
  if (!row) return null
  await grant(desk, row.id, ['operator'], by)
  await desk.db.transaction(async (tx) => {
    const at = Date.now()
    await record(tx, { key: `approved:${row.id}:${at}`, kind: 'approved', operatorId: by, data: { person } })
    await audit(tx, {
      key: `role:${row.id}:operator:${at}`,
      actor: { kind: 'operator', id: by },
      action: 'role',
      operator: row.id,
      data: { granted: 'operator' },
    })
  })
  return await find(desk, row.externalId)
}

export const byId = async (
  desk: Desk,
  id: number,
): Promise<{ id: number; externalId: number; name: string } | null> => {
  const [row] = await desk.db.query
    .select({ id: operators.id, externalId: operators.externalId, name: operators.name })
    .from(operators)
    .where(eq(operators.id, id))
  return row ?? null
}

export const admins = async (desk: Desk): Promise<number[]> => {
  const rows = await desk.db.query
    .select({ externalId: operators.externalId })
    .from(operators)
    .innerJoin(roles, eq(roles.operatorId, operators.id))
    .where(and(eq(roles.role, 'admin'), eq(operators.state, 'active')))
    .orderBy(asc(operators.id))
  return rows.map(({ externalId }) => externalId)
}

const grant = async (desk: Desk, operatorId: number, granted: Role[], by?: number): Promise<void> => {
  const rows = granted.map((role) => ({ operatorId, role, grantedBy: by }))
  await desk.db.query.insert(roles).values(rows).onConflictDoNothing()
}
