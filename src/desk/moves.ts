import { and, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { type Appeal, byId } from './appeals.ts'
import * as asks from './asks.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { groupsOf } from './desk-groups.ts'
import { record } from './events.ts'
import { toTopic } from './letters.ts'
import type { Operator } from './operators.ts'
import { type How, own, tell } from './owning.ts'
import { lockedShift } from './shifts.ts'
import * as topics from './topics.ts'

export type Moved = { status: 'done'; appeal: Appeal } | { status: 'not-open' }
export type Given = Moved | { status: 'full'; most: number } | { status: 'already-theirs' }

/** Back into the queue of its line, to the place it had before it was taken. */
export const release = async (desk: Desk, appeal: Appeal, operator: Operator): Promise<Moved> =>
  await desk.db.transaction(async (tx) => {
    const now = await backToQueue(tx, desk, { ...appeal, kind: 'released', by: operator.id })
    return now ? { status: 'done', appeal: now } : await waitsThere(tx, appeal, appeal.line)
  })

/** A repeated deed finds it done: it waits in that queue already, and nobody is told twice. */
const waitsThere = async (tx: Tx, { id }: Pick<Appeal, 'id'>, line: Line): Promise<Moved> => {
  const now = await byId(tx, id)
  const there = now?.closedAt === null && now.ownerId === null && now.line === line
  return there ? { status: 'done', appeal: now } : { status: 'not-open' }
}

type Transfer = { operator: Operator; line: Line; note?: string | undefined }

/** To another line: into its queue, by how long the citizen has waited, and into one of its groups. */
export const transfer = async (desk: Desk, appeal: Appeal, { operator, line, note }: Transfer): Promise<Moved> =>
  await desk.db.transaction(async (tx): Promise<Moved> => {
    const now = await backToQueue(tx, desk, {
      ...appeal,
      line,
      from: appeal.line,
      kind: 'transferred',
      by: operator.id,
    })
    if (!now) return await waitsThere(tx, appeal, line)
    if (line !== appeal.line) await moveIn(tx, desk, now)
    await addNote(tx, desk, now, { note, by: operator })
    return { status: 'done', appeal: now }
  })

type Giving = { to: Operator; by: Operator; note?: string | undefined; how?: How; above?: boolean }

/** Into somebody's hands, whoever had it; above their capacity only when a senior says so. */
export const give = async (desk: Desk, appeal: Appeal, giving: Giving): Promise<Given> =>
  await desk.db.transaction((tx) => giveIn(tx, desk, appeal, giving))

export const giveIn = async (tx: Tx, desk: Desk, appeal: Appeal, giving: Giving): Promise<Given> => {
  const { to, by, note, how = 'given', above = false } = giving
  if (appeal.ownerId === to.id) return { status: 'already-theirs' }
  const { inHand, most } = await lockedShift(tx, desk, to.id)
  if (inHand >= most && !above) return { status: 'full', most }
  const owned = await own(tx, desk, { appeal: appeal.id, operator: to, by: by.id, how, version: appeal.version })
  const now = owned && (await byId(tx, owned.id))
  if (!now) return { status: 'not-open' }
  if (how === 'given') {
    const vars = { operator: to.name, who: to.externalId, by: by.name }
    const letter = { type: 'phrase', phrase: 'topic.given', vars } as const
    await toTopic(tx, desk, now.id, [{ key: `given:${now.id}:${now.version}`, letter }])
  }
  await addNote(tx, desk, now, { note, by })
  return { status: 'done', appeal: now }
}

/** All that one person has, as far as it is still theirs; how many went back. */
export const releaseAll = async (
  desk: Desk,
  ids: readonly number[],
  { from, by }: { from: number; by: Operator },
): Promise<number> => {
  let done = 0
  for (const id of ids) {
    const appeal = await byId(desk, id)
    if (appeal?.ownerId === from && (await release(desk, appeal, by)).status === 'done') done += 1
  }
  return done
}

type Back = {
  id: number
  version: number
  line: Line
  from?: Line
  kind: 'released' | 'transferred' | 'overdue'
  by: number | null
}

/** Nobody's any more. Null: it changed meanwhile, or waits there already. */
export const backToQueue = async (tx: Tx, desk: Desk, back: Back): Promise<Appeal | null> => {
  const { id, version, line, from = line, kind, by } = back
  const elsewhere = or(isNotNull(appeals.ownerId), ne(appeals.line, line))
  const [moved] = await tx.query
    .update(appeals)
    .set({ ownerId: null, line, waitingSince: sql`${appeals.queuedAt}`, answerDue: null, version: version + 1 })
    .where(and(eq(appeals.id, id), eq(appeals.version, version), isNull(appeals.closedAt), elsewhere))
    .returning({ version: appeals.version })
  const now = moved ? await byId(tx, id) : null
  if (!now) return null
  await asks.forget(tx, id)
  const data = { from, to: line }
  await record(tx, { key: `${kind}:${id}:${now.version}`, kind, appealId: id, operatorId: by, data })
  await tell(tx, desk, now, { phrase: kind === 'transferred' ? 'status.transferred' : 'status.released' })
  return now
}

/** The topic takes the name of the new line; a line with groups of its own has it in one of those. */
export const moveIn = async (tx: Tx, desk: Desk, appeal: Appeal): Promise<void> => {
  const groups = await groupsOf(tx, appeal.line)
  const topic = await topics.currentIn(tx, appeal.id)
  const [first] = groups
  const stays = groups.some(({ chatId, named }) => chatId === topic?.chatId && named === first?.named)
  if (topic && first && !stays) {
    return void (await topics.moveTo(tx, desk, { topic, chatId: first.chatId }))
  }
  const letter = { type: 'name', appeal: appeal.id } as const
  await toTopic(tx, desk, appeal.id, [{ key: `name:${appeal.id}:${appeal.version}`, letter }])
}

const addNote = async (
  tx: Tx,
  desk: Desk,
  appeal: Appeal,
  { note, by }: { note?: string | undefined; by: Operator },
) => {
  if (!note) return
  const letter = { type: 'phrase', phrase: 'topic.move_note', vars: { by: by.name, note } } as const
  await toTopic(tx, desk, appeal.id, [{ key: `move_note:${appeal.id}:${appeal.version}`, letter }])
}
