import { store } from '../mail/inbox.ts'
import type { Desk, Tx } from './desk.ts'
import { scheduleOf } from './schedule.ts'

/** After an answer without a word from the citizen: `nudge` asks whether it helped, `lapse` closes. */
export type Silence = { kind: 'nudge' | 'lapse'; appeal: number; version: number; message: number }
type Waited = { appeal: number; message: number; kind: Silence['kind'] }

/**
 * Sets the timer in the lane of the citizen's own chat, so that it never runs beside a message of the same person. It counts
 * for this version of the appeal and this answer only: whatever happens meanwhile makes it ring in vain.
 */
export const expectWord = async (tx: Tx, desk: Desk, { appeal, message, kind }: Waited): Promise<void> => {
  const [found] = await tx.run<{ version: number; line: string; chat: number }>(
    `select a.version, a.line, c.external_id as chat from appeals a join citizens c on c.id = a.citizen_id
     where a.id = $1 and a.closed_at is null`,
    [appeal],
  )
  if (!found) return
  const { nudgeHours, graceHours } = desk.texts().waiting(found.line)
  const minutes = (kind === 'nudge' ? nudgeHours : graceHours) * 60
  const dueAt = scheduleOf(desk.texts().schedule, found.line).addMinutes(new Date(), minutes)
  if (dueAt) await set(tx, desk, { timer: { kind, appeal, version: found.version, message }, chat: found.chat, dueAt })
}

type Setting = { timer: Silence; chat: number; dueAt: Date; again?: number }

export const set = async (tx: Tx, desk: Desk, { timer, chat, dueAt, again = 0 }: Setting): Promise<void> => {
  const { kind, appeal, version, message } = timer
  const key = `timer:${kind}:${appeal}:${version}:${message}:${again}`
  await store(tx, [{ key, lane: laneOf(chat), dueAt, body: desk.keys.own(timer) }])
}

export const laneOf = (chat: number): string => `private:${chat}`
