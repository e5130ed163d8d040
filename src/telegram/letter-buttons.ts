import type { InlineKeyboardButton } from 'grammy/types'
import type { Buttons } from '../desk/letters.ts'
import { button } from './buttons.ts'
import { remindRows } from './keyboards.ts'
import { otherWayRows } from './wait-screen.ts'

type Say = (key: string, vars?: Record<string, string | number>) => string

/** The buttons of letters to citizens. */
export const citizenButtons = (t: Say, buttons: Buttons): InlineKeyboardButton[][] => {
  switch (buttons.set) {
    case 'appeal':
      return [
        [{ text: t('button.copy_number'), copy_text: { text: buttons.number } }],
        [button(t('button.my_appeals'), { verb: 'mine' })],
      ]
    case 'rating':
      return [
        [1, 2, 3, 4, 5].map((score) =>
          button(String(score), { verb: 'rate', appeal: buttons.appeal, closing: buttons.closing, score }),
        ),
        [button(t('button.unrated'), { verb: 'unrated', appeal: buttons.appeal })],
      ]
    case 'reopen':
      return [[button(t('button.reopen'), { verb: 'reopen', appeal: buttons.appeal })]]
    case 'ended':
      return [
        [button(t('button.reopen'), { verb: 'reopen', appeal: buttons.appeal })],
        [button(t('button.transcript'), { verb: 'transcript', appeal: buttons.appeal })],
      ]
    case 'silence':
      return [
        [button(t('button.solved'), { verb: 'solved', appeal: buttons.appeal, solved: true })],
        [button(t('button.not_solved'), { verb: 'solved', appeal: buttons.appeal, solved: false })],
      ]
    case 'remind':
      return remindRows(t, buttons.appeal)
    case 'aid':
      return [[button(t('button.aid'), { verb: 'go', to: 'aid' })]]
    case 'came':
      return [
        [button(t('button.came'), { verb: 'came', appeal: buttons.appeal, came: true })],
        [button(t('button.not_came'), { verb: 'came', appeal: buttons.appeal, came: false })],
      ]
    case 'other-way':
      return otherWayRows(t, buttons)
    default:
      return []
  }
}
