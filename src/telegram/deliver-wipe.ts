import { GrammyError } from 'grammy'
import type { Letter } from '../desk/letters.ts'
import type { Sender } from './deliver.ts'

/** What a forgotten citizen wrote goes from the desk group. What Telegram keeps is left: the topic can be deleted by hand. */
export const sendWipe: Sender<Extract<Letter, { type: 'wipe' }>> = async ({ api }, { letter, to }) => {
  const together = await gone(() => api.deleteMessages(to.chat, letter.messages))
  // One that cannot be deleted keeps all of them.
  if (!together) for (const message of letter.messages) await gone(() => api.deleteMessage(to.chat, message))
  return []
}

const gone = async (call: () => Promise<unknown>): Promise<boolean> => {
  try {
    await call()
    return true
  } catch (error) {
    if (error instanceof GrammyError && /delete/i.test(error.description)) return false
    throw error
  }
}
