import { and, desc, eq, inArray, isNull, ne, or, type SQL } from 'drizzle-orm'
import { appeals, events } from '../db/schema.ts'
import { operators, roles } from '../db/schema-desk.ts'
import { readNumber } from './appeal-number.ts'
import { ownByNumber } from './appeals.ts'
import { type Content, textOf } from './content.ts'
import type { Desk } from './desk.ts'
import type { Step } from './flows.ts'
import type { Operator } from './operators.ts'

/** Whose work the complaint is about: who has the named appeal in hand, or had it last. */
export const about = async (desk: Desk, citizen: number, number: string): Promise<number | null> => {
  const appeal = await ownByNumber(desk, citizen, readNumber(number) ?? '')
  if (!appeal) return null
  if (appeal.ownerId !== null) return appeal.ownerId
  const [last] = await desk.db.query
    .select({ operator: events.operatorId })
    .from(events)
    .where(and(eq(events.appealId, appeal.id), eq(events.kind, 'taken')))
    .orderBy(desc(events.id))
    .limit(1)
  return last?.operator ?? null
}

type Offered = { step: Step; content: Content }

/** A step that wants a number of the citizen's own takes no other; null: it will do. */
export const notOwn = async (desk: Desk, citizen: number, { step, content }: Offered): Promise<string | null> => {
  if (!step.own || (await ownByNumber(desk, citizen, readNumber(textOf(content)) ?? ''))) return null
  return 'flow.refuse.not_own'
}

/** Who may have complaints in hand, as long as there is anybody: seniors and admins. */
export const seniors = async (desk: Desk): Promise<number[]> => {
  const rows = await desk.db.query
    .selectDistinct({ id: operators.id })
    .from(operators)
    .innerJoin(roles, eq(roles.operatorId, operators.id))
    .where(and(inArray(roles.role, ['senior', 'admin']), eq(operators.state, 'active')))
  return rows.map(({ id }) => id)
}

/** What authorize() says of one appeal, for choosing among many: complaints that this operator may take, and all the rest. */
export const takeable = async (desk: Desk, operator: Operator): Promise<SQL | undefined> => {
  const high = await seniors(desk)
  const notAboutMe = or(isNull(appeals.barredId), ne(appeals.barredId, operator.id))
  if (high.length === 0 || high.includes(operator.id)) return or(ne(appeals.kind, 'complaint'), notAboutMe)
  const [only] = high
  // Where the only senior is the one complained about, anybody else may take it.
  const forAnybody = high.length === 1 && only !== undefined ? eq(appeals.barredId, only) : undefined
  return or(ne(appeals.kind, 'complaint'), forAnybody)
}
