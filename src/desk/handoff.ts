import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import { showNumber } from './appeal-number.ts'
import { type Appeal, byId } from './appeals.ts'
import * as asks from './asks.ts'
import { audit } from './audit.ts'
import * as choices from './choices.ts'
import * as complaints from './complaints.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { record } from './events.ts'
import * as held from './held.ts'
import { type Letter, toCitizen, toTopic } from './letters.ts'
import type { Message } from './messages.ts'
import * as messages from './messages.ts'
import type { Operator } from './operators.ts'
import * as operators from './operators.ts'
import * as waits from './waits.ts'

export type Taken =
  | { status: 'taken' | 'already-yours'; appeal: Appeal }
  | { status: 'taken-by-other'; by: string }
  | { status: 'closed' | 'nothing-waits' }

/** Of any number of operators one wins; the others learn who. */
export const take = async (desk: Desk, appealId: number, operator: Operator): Promise<Taken> =>
  await desk.db.transaction(async (tx) => await takeIn(tx, desk, appealId, operator))

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
    const taken = await take(desk, oldest.id, operator)
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
    const taken = await takeIn(tx, desk, message.appealId, operator)
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
      .for('share')
    if (!mine) return null
    const id = await messages.relayToCitizen(tx, desk, appeal, spoken)
    await becomesCurrent(tx, appeal)
    return id
  })

export type Moved = { status: 'done'; appeal: Appeal } | { status: 'not-open' }

/** Back into the queue of its line, to the place it had before it was taken. */
export const release = async (desk: Desk, appeal: Appeal, operator: Operator): Promise<Moved> =>
  await move(desk, appeal, { operator, line: appeal.line, kind: 'released' })

export const transfer = async (
  desk: Desk,
  appeal: Appeal,
  { operator, line }: { operator: Operator; line: Line },
): Promise<Moved> => await move(desk, appeal, { operator, line, kind: 'transferred' })

const takeIn = async (tx: Tx, desk: Desk, appealId: number, operator: Operator): Promise<Taken> => {
  const [won] = await tx.query
    .update(appeals)
    .set({ ownerId: operator.id, waitingSince: null, status: 'in_progress', version: sql`${appeals.version} + 1` })
    .where(and(eq(appeals.id, appealId), isNull(appeals.ownerId), isNull(appeals.closedAt)))
    .returning({ version: appeals.version })
  const appeal = await byId(tx, appealId)
  if (!appeal || appeal.closedAt !== null) return { status: 'closed' }
  if (!won) {
    if (appeal.ownerId === operator.id) return { status: 'already-yours', appeal }
    const owner = appeal.ownerId === null ? null : await operators.byId(desk, appeal.ownerId)
    return { status: 'taken-by-other', by: owner?.name ?? '' }
  }
  await asks.forget(tx, appeal.id)
  await record(tx, {
    key: `taken:${appeal.id}:${appeal.version}`,
    kind: 'taken',
    appealId: appeal.id,
    operatorId: operator.id,
  })
  await audit(tx, {
    key: `take:${appeal.id}:${appeal.version}`,
    actor: { kind: 'operator', id: operator.id },
    action: 'take',
    appeal: appeal.id,
    citizen: appeal.citizenId,
  })
  await tell(tx, desk, appeal, { phrase: 'status.taken', vars: { operator: operator.name } })
  return { status: 'taken', appeal }
}

const move = async (
  desk: Desk,
  appeal: Appeal,
  { operator, line, kind }: { operator: Operator; line: Line; kind: string },
) =>
  await desk.db.transaction(async (tx): Promise<Moved> => {
    const [moved] = await tx.query
      .update(appeals)
      .set({
        ownerId: null,
        line,
        waitingSince: sql`${appeals.queuedAt}`,
        version: sql`${appeals.version} + 1`,
      })
      .where(and(eq(appeals.id, appeal.id), eq(appeals.version, appeal.version), isNull(appeals.closedAt)))
      .returning({ version: appeals.version })
    const now = await byId(tx, appeal.id)
    if (!moved || !now) return { status: 'not-open' }
    await asks.forget(tx, now.id)
    const data = { from: appeal.line, to: line }
    await record(tx, { key: `${kind}:${now.id}:${now.version}`, kind, appealId: now.id, operatorId: operator.id, data })
    await tell(tx, desk, now, { phrase: `status.${kind}` })
    if (line !== appeal.line) {
      const letter = { type: 'name', appeal: now.id } as const
      await toTopic(tx, desk, now.id, [{ key: `name:${now.id}:${now.version}`, letter }])
    }
    return { status: 'done', appeal: now }
  })

/** The citizen reads the new state, the desk sees it on the card. */
export const tell = async (
  tx: Tx,
  desk: Desk,
  appeal: Appeal,
  { phrase, vars = {} }: Pick<Extract<Letter, { type: 'phrase' }>, 'phrase' | 'vars'>,
) => {
  await toCitizen(tx, desk, appeal.citizenId, {
    key: `status:${appeal.id}:${appeal.version}`,
    letter: { type: 'phrase', phrase, vars: { ...vars, number: showNumber(appeal.number) } },
  })
  await toTopic(tx, desk, appeal.id, [
    { key: `card:${appeal.id}:${appeal.version}`, letter: { type: 'card', appeal: appeal.id } },
  ])
  await waits.changed(tx, desk, appeal)
}

const becomesCurrent = async (tx: Tx, appeal: Appeal) => {
  await choices.forget(tx, appeal.citizenId)
  await tx.query.update(citizens).set({ currentAppeal: appeal.id }).where(eq(citizens.id, appeal.citizenId))
}
