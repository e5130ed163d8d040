import { PRIORITY } from '../mail/outbox.ts'
import { partsOf } from './albums.ts'
import type { Appeal } from './appeals.ts'
import type { Desk } from './desk.ts'
import { type Letter, type Part, toCitizen } from './letters.ts'
import type { Message } from './messages.ts'

export type Again = { message: Message; row: number; part: Part }

/** What of a message a failed letter was. */
export const partOf = (letter: Letter): Part =>
  letter.type === 'relay' ? (letter.part ?? 0) : letter.type === 'album' ? 'album' : 'edit'

/** An answer that was not delivered is sent once more. Its key holds the row that failed: however often it is asked for, once. */
export const tryAgain = async (desk: Desk, appeal: Appeal, again: Again): Promise<'sent' | 'already'> => {
  const { message, row, part } = again
  const { chat, message: id } = message.at
  const key = `${part === 'album' ? `album:${chat}:${message.album}` : `relay:${chat}:${id}`}:again${row}`
  return await desk.db.transaction(async (tx) => {
    const known = await tx.run('select 1 from outbox where key = $1', [key])
    if (known.length > 0) return 'already'
    const weight = part === 'album' ? await partsOf(tx, chat, message.album ?? '') : 1
    await toCitizen(tx, desk, appeal.citizenId, { key, letter: letterOf(again), priority: PRIORITY.answer, weight })
    return 'sent'
  })
}

const letterOf = ({ message, part }: Again): Letter => {
  if (part === 'album') return { type: 'album', chat: message.at.chat, album: message.album ?? '' }
  if (part === 'edit') return { type: 'edit', message: message.id }
  return { type: 'relay', message: message.id, part }
}
