import { type Stored, store } from '../mail/inbox.ts'
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
  const dueAt = dueOf(desk, found.line, kind)
  if (dueAt) await set(tx, desk, { timer: { kind, appeal, version: found.version, message }, chat: found.chat, dueAt })
}

/** The same timer for an appeal that was just seen; null: it is never due. */
export const next = (
  desk: Desk,
  { appeal: { id, version, line }, message, kind }: { appeal: Seen; message: number; kind: Silence['kind'] },
  chat: number,
): Stored | null => {
  const dueAt = dueOf(desk, line, kind)
  return dueAt && stored(desk, { timer: { kind, appeal: id, version, message }, chat, dueAt })
}
type Seen = { id: number; version: number; line: string }

const dueOf = (desk: Desk, line: string, kind: Silence['kind']): Date | null => {
  const { nudgeHours, graceHours } = desk.texts().waiting(line)
  const minutes = (kind === 'nudge' ? nudgeHours : graceHours) * 60
  return scheduleOf(desk.texts().schedule, line).addMinutes(new Date(), minutes)
}

type Setting = { timer: Silence; chat: number; dueAt: Date; again?: number }

export const set = async (tx: Tx, desk: Desk, setting: Setting): Promise<void> =>
  await store(tx, [stored(desk, setting)])

const stored = (desk: Desk, { timer, chat, dueAt, again = 0 }: Setting): Stored => {
  const { kind, appeal, version, message } = timer
  const key = `timer:${kind}:${appeal}:${version}:${message}:${again}`
  return { key, lane: laneOf(chat), dueAt, body: desk.keys.own(timer) }
}

export const laneOf = (chat: number): string => `private:${chat}`
