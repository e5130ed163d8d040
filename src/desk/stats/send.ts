import type { Desk, Tx } from '../desk.ts'
import { type Letter, toChat } from '../letters.ts'

/** The three parts of the week, one after the other: the picture, the same in words, and the table. */
const PARTS = ['picture', 'text', 'table'] as const

/** Drawn when they are sent; `last` is the last of the seven days. The key makes a repeated wish one answer. */
export const sendWeek = async (
  tx: Tx,
  desk: Desk,
  { chat, key, last }: { chat: number; key: string; last: string },
): Promise<void> => {
  for (const part of PARTS) {
    const letter: Letter = { type: 'stats', part, last }
    await toChat(tx, desk, chat, { key: `${key}:${part}:${chat}`, letter })
  }
}
