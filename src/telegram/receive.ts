import type { Update } from 'grammy/types'
import { isStorageFault } from '../db/faults.ts'
import type { Desk } from '../desk/desk.ts'
import type { Stored } from '../mail/inbox.ts'
import type { Memory } from './from-memory.ts'
import { laneOf } from './lanes.ts'
import { redact } from './redact.ts'

/** What the bot asks Telegram for; everything else is not even queued there. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'message_reaction',
  'my_chat_member',
  'chat_member',
] as const

/** Where updates go: the inbox's own worker, which may have them in hand at once. */
export type Store = (rows: Stored[]) => Promise<void>
type Receiving = { desk: Desk; store: Store; memory: Memory }

/**
 * Parse → redact → encrypt → one INSERT. Resolves after the commit, and only then may Telegram hear "ok". Webhook and long
 * polling come through here alike; an update that comes again is not stored again. While the storage is away nothing is
 * acknowledged, and what needs none is answered from memory.
 */
export const receive = async ({ desk, store, memory }: Receiving, updates: Update[]): Promise<void> => {
  const rows = updates.map((update) => ({
    key: `tg:${update.update_id}`,
    lane: laneOf(update),
    body: desk.keys.own(redact(update)),
  }))
  await store(rows).catch((error) => {
    if (isStorageFault(error)) memory.answer(updates)
    throw error
  })
}

export const isUpdate = (value: unknown): value is Update =>
  typeof value === 'object' && value !== null && Number.isSafeInteger((value as { update_id?: unknown }).update_id)
