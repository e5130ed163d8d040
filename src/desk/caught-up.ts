import { and, asc, desc, eq, gt, lt, ne } from 'drizzle-orm'
import { events } from '../db/schema.ts'
import { messages as table } from '../db/schema-said.ts'
import type { Appeal } from './appeals.ts'
import type { Desk, Tx } from './desk.ts'
import { toTopic } from './letters.ts'
import type { Message } from './messages.ts'
import * as messages from './messages.ts'
import * as operators from './operators.ts'

/** Who takes over an appeal that somebody else had is shown, in one message, what has happened since it was last answered. */
export const catchUp = async (tx: Tx, desk: Desk, appeal: Pick<Appeal, 'id' | 'version'>): Promise<void> => {
  const [before] = await tx.query
    .select({ at: events.at })
    .from(events)
    .where(
      and(
        eq(events.appealId, appeal.id),
        eq(events.kind, 'taken'),
        ne(events.key, `taken:${appeal.id}:${appeal.version}`),
      ),
    )
    .orderBy(desc(events.id))
    .limit(1)
  if (!before) return
  const [answered] = await tx.query
    .select({ at: table.createdAt })
    .from(table)
    .where(and(eq(table.appealId, appeal.id), eq(table.author, 'operator'), eq(table.state, 'relayed')))
    .orderBy(desc(table.id))
    .limit(1)
  const since = (answered ?? before).at.getTime()
  await toTopic(tx, desk, appeal.id, [
    { key: `caught_up:${appeal.id}:${appeal.version}`, letter: { type: 'caught-up', appeal: appeal.id, since } },
  ])
}

export type Happened = {
  kind: 'said' | 'edited' | 'note' | 'held' | 'withdrawn' | 'answered'
  by: string | null
  message: Message
}

const MOST = 100

/** What was written since: by the citizen, and at the desk without reaching the citizen. Oldest first. */
export const happenedSince = async (desk: Desk, appeal: number, since: Date): Promise<Happened[]> => {
  const rows = await desk.db.query
    .select()
    .from(table)
    .where(and(eq(table.appealId, appeal), gt(table.createdAt, since)))
    .orderBy(asc(table.id))
    .limit(MOST)
  return (await named(desk, rows)).filter(({ kind }) => kind !== 'answered')
}

/** All that was written before, on both sides: the newest of very much, oldest first. */
export const talkUntil = async (desk: Desk, appeal: number, until: Date): Promise<Happened[]> => {
  const rows = await desk.db.query
    .select()
    .from(table)
    .where(and(eq(table.appealId, appeal), lt(table.createdAt, until)))
    .orderBy(desc(table.id))
    .limit(MOST)
  return await named(desk, rows.toReversed())
}

const named = async (desk: Desk, rows: (typeof table.$inferSelect)[]): Promise<Happened[]> => {
  const found = await Promise.all(rows.map((row) => messages.opened(desk, row)))
  const names = new Map<number, string>()
  for (const { operatorId } of found) {
    if (operatorId === null || names.has(operatorId)) continue
    names.set(operatorId, (await operators.byId(desk, operatorId))?.name ?? '')
  }
  return found.flatMap((message) => {
    const kind = kindOf(message)
    return kind
      ? [{ kind, by: message.operatorId === null ? null : (names.get(message.operatorId) ?? null), message }]
      : []
  })
}

const kindOf = ({ author, state, version }: Message): Happened['kind'] | null => {
  if (author === 'citizen') return version > 1 ? 'edited' : 'said'
  if (state === 'dropped') return null
  return state === 'relayed' ? 'answered' : state
}
