import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import { bans } from '../db/schema-bans.ts'
import { operators } from '../db/schema-desk.ts'
import { store } from '../mail/inbox.ts'
import type { Appeal } from './appeals.ts'
import { audit } from './audit.ts'
import type { Desk, Tx } from './desk.ts'
import { record } from './events.ts'
import { toCitizen, toTopic } from './letters.ts'
import { laneOf } from './silence.ts'

export type Ban = {
  id: number
  citizenId: number
  appealId: number
  reason: string
  shadow: boolean
  until: Date | null
}
export type Banning = {
  by: { id: number; name: string }
  reason: string
  hours: number | null
  shadow: boolean
  key: string
}
/** A ban runs out by itself. */
export type BanTimer = { kind: 'ban'; ban: number }

const HOUR_MS = 3_600_000
const standing = and(isNull(bans.overAt), sql`(${bans.until} is null or ${bans.until} > now())`)

/** The ban that holds for a citizen now. */
export const of = async (desk: Desk, citizen: number): Promise<Ban | null> => {
  const [row] = await desk.db.query
    .select()
    .from(bans)
    .where(and(eq(bans.citizenId, citizen), standing))
  return row ? { ...row, reason: (await desk.keys.open<string>(row.reason)) ?? '' } : null
}

export const isBanned = async (tx: Tx, citizen: number): Promise<boolean> =>
  (
    await tx.query
      .select({ id: bans.id })
      .from(bans)
      .where(and(eq(bans.citizenId, citizen), standing))
  ).length > 0

/** Another one takes the place of what held before. `key` is the update's: the same command twice is one ban. */
export const ban = async (desk: Desk, appeal: Appeal, banning: Banning): Promise<void> => {
  const { by, reason, hours, shadow, key } = banning
  const until = hours === null ? null : new Date(Date.now() + hours * HOUR_MS)
  await desk.db.transaction(async (tx) => {
    const done = await tx.run('select 1 from events where key = $1', [`banned:${key}`])
    if (done.length > 0) return
    const open = and(eq(bans.citizenId, appeal.citizenId), isNull(bans.overAt))
    await tx.query.update(bans).set({ overAt: sql`now()` }).where(open)
    const [made] = await tx.query
      .insert(bans)
      .values({
        citizenId: appeal.citizenId,
        appealId: appeal.id,
        operatorId: by.id,
        reason: await desk.keys.forCitizen(appeal.citizenId, reason, tx),
        shadow,
        until,
      })
      .returning({ id: bans.id })
    if (!made) return
    const data = { ban: made.id, hours, shadow }
    const whom = { appeal: appeal.id, citizen: appeal.citizenId }
    await audit(tx, { key: `ban:${key}`, actor: { kind: 'operator', id: by.id }, action: 'ban', ...whom, data })
    await record(tx, { key: `banned:${key}`, kind: 'banned', appealId: appeal.id, operatorId: by.id, data })
    await say(tx, desk, appeal, { ...banning, id: made.id, until })
    if (until) await wind(tx, desk, { ban: made.id, citizen: appeal.citizenId, until })
  })
}

/** False: it was over already. */
export const lift = async (desk: Desk, id: number, { by, key }: { by: number; key: string }): Promise<boolean> =>
  await desk.db.transaction(async (tx) => {
    const ended = await end(tx, desk, id, by)
    if (!ended) return false
    const whom = { appeal: ended.appealId, citizen: ended.citizenId }
    const actor = { kind: 'operator', id: by } as const
    await audit(tx, { key: `unban:${key}`, actor, action: 'unban', ...whom, data: { ban: id } })
    return true
  })

export const runOut = async (desk: Desk, { ban: id }: BanTimer): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [row] = await tx.query.select({ until: bans.until }).from(bans).where(eq(bans.id, id))
    if (row?.until && row.until.getTime() <= Date.now()) await end(tx, desk, id, null)
  })
}

export type Listed = Ban & { number: string; by: string; name: string | null; at: Date }

/** Those that hold, newest first, a few at a time; one more than asked for says that there is more. */
export const list = async (desk: Desk, { from, most }: { from: number; most: number }): Promise<Listed[]> => {
  const rows = await desk.db.query
    .select({ ban: bans, number: appeals.number, by: operators.name, name: citizens.name })
    .from(bans)
    .innerJoin(appeals, eq(appeals.id, bans.appealId))
    .innerJoin(operators, eq(operators.id, bans.operatorId))
    .innerJoin(citizens, eq(citizens.id, bans.citizenId))
    .where(standing)
    .orderBy(desc(bans.id))
    .limit(most + 1)
    .offset(from)
  return await Promise.all(
    rows.map(async ({ ban, number, by, name }) => ({
      ...ban,
      number,
      by,
      reason: (await desk.keys.open<string>(ban.reason)) ?? '',
      name: await desk.keys.open<string>(name),
    })),
  )
}

const end = async (tx: Tx, desk: Desk, id: number, by: number | null) => {
  const [ended] = await tx.query
    .update(bans)
    .set({ overAt: sql`now()`, liftedBy: by })
    .where(and(eq(bans.id, id), isNull(bans.overAt)))
    .returning()
  if (!ended) return null
  const { appealId, citizenId, shadow } = ended
  await record(tx, { key: `unbanned:${id}`, kind: 'unbanned', appealId, citizenId, operatorId: by, data: { ban: id } })
  await toTopic(tx, desk, appealId, [
    { key: `card:${appealId}:unban${id}`, letter: { type: 'card', appeal: appealId } },
  ])
  if (!shadow)
    await toCitizen(tx, desk, citizenId, { key: `unban:${id}`, letter: { type: 'phrase', phrase: 'ban.over' } })
  return ended
}

type Said = Banning & { id: number; until: Date | null }

const say = async (tx: Tx, desk: Desk, appeal: Appeal, { id, by, reason, shadow, until }: Said): Promise<void> => {
  const phrase = until ? 'until' : 'forever'
  const moment = until ? { moment: { name: 'until', at: until.getTime() } } : {}
  await toTopic(tx, desk, appeal.id, [
    {
      key: `banned:${id}`,
      letter: { type: 'phrase', phrase: `topic.banned_${phrase}`, vars: { operator: by.name, reason }, ...moment },
    },
    ...(shadow
      ? [{ key: `banned_shadow:${id}`, letter: { type: 'phrase', phrase: 'topic.banned_shadow' } as const }]
      : []),
    { key: `card:${appeal.id}:ban${id}`, letter: { type: 'card', appeal: appeal.id } },
  ])
  if (shadow) return
  await toCitizen(tx, desk, appeal.citizenId, {
    key: `ban:${id}`,
    letter: { type: 'phrase', phrase: `ban.${phrase}`, vars: { reason }, ...moment },
  })
}

const wind = async (
  tx: Tx,
  desk: Desk,
  { ban: id, citizen, until }: { ban: number; citizen: number; until: Date },
): Promise<void> => {
  const [who] = await tx.query.select({ chat: citizens.externalId }).from(citizens).where(eq(citizens.id, citizen))
  const timer: BanTimer = { kind: 'ban', ban: id }
  await store(tx, [{ key: `timer:ban:${id}`, lane: laneOf(who?.chat ?? 0), dueAt: until, body: desk.keys.own(timer) }])
}
