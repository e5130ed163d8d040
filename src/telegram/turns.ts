import { setTimeout } from 'node:timers/promises'
import type { Transformer } from 'grammy'
import { passing } from '../mail/pace.ts'
import type { House } from './context.ts'

/** What Telegram counts against a group's twenty a minute. */
const COUNTED = /^(send(?!ChatAction)|copyMessage|editMessage)/

/**
 * An answer to a command and a screen in a desk group go out at once, past the outbox. They take their place in the group's pace
 * all the same: in a full group they wait for their turn instead of provoking a refusal that would silence everybody there.
 */
export const inTurn =
  ({ desk, pace }: Pick<House, 'desk' | 'pace'>): Transformer =>
  async (prev, method, ...call) => {
    const chat = Number((call[0] as { chat_id?: number | string }).chat_id)
    if (pace !== 'off' && chat < 0 && COUNTED.test(method)) {
      // Without the database nobody knows whose turn it is; the answer is worth more.
      const ask = () => passing(desk.db, chat, pace).catch(() => 0)
      for (let wait = await ask(); wait > 0; wait = await ask()) await setTimeout(wait)
    }
    return await prev(method, ...call)
  }
