import { and, count, desc, eq, isNotNull, isNull, lt, or } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import { newNumber, showNumber } from './appeal-number.ts'
import { isSaid } from './closed-hours.ts'
import type { Said } from './content.ts'
import { type Context, sealContext } from './context.ts'
import type { AppealKind, Desk, Line, Status, Tx } from './desk.ts'
import { giveTopic } from './desks.ts'
import * as drafts from './drafts.ts'
import { record } from './events.ts'
import { toCitizen, type Vars } from './letters.ts'
import { relayFromCitizen } from './messages.ts'
import * as returning from './returning.ts'
import * as waits from './waits.ts'

export type Appeal = {
  id: number
  number: string
  citizenId: number
  line: Line
  kind: AppealKind
  lang: string
  status: Status
  ownerId: number | null
  /** The operator a complaint is about. */
  barredId: number | null
  version: number
  context: Buffer
  comment: Buffer | null
  urgent: boolean
  openedAt: Date
  waitingSince: Date | null
  /** Its place in the queue, kept while it is in hand. */
  queuedAt: Date
  closedAt: Date | null
  /** Its citizen asked to be forgotten: nothing more is done with it. */
  forgottenAt: Date | null
}

export type Opening = {
  /** The natural key: the same opening asked for twice is one appeal. */
  origin: string
  citizen: { id: number; lang: string }
  kind: AppealKind
  line: Line
  context: Context
  said: Said[]
  draft?: number
  barred?: number | null
  /** What the letter with the number says beside it. */
  vars?: Vars | undefined
  /** What else goes out with it, in the same commit. */
  more?: (tx: Tx, appeal: Appeal) => Promise<void>
  /** Goes to the head of its queue. */
  urgent?: boolean
  /** Whether what the citizen writes next goes to this appeal. */
  current: boolean
}

export const REOPEN_DAYS = 30

/** Opens an appeal with its number, topic, first messages and the letter that gives the number – all or nothing. */
export const open = async (desk: Desk, opening: Opening): Promise<{ status: 'opened' | 'already'; appeal: Appeal }> =>
  await desk.db.transaction(async (tx) => {
    const made = await insert(tx, desk, opening)
    const [known] = await tx.query.select().from(appeals).where(eq(appeals.origin, opening.origin))
    const appeal = asAppeal(made ?? known)
    if (!made) return { status: 'already' as const, appeal }
    if (opening.draft !== undefined) await drafts.markSent(tx, opening.draft, appeal.id)
    if (opening.current)
      await tx.query.update(citizens).set({ currentAppeal: appeal.id }).where(eq(citizens.id, appeal.citizenId))
    await record(tx, { key: `opened:${appeal.id}`, kind: 'opened', appealId: appeal.id, citizenId: appeal.citizenId })
    const back = await returning.find(tx, desk, appeal)
    await giveTopic(tx, desk, { id: appeal.id, line: appeal.line, chat: back?.chat })
    for (const said of opening.said) await relayFromCitizen(tx, desk, appeal, said)
    await tellNumber(tx, desk, { appeal, vars: opening.vars })
    await opening.more?.(tx, appeal)
    if (back) await returning.assign(tx, desk, appeal, back)
    return { status: 'opened' as const, appeal }
  })

/** The citizen's own, newest first. */
export const ofCitizen = async (desk: Desk, citizen: number, most = 8): Promise<Appeal[]> => {
  const rows = await desk.db.query
    .select()
    .from(appeals)
    .where(eq(appeals.citizenId, citizen))
    .orderBy(desc(appeals.id))
    .limit(most)
  return rows.map(asAppeal)
}

/** The same citizen's appeals before this one, newest first. */
export const before = async (desk: Desk, { id, citizenId }: Appeal, most: number): Promise<Appeal[]> => {
  const rows = await desk.db.query
    .select()
    .from(appeals)
    .where(and(eq(appeals.citizenId, citizenId), lt(appeals.id, id)))
    .orderBy(desc(appeals.id))
    .limit(most)
  return rows.map(asAppeal)
}

