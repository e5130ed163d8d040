import { contactMarks } from '../db/schema-sight.ts'
import { type Content, textOf } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { phoneIn } from './phone.ts'

/** A message that is nothing but a phone number, or a contact that was shared: how to reach this citizen. */
export const ONLY_A_PHONE = /^[\s\d+()–-]{10,24}$/

/** Keeps by which last four digits a citizen can be found: not the number, and nothing that could be read without the key. */
export const notice = async (
  tx: Tx,
  desk: Desk,
  { citizen, content }: { citizen: number; content: Content },
): Promise<void> => {
  const words = textOf(content)
  if (content.kind !== 'contact' && !(content.kind === 'text' && ONLY_A_PHONE.test(words))) return
  const phone = phoneIn(words)
  if (!phone) return
  await tx.query
    .insert(contactMarks)
    .values({ citizenId: citizen, mark: desk.keys.marks(phone.slice(-4))[0] ?? '' })
    .onConflictDoNothing()
}
