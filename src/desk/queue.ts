import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'

import { appeals } from '../db/schema.ts'
import { operators } from '../db/schema-desk.ts'
import type { Desk } from './desk.ts'

export type Waiting = { number: string; line: string; kind: string; since: Date; id: number }

export type Page = { from: number; most: number }
const ALL: Page = { from: 0, most: 1_000 }

/** Who waits, longest first. */
export const waiting = async (desk: Desk, { from, most }: Page): Promise<Waiting[]> => {
  const rows = await desk.db.query
    .select({
      id: appeals.id,
      number: appeals.number,
      line: appeals.line,
      kind: appeals.kind,
      since: appeals.waitingSince,
    })
    .from(appeals)
    .where(and(isNotNull(appeals.waitingSince), isNull(appeals.closedAt)))
    .orderBy(desc(appeals.urgent), asc(appeals.waitingSince))
    .offset(from)
    .limit(most)
  return rows.map((row) => ({ ...row, since: row.since ?? new Date() }))
}

export type LineLoad = { line: string; waiting: number; inHand: number }

export const loads = async (desk: Desk): Promise<LineLoad[]> => {
  const rows = await desk.db.query
    .select({
      line: appeals.line,
      waiting: sql<number>`count(*) filter (where ${appeals.ownerId} is null)`.mapWith(Number),
      inHand: sql<number>`count(*) filter (where ${appeals.ownerId} is not null)`.mapWith(Number),
    })
    .from(appeals)
    .where(isNull(appeals.closedAt))
    .groupBy(appeals.line)
  return rows
}

export const inHand = async (
  desk: Desk,
  operator: number,
  { from, most }: Page = ALL,
): Promise<{ id: number; number: string; line: string }[]> =>
  await desk.db.query
    .select({ id: appeals.id, number: appeals.number, line: appeals.line })
    .from(appeals)
    .innerJoin(operators, eq(operators.id, appeals.ownerId))
    .where(and(eq(appeals.ownerId, operator), isNull(appeals.closedAt)))
    .orderBy(asc(appeals.id))
    .offset(from)
    .limit(most)
