import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { desks } from '../db/schema-desk.ts'
import { boards } from '../db/schema-sight.ts'
import { store } from '../mail/inbox.ts'
import { html } from './board-words.ts'
import type { Desk } from './desk.ts'
import { toBoard } from './letters.ts'

/**
 * The one pinned message in General of a desk group. Whatever changes it says so with a NOTIFY of its own transaction; at the
 * end of a slot of fifteen seconds, and only of one in which something changed, a timer looks whether it must be edited.
 */
export type BoardTimer = { kind: 'board'; desk: number; slot: number }

const SLOT_MS = 15_000
/** While relays wait for the same group: an edit takes one of its twenty messages a minute. */
const BUSY_MS = 60_000

/** For LISTEN: one timer a group and slot, however many replicas hear of however many changes. */
export const bell = (desk: Desk): (() => void) => {
  let rung = 0
  return () => {
    const slot = Math.floor(Date.now() / SLOT_MS) + 1
    if (slot === rung) return
    rung = slot
    void ring(desk, slot).catch(() => {
      rung = 0
      desk.log.warn('board.not_wound')
    })
  }
}

const ring = async (desk: Desk, slot: number): Promise<void> => {
  const rows = await desk.db.query.select({ id: desks.id }).from(desks).where(eq(desks.active, true))
  await store(
    desk.db,
    rows.map(({ id }) => ({
      key: `timer:board:${id}:${slot}`,
      lane: `timer:board:${id}`,
      dueAt: new Date(slot * SLOT_MS),
      body: desk.keys.own({ kind: 'board', desk: id, slot } satisfies BoardTimer),
    })),
  )
}

/** What is on the board, and how it looked when it was shown last. */
export type Board = { chat: number; message: number | null; shown: string | null; editedAt: Date | null }

export const boardOf = async (desk: Desk, id: number): Promise<Board | null> => {
  const [row] = await desk.db.query
    .select({ chat: desks.chatId, message: boards.message, shown: boards.shown, editedAt: boards.editedAt })
    .from(desks)
    .leftJoin(boards, eq(boards.deskId, desks.id))
    .where(and(eq(desks.id, id), eq(desks.active, true)))
  return row ?? null
}

export const drawn = async (desk: Desk, id: number): Promise<{ html: string; hash: string }> => {
  const words = await html(desk, id)
  return { html: words, hash: createHash('sha256').update(words).digest('base64url') }
}

export const keepShown = async (desk: Desk, id: number, shown: { message: number; hash: string }): Promise<void> => {
  const row = { message: shown.message, shown: shown.hash, editedAt: new Date() }
  await desk.db.query
    .insert(boards)
    .values({ deskId: id, ...row })
    .onConflictDoUpdate({ target: boards.deskId, set: row })
}

export const refresh = async (desk: Desk, { desk: id, slot }: BoardTimer): Promise<void> => {
  const board = await boardOf(desk, id)
  if (!board || ((await drawn(desk, id)).hash === board.shown && board.message !== null)) return
  // What waits is drawn when it goes; one on its way may have been drawn too early.
  const [waits] = await desk.db.run(`select 1 from outbox where lane = $1 and state in ('new', 'ambiguous') limit 1`, [
    `board:${id}`,
  ])
  if (waits) return
  const pause = (await relaysWait(desk, board.chat)) ? BUSY_MS : SLOT_MS
  const notBefore = new Date(Math.max(Date.now(), (board.editedAt?.getTime() ?? 0) + pause))
  await toBoard(desk, id, { key: `board:${id}:${slot}`, notBefore, first: board.message === null })
}

export const relaysWait = async (desk: Desk, chat: number): Promise<boolean> => {
  const rows = await desk.db.run(
    `select 1 from outbox o join topics t on t.appeal_id = split_part(o.lane, ':', 2)::bigint
     where o.state in ('new', 'ambiguous') and o.lane >= 'appeal:' and o.lane < 'appeal;' and t.chat_id = $1
       and t.gen = (select max(n.gen) from topics n where n.appeal_id = t.appeal_id)
       and o.not_before <= now() and o.created_at < now() - interval '3 s' limit 1`,
    [chat],
  )
  return rows.length > 0
}
