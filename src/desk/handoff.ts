import { and, asc, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import { type Appeal, byId } from './appeals.ts'
import * as choices from './choices.ts'
import * as complaints from './complaints.ts'
import type { Desk, Tx } from './desk.ts'
import * as held from './held.ts'
import type { Message } from './messages.ts'
import * as messages from './messages.ts'
import type { Operator } from './operators.ts'
import * as operators from './operators.ts'
import { own } from './owning.ts'
import { lockedShift } from './shifts.ts'

export type Taken =
  | { status: 'taken' | 'already-yours'; appeal: Appeal }
  | { status: 'taken-by-other'; by: string }
  /** Above what this operator may have in hand. */
  | { status: 'full'; most: number }
  | { status: 'away'; presence: 'break' | 'offline' }
  | { status: 'closed' | 'nothing-waits' }

/** Of any number of operators one wins; the others learn who. */
export const take = async (desk: Desk, appeal: number, operator: Operator): Promise<Taken> =>
  await desk.db.transaction(
    async (tx) => await takeIn(tx, desk, { appeal, operator, above: operators.isSenior(operator) }),
  )

/** The oldest that waits in the operator's lines. */
export const takeOldest = async (desk: Desk, operator: Operator): Promise<Taken> => {
  const takeable = await complaints.takeable(desk, operator)
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const mine = operator.lines.length > 0 ? inArray(appeals.line, operator.lines) : undefined
    const [oldest] = await desk.db.query
      .select({ id: appeals.id })
      .from(appeals)
      .where(and(isNotNull(appeals.waitingSince), isNull(appeals.closedAt), mine, takeable))
      .orderBy(desc(appeals.urgent), asc(appeals.waitingSince))
      .limit(1)
    if (!oldest) break
    const taken = await desk.db.transaction((tx) => takeIn(tx, desk, { appeal: oldest.id, operator }))
    if (taken.status !== 'taken-by-other') return taken
  }
  return { status: 'nothing-waits' }
}

/** Takes the appeal and sends what its new owner had written before it was theirs. */
export const takeAndSend = async (
  desk: Desk,
  message: Message,
  operator: Operator,
): Promise<Taken | { status: 'decided' }> =>
  await desk.db.transaction(async (tx) => {
    const taken = await takeIn(tx, desk, { appeal: message.appealId, operator })
    if (taken.status !== 'taken' && taken.status !== 'already-yours') return taken
    const sent = await held.send(tx, desk, taken.appeal, message)
    if (sent) await becomesCurrent(tx, taken.appeal)
    return sent ? taken : { status: 'decided' as const }
  })

/** An answer of the owner goes to the citizen, and what the citizen says next comes to this appeal. */
export const answer = async (desk: Desk, appeal: Appeal, spoken: messages.Spoken): Promise<number | null> =>
  await desk.db.transaction(async (tx) => {
    const [mine] = await tx.query
      .select({ id: appeals.id })
      .from(appeals)
      .where(and(eq(appeals.id, appeal.id), eq(appeals.ownerId, spoken.operator), isNull(appeals.closedAt)))
      .for('update')
    if (!mine) return null
    const id = await messages.relayToCitizen(tx, desk, appeal, spoken)
    await becomesCurrent(tx, appeal)
    return id
  })

type Taking = { appeal: number; operator: Operator; above?: boolean }

const takeIn = async (tx: Tx, desk: Desk, { appeal: id, operator, above = false }: Taking): Promise<Taken> => {
  const before = await byId(tx, id)
  if (!before || before.closedAt !== null) return { status: 'closed' }
  if (before.ownerId === operator.id) return { status: 'already-yours', appeal: before }
  if (before.ownerId !== null) return await byOther(desk, before.ownerId)
  const { presence, inHand, most } = await lockedShift(tx, desk, operator.id)
  if (presence === 'break' || presence === 'offline') return { status: 'away', presence }
  if (inHand >= most && !above) return { status: 'full', most }
  const owned = await own(tx, desk, { appeal: id, operator, by: operator.id, how: 'took' })
  const now = await byId(tx, id)
  if (owned && now) return { status: 'taken', appeal: now }
  if (!now || now.closedAt !== null || now.ownerId === null) return { status: 'closed' }
  return now.ownerId === operator.id ? { status: 'already-yours', appeal: now } : await byOther(desk, now.ownerId)
}

const byOther = async (desk: Desk, owner: number): Promise<Taken> => ({
  status: 'taken-by-other',
  by: (await operators.byId(desk, owner))?.name ?? '',
})

const becomesCurrent = async (tx: Tx, appeal: Appeal) => {
  await choices.forget(tx, appeal.citizenId)
  await tx.query.update(citizens).set({ currentAppeal: appeal.id }).where(eq(citizens.id, appeal.citizenId))
}