/** Only the citizen's own: somebody else's number and one that does not exist are the same to the caller. */
export const ownByNumber = async (desk: Desk, citizen: number, number: string): Promise<Appeal | null> => {
  const [row] = await desk.db.query
    .select()
    .from(appeals)
    .where(and(eq(appeals.number, number), eq(appeals.citizenId, citizen)))
  return row ? asAppeal(row) : null
}

export const byNumber = async (desk: Desk, number: string): Promise<Appeal | null> => {
  const [row] = await desk.db.query.select().from(appeals).where(eq(appeals.number, number))
  return row ? asAppeal(row) : null
}

export const byId = async (desk: Desk | Tx, id: number): Promise<Appeal | null> => {
  const query = 'db' in desk ? desk.db.query : desk.query
  const [row] = await query.select().from(appeals).where(eq(appeals.id, id))
  return row ? asAppeal(row) : null
}

export const isOpen = (appeal: Appeal): boolean => appeal.closedAt === null

export const canReopen = (appeal: Appeal): boolean =>
  appeal.closedAt !== null && Date.now() - appeal.closedAt.getTime() < REOPEN_DAYS * 86_400_000

/** The place in the queue of its line, from 1; null when nobody waits for it. */
export const placeInQueue = async (desk: Desk | Tx, appeal: Appeal): Promise<number | null> => {
  if (appeal.waitingSince === null) return null
  const query = 'db' in desk ? desk.db.query : desk.query
  const before = or(
    lt(appeals.waitingSince, appeal.waitingSince),
    and(eq(appeals.waitingSince, appeal.waitingSince), lt(appeals.id, appeal.id)),
  )
  const alike = and(eq(appeals.urgent, appeal.urgent), before)
  const earlier = appeal.urgent ? alike : or(eq(appeals.urgent, true), alike)
  const [row] = await query
    .select({ ahead: count() })
    .from(appeals)
    .where(and(eq(appeals.line, appeal.line), isNotNull(appeals.waitingSince), isNull(appeals.closedAt), earlier))
  return (row?.ahead ?? 0) + 1
}

const insert = async (tx: Tx, desk: Desk, { origin, citizen, kind, line, context, barred, urgent }: Opening) => {
  const sealed = await sealContext(desk, citizen.id, context, tx)
  const row = {
    origin,
    citizenId: citizen.id,
    kind,
    line,
    lang: citizen.lang,
    context: sealed,
    barredId: barred,
    urgent,
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const [made] = await tx.query
      .insert(appeals)
      .values({ ...row, number: newNumber() })
      .onConflictDoNothing()
      .returning()
    if (made) return made
    const known = await tx.query.select({ id: appeals.id }).from(appeals).where(eq(appeals.origin, origin))
    if (known.length > 0) return null
  }
  throw new Error('no free appeal number in five tries')
}

/** Who waits for a talk gets the number in the message that goes on telling how things stand. */
const tellNumber = async (tx: Tx, desk: Desk, { appeal, vars }: { appeal: Appeal; vars?: Vars | undefined }) => {
  if (appeal.kind === 'operator') {
    await isSaid(tx, desk, appeal)
    return await waits.begin(tx, desk, appeal)
  }
  const place = await placeInQueue(tx, appeal)
  await toCitizen(tx, desk, appeal.citizenId, {
    key: `number:${appeal.id}`,
    letter: {
      type: 'phrase',
      phrase: `opened.${appeal.kind}`,
      vars: { ...vars, number: showNumber(appeal.number), place: place ?? 1 },
      buttons: { set: 'appeal', number: showNumber(appeal.number) },
    },
  })
}

const asAppeal = (row: typeof appeals.$inferSelect | undefined): Appeal => {
  if (!row) throw new Error('the appeal is not there')
  return { ...row, line: row.line as Line, kind: row.kind as AppealKind, status: row.status as Status }
}
