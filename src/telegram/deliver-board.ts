import { GrammyError } from 'grammy'
import * as boards from '../desk/board.ts'
import { forBoard, type Letter } from '../desk/letters.ts'
import type { Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { fitText } from './wire.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>

/** Posted once and pinned, then edited in place, always as things are now; one that was deleted by hand is made again. */
export const sendBoard: Of<'board'> = async ({ api, desk }, { letter, to, without, follow }) => {
  const board = await boards.boardOf(desk, letter.desk)
  if (!board) return []
  const { html, hash } = await boards.drawn(desk, letter.desk)
  const { text, entities } = fitText(rich(html), without)
  const options = { entities, link_preview_options: { is_disabled: true } }
  if (board.message === null ? letter.first : without.edit) {
    const sent = await api.sendMessage(to.chat, text, { ...options, disable_notification: true })
    await boards.keepShown(desk, letter.desk, { message: sent.message_id, hash })
    follow.push(
      forBoard(desk, letter.desk, {
        key: `pin:${letter.desk}:${sent.message_id}`,
        letter: { type: 'pin', desk: letter.desk },
      }),
    )
  } else if (board.message !== null && board.shown !== hash) {
    await api.editMessageText(to.chat, board.message, text, options)
    await boards.keepShown(desk, letter.desk, { message: board.message, hash })
  }
  return []
}

/** Without the right to pin the board is of use all the same; the doctor says what is missing. */
export const sendPin: Of<'pin'> = async ({ api, desk }, { letter, to }) => {
  const board = await boards.boardOf(desk, letter.desk)
  if (!board?.message) return []
  try {
    await api.pinChatMessage(to.chat, board.message, { disable_notification: true })
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error
    desk.log.warn('board.not_pinned', { desk: letter.desk })
  }
  return []
}
