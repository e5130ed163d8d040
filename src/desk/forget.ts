import { randomInt } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { forgettings } from '../db/schema-forget.ts'
import { at } from '../mail/failpoints.ts'
import { type InboxRow, store } from '../mail/inbox.ts'
import type { Citizen } from './citizens.ts'
import { closeOwn } from './close-own.ts'
import type { Desk } from './desk.ts'
import { type Scrub, scrub, settled, sweep } from './erase.ts'

/** A timer of its own, in the lane of the citizen's chat: what they write meanwhile waits until they are a stranger. */
type Forget = { kind: 'forget'; forgetting: number }

const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Asked for once, however often the button is pressed. */
export const request = async (desk: Desk, citizen: Citizen): Promise<void> => {
  const receipt = Array.from({ length: 8 }, (_, n) => `${n === 4 ? '-' : ''}${SIGNS[randomInt(SIGNS.length)]}`).join('')
  await desk.db.transaction(async (tx) => {
    await tx.query.insert(forgettings).values({ receipt, citizenId: citizen.id }).onConflictDoNothing()
    const [row] = await tx.query.select().from(forgettings).where(eq(forgettings.citizenId, citizen.id))
    const forget: Forget = { kind: 'forget', forgetting: row?.id ?? 0 }
    const key = `timer:forget:${forget.forgetting}`
    await store(tx, [{ key, lane: `private:${citizen.externalId}`, body: desk.keys.own(forget) }])
  })
}

/** False: it is another timer. */
export const ringForget = async (desk: Desk, { key, body }: InboxRow): Promise<boolean> => {
  if (!/^timer:(forget|scrub):/.test(key)) return false
  const timer = await desk.keys.open<Forget | Scrub>(body)
  if (timer?.kind === 'forget') await forget(desk, timer)
  if (timer?.kind === 'scrub') await scrub(desk, timer)
  return true
}

/** Every step may run twice, and each leaves the next one to do: a crash anywhere costs nothing but time. */
const forget = async (desk: Desk, { forgetting: id }: Forget): Promise<void> => {
  const [row] = await desk.db.query.select().from(forgettings).where(eq(forgettings.id, id))
  if (!row || row.citizenId === null) return
  await at('forget:begun')
  await closeOwn(desk, row.citizenId, 'forgotten')
  await at('forget:closed')
  await settled(desk, row.citizenId)
  await at('forget:settled')
  await sweep(desk, { id, receipt: row.receipt, citizen: row.citizenId })
  await at('forget:swept')
}
