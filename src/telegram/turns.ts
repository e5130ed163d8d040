import { setTimeout } from 'node:timers/promises'
import type { Transformer } from 'grammy'
import { fault } from '../log.ts'
import { passing } from '../mail/pace.ts'
import type { House } from './context.ts'

/** What Telegram counts against a group's twenty a minute. */
const COUNTED = /^(send(?!ChatAction)|copyMessage|editMessage)/

/**
 * An answer to a command and a screen in a desk group go out at once, past the outbox. They take their place in the group's pace
 * all the same: in a full group they are said as soon as there is room, instead of provoking a refusal that would silence
 * everybody there. Nobody waits for that – the topic's next words are handled meanwhile – so there is no message to answer with.
 */
export const inTurn = ({ desk, pace }: Pick<House, 'desk' | 'pace'>): Transformer => {
  const waiting = new Map<number, Promise<void>>()
  // Without the database nobody knows whose turn it is; the answer is worth more.
  const ask = async (chat: number) => (pace === 'off' ? 0 : await passing(desk.db, chat, pace).catch(() => 0))
  const room = async (chat: number) => {
    for (let wait = await ask(chat); wait > 0; wait = await ask(chat)) await setTimeout(wait, null, { ref: false })
  }
  return async (prev, method, ...call) => {
    const chat = Number((call[0] as { chat_id?: number | string }).chat_id)
    if (pace === 'off' || !(chat < 0) || !COUNTED.test(method)) return await prev(method, ...call)
    const before = waiting.get(chat)
    if (!before && (await ask(chat)) === 0) return await prev(method, ...call)
    const said = (before ?? Promise.resolve())
      .then(() => room(chat))
      .then(() => prev(method, ...call))
      .then((answer) => {
        if (!answer.ok) desk.log.warn('reply.refused', { code: answer.error_code })
      })
      .catch((error: unknown) => desk.log.warn('reply.lost', fault(error)))
      .finally(() => {
        if (waiting.get(chat) === said) waiting.delete(chat)
      })
    waiting.set(chat, said)
    return { ok: true, result: true as never }
  }
}
