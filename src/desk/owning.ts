import { and, eq, isNull, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { showNumber } from './appeal-number.ts'
import * as asks from './asks.ts'
import { audit } from './audit.ts'
import { catchUp } from './caught-up.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { record } from './events.ts'
import { type Letter, toCitizen, toTopic } from './letters.ts'
import * as terms from './terms.ts'
import * as waits from './waits.ts'

/** How somebody came to have an appeal in hand. */
export type How = 'took' | 'given' | 'takeover' | 'returning'
export type Owning = {
  appeal: number
  operator: { id: number; name: string }
  /** Who did it; null: the desk itself. */
  by: number | null
  how: How
  /** Only while it is in this version; without it, only while nobody has it. */
  version?: number
  /** What the citizen reads. */
  phrase?: string
}
export type Owned = {
  id: number
  number: string
  citizenId: number
  line: Line
  version: number
  waitingSince: Date | null
}

/** The one place where an appeal gets an owner: one at most, by one statement. Null: somebody was quicker. */
export const own = async (tx: Tx, desk: Desk, owning: Owning): Promise<Owned | null> => {
  const { appeal, operator, by, how, version, phrase = 'status.taken' } = owning
  const free = version === undefined ? isNull(appeals.ownerId) : eq(appeals.version, version)
  const [row] = await tx.query
    .update(appeals)
    .set({ ownerId: operator.id, waitingSince: null, status: 'in_progress', version: sql`${appeals.version} + 1` })
    .where(and(eq(appeals.id, appeal), free, isNull(appeals.closedAt)))
    .returning()
  if (!row) return null
  const owned = { ...row, line: row.line as Line }
  await asks.forget(tx, owned.id)
  await catchUp(tx, desk, owned)
  await trace(tx, owned, { operator, by, how })
  await terms.start(tx, desk, owned)
  await tell(tx, desk, owned, { phrase, vars: { operator: operator.name } })
  return owned
}

const trace = async (tx: Tx, owned: Owned, { operator, by, how }: Pick<Owning, 'operator' | 'by' | 'how'>) => {
  const data = { how, by }
  const { id, version } = owned
  await record(tx, { key: `taken:${id}:${version}`, kind: 'taken', appealId: id, operatorId: operator.id, data })
  await audit(tx, {
    key: `take:${id}:${version}`,
    actor: by === null ? { kind: 'system' } : { kind: 'operator', id: by },
    action: 'take',
    appeal: id,
    citizen: owned.citizenId,
    operator: operator.id,
    data: { how },
  })
}

/** The citizen reads the new state, the desk sees it on the card. */
export const tell = async (
  tx: Tx,
  desk: Desk,
  appeal: Pick<Owned, 'id' | 'number' | 'citizenId' | 'version' | 'waitingSince'>,
  { phrase, vars = {} }: Pick<Extract<Letter, { type: 'phrase' }>, 'phrase' | 'vars'>,
) => {
  const together = WITH_PLACE.has(phrase) && waits.isAgain(await waits.of(tx, appeal.id), appeal)
  if (!together) {
    await toCitizen(tx, desk, appeal.citizenId, {
      key: `status:${appeal.id}:${appeal.version}`,
      letter: { type: 'phrase', phrase, vars: { ...vars, number: showNumber(appeal.number) } },
    })
  }
  await toTopic(tx, desk, appeal.id, [
    { key: `card:${appeal.id}:${appeal.version}`, letter: { type: 'card', appeal: appeal.id } },
  ])
  await waits.changed(tx, desk, { ...appeal, ...(together ? { said: phrase } : {}) })
}

/** Read in one message with the place in the queue. */
const WITH_PLACE: ReadonlySet<string> = new Set(['status.released', 'status.transferred'])
