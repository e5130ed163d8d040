import { and, asc, count, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { faqVotes, ratings, trail } from '../db/schema-citizen.ts'
import { operators } from '../db/schema-desk.ts'
import type { Desk } from './desk.ts'

export type Waiting = { number: string; line: string; kind: string; since: Date; id: number }

/** Who waits, longest first. */
export const waiting = async (desk: Desk, most = 15): Promise<Waiting[]> => {
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
    .orderBy(asc(appeals.waitingSince))
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

export const inHand = async (desk: Desk, operator: number): Promise<{ id: number; number: string; line: string }[]> =>
  await desk.db.query
    .select({ id: appeals.id, number: appeals.number, line: appeals.line })
    .from(appeals)
    .innerJoin(operators, eq(operators.id, appeals.ownerId))
    .where(and(eq(appeals.ownerId, operator), isNull(appeals.closedAt)))
    .orderBy(asc(appeals.id))

export type Week = {
  opened: number
  closed: number
  asked: number
  helped: number
  notHelped: number
  rating: number | null
}

/** The last seven days in six numbers. */
export const week = async (desk: Desk): Promise<Week> => {
  const since = new Date(Date.now() - 7 * 86_400_000)
  const one = async (rows: Promise<{ n: number }[]>) => (await rows)[0]?.n ?? 0
  const { query } = desk.db
  const [opened, closed, asked, helped, notHelped, rated] = await Promise.all([
    one(query.select({ n: count() }).from(appeals).where(gte(appeals.openedAt, since))),
    one(query.select({ n: count() }).from(appeals).where(gte(appeals.closedAt, since))),
    one(
      query
        .select({ n: count() })
        .from(trail)
        .where(and(eq(trail.kind, 'asked'), gte(trail.at, since))),
    ),
    one(
      query
        .select({ n: count() })
        .from(faqVotes)
        .where(and(eq(faqVotes.helped, true), gte(faqVotes.at, since))),
    ),
    one(
      query
        .select({ n: count() })
        .from(faqVotes)
        .where(and(eq(faqVotes.helped, false), gte(faqVotes.at, since))),
    ),
    query
      .select({ n: sql<number | null>`avg(${ratings.score})::float8` })
      .from(ratings)
      .where(gte(ratings.at, since)),
  ])
  return { opened, closed, asked, helped, notHelped, rating: rated[0]?.n ?? null }
}
