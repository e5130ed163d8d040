import { and, eq } from 'drizzle-orm'
import { operatorLines, operators, roles } from '../db/schema-desk.ts'
import { type Appeal, byId } from './appeals.ts'
import { type AuditAction, audit } from './audit.ts'
import { authorize } from './authorize.ts'
import { touch } from './board-touch.ts'
import * as complaints from './complaints.ts'
import { type Desk, LINES, type Line, type Tx } from './desk.ts'
import * as moves from './moves.ts'
import type { Operator, Role } from './operators.ts'
import { worksIn } from './people.ts'
import * as queue from './queue.ts'
import { reachOf } from './returning.ts'
import { type Presence, presenceIn } from './shifts.ts'
import { current } from './topics.ts'

/** Who changes it, and the update it came by: a deed that runs twice leaves one trace. */
export type By = { operator: Operator; key: string }
type Change<T> = { person: number; to: T; by: By }

/** Gives a role or takes it away. The desk never loses its last admin; who has no role left gives everything back. */
export const setRole = async (
  desk: Desk,
  { person, to, by }: Change<{ role: Role; on: boolean }>,
): Promise<'done' | 'last-admin'> => {
  const done = await desk.db.transaction(async (tx) => {
    if (to.role === 'admin' && !to.on && (await isLastAdmin(tx, person))) return 'last-admin'
    const row = { operatorId: person, role: to.role, grantedBy: by.operator.id }
    if (to.on) await tx.query.insert(roles).values(row).onConflictDoNothing()
    else await tx.query.delete(roles).where(and(eq(roles.operatorId, person), eq(roles.role, to.role)))
    await trace(tx, { action: 'role', person, by, data: { [to.on ? 'granted' : 'taken']: to.role } })
    return 'done'
  })
  if (done === 'done' && !to.on) await emptyHands(desk, person, by.operator)
  return done
}

/** The lines a person works; all of them named are the same as none. */
export const setLine = async (
  desk: Desk,
  { person, to, by }: Change<{ line: Line; on: boolean }>,
): Promise<'done' | 'last-line'> =>
  await desk.db.transaction(async (tx) => {
    await tx.run('select 1 from operators where id = $1 for no key update', [person])
    const rows = await tx.query.select().from(operatorLines).where(eq(operatorLines.operatorId, person))
    const now = rows.length === 0 ? [...LINES] : rows.map(({ line }) => line as Line)
    const next = LINES.filter((line) => (line === to.line ? to.on : now.includes(line)))
    if (next.length === 0) return 'last-line'
    await tx.query.delete(operatorLines).where(eq(operatorLines.operatorId, person))
    if (next.length < LINES.length)
      await tx.query.insert(operatorLines).values(next.map((line) => ({ operatorId: person, line })))
    await trace(tx, { action: 'lines', person, by, data: { lines: next.join(' ') } })
    return 'done'
  })

/** Null: as many as locales/desk.yaml says. */
export const setCapacity = async (desk: Desk, { person, to, by }: Change<number | null>): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await tx.query.update(operators).set({ capacity: to }).where(eq(operators.id, person))
    await trace(tx, { action: 'lines', person, by, data: { capacity: to } })
  })
}

/** A senior says who is at work in somebody's stead. */
export const setShift = async (desk: Desk, { person, to, by }: Change<Presence>): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await presenceIn(tx, person, to)
    await trace(tx, { action: 'lines', person, by, data: { presence: to } })
  })
  touch(desk.db)
}

/** All that one person has goes to a colleague, as far as it may and there is room; how many went, how many stayed. */
export const giveAll = async (
  desk: Desk,
  from: number,
  { to, by }: { to: Operator; by: Operator },
): Promise<{ went: number; stayed: number }> => {
  const ended = { went: 0, stayed: 0 }
  for (const { id } of await queue.inHand(desk, from)) {
    const appeal = await byId(desk, id)
    if (appeal?.ownerId !== from) continue
    const given = (await fits(desk, to, appeal)) && (await moves.give(desk, appeal, { to, by })).status === 'done'
    ended[given ? 'went' : 'stayed'] += 1
  }
  return ended
}

/** In the line, in the group, and not what a complaint is about. */
const fits = async (desk: Desk, to: Operator, appeal: Appeal): Promise<boolean> => {
  const [topic, chats, seniors] = await Promise.all([
    current(desk, appeal.id),
    reachOf(desk.db, to.id),
    complaints.seniors(desk),
  ])
  const near = topic !== null && chats.includes(topic.chatId)
  const verdict = authorize({ kind: 'operator', operator: to, member: near, seniors }, 'take', appeal)
  return verdict.allowed && worksIn(to, appeal.line)
}

const isLastAdmin = async (tx: Tx, person: number): Promise<boolean> => {
  const admins = await tx.run<{ id: number }>(
    `select r.operator_id as id from roles r join operators o on o.id = r.operator_id
     where r.role = 'admin' and o.state = 'active' order by 1 for update of r`,
  )
  return admins.length === 1 && admins[0]?.id === person
}

const emptyHands = async (desk: Desk, person: number, by: Operator): Promise<void> => {
  const left = await desk.db.query.select().from(roles).where(eq(roles.operatorId, person)).limit(1)
  if (left.length > 0) return
  const ids = (await queue.inHand(desk, person)).map(({ id }) => id)
  await moves.releaseAll(desk, ids, { from: person, by })
}

type Trace = { action: AuditAction; person: number; by: By; data: Record<string, string | number | null> }

const trace = async (tx: Tx, { action, person, by, data }: Trace): Promise<void> => {
  const key = `${action}:${person}:${by.key}`
  await audit(tx, { key, actor: { kind: 'operator', id: by.operator.id }, action, operator: person, data })
}
