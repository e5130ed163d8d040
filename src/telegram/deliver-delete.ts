import { GrammyError } from 'grammy'
import type { Letter } from '../desk/letters.ts'
import { toCitizenRow } from '../desk/letters.ts'
import type { Sender } from './deliver.ts'

/** Takes a message out of its chat where Telegram allows; whoever wrote a secret then reads what came of it. */
export const sendDelete: Sender<Extract<Letter, { type: 'delete' }>> = async ({ api, desk }, dispatch) => {
  const { letter, citizen, follow } = dispatch
  const gone = await api.deleteMessage(letter.chat, letter.message).catch((error) => {
    if (error instanceof GrammyError && error.error_code === 400) return /not found/i.test(error.description)
    throw error
  })
  if (letter.tell && citizen !== null) {
    const phrase = gone ? 'secrets.removed' : 'secrets.still_there'
    const told = { type: 'phrase', phrase, buttons: { set: 'aid' } } as const
    follow.push(toCitizenRow(desk, citizen, { key: `told:${dispatch.row.key}`, letter: told }))
  }
  return []
}
