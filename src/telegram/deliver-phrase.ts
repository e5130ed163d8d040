import type { InlineKeyboardButton } from 'grammy/types'
import * as citizens from '../desk/citizens.ts'
import type { Desk } from '../desk/desk.ts'
import type { Buttons, Letter } from '../desk/letters.ts'
import { button } from './buttons.ts'
import type { Dispatch, Sender } from './deliver.ts'
import { wayOut } from './keyboards.ts'
import { citizenButtons } from './letter-buttons.ts'
import { plainly } from './plain.ts'
import { rich } from './rich.ts'
import { topicRow } from './topic-url.ts'
import { above, fitText } from './wire.ts'
import { momentDate } from './words.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>

/** The desk's own words, in the reader's language as it is now. */
export const sendPhrase: Of<'phrase'> = async ({ api, desk }, dispatch) => {
  const { letter, to, lang, row, without } = dispatch
  const texts = desk.texts()
  const said = rich(await htmlOf(desk, dispatch))
  const words = row.repeated > 0 ? above(rich(texts.t(lang, 'repeat.mark')), said) : said
  const { text, entities } = fitText(words, without)
  const way = letter.buttons?.set === 'topic' ? await topicRow(desk, letter.buttons.appeal) : []
  const rows = without.buttons ? [] : [...way, ...rowsOf(desk, dispatch)]
  const replyTo = without.reply ? undefined : letter.replyTo
  await api.sendMessage(to.chat, text, {
    entities,
    message_thread_id: to.thread,
    link_preview_options: { is_disabled: true },
    ...(rows.length > 0 ? { reply_markup: { inline_keyboard: rows } } : {}),
    ...(replyTo ? { reply_parameters: { message_id: replyTo.message, allow_sending_without_reply: true } } : {}),
  })
  return []
}

/** In plain mode a letter's own choices can be typed; one without any leaves those of the last screen as they are. */
const htmlOf = async (desk: Desk, dispatch: Dispatch<Extract<Letter, { type: 'phrase' }>>): Promise<string> => {
  const { letter, lang, to, citizen } = dispatch
  const moment = letter.moment && {
    [letter.moment.name]: momentDate(letter.moment.name, new Date(letter.moment.at), lang),
  }
  const html = desk.texts().t(lang, letter.phrase, { ...letter.vars, ...moment })
  if (!letter.buttons || citizen === null || to.thread !== undefined) return html
  const plain = (await citizens.byId(desk, citizen))?.plain
  return plain ? (await plainly(desk, { id: citizen, lang }, { html, rows: rowsOf(desk, dispatch) })).html : html
}

/** The delivered mark at the operator's own message, or the other side's reaction. */
export const sendMark: Of<'mark'> = async ({ api }, { letter }: Dispatch<Extract<Letter, { type: 'mark' }>>) => {
  await api.setMessageReaction(
    letter.chat,
    letter.message,
    letter.emoji === null ? [] : [{ type: 'emoji', emoji: letter.emoji as '👌' }],
  )
  return []
}

/** Whatever a citizen reads has a way to the menu and to a person. */
const rowsOf = (desk: Desk, { letter, lang, to, citizen }: Dispatch<Extract<Letter, { type: 'phrase' }>>) => {
  const isPrivate = citizen !== null && to.thread === undefined
  return [...buttonsOf(desk, lang, letter.buttons), ...(isPrivate ? [wayOut(desk.texts(), lang)] : [])]
}

const buttonsOf = (desk: Desk, lang: string, buttons: Buttons | undefined): InlineKeyboardButton[][] => {
  const t = (key: string, vars?: Record<string, string | number>) => desk.texts().t(lang, key, vars)
  switch (buttons?.set) {
    case 'hidden':
      return [[button(t('button.hide_file'), { verb: 'hide', message: buttons.message })]]
    case 'seen':
      return [[button(t('button.approve'), { verb: 'approve', person: buttons.person })]]
    case 'eyes': {
      const eyes = (deed: 'confirm' | 'undo') =>
        button(t(`button.eyes.${deed}`), { verb: 'eyes', deed, proposal: buttons.proposal })
      return [...(buttons.alone ? [] : [[eyes('confirm')]]), [eyes('undo')]]
    }
    case 'mailing':
      return [[button(t('button.mailing.stop'), { verb: 'mailing', deed: 'stop', mailing: buttons.mailing })]]
    case 'held': {
      const held = (deed: 'note' | 'send' | 'drop') =>
        button(t(`button.held.${deed}`), { verb: 'held', deed, message: buttons.message })
      return [[held('note')], ...(buttons.send ? [[held('send')]] : []), [held('drop')]]
    }
    case 'stopped':
      return (['release', 'note', 'drop'] as const).map((deed) => [
        button(t(`button.held.${deed}`), { verb: 'held', deed, message: buttons.message }),
      ])
    case 'again': {
      const { message, row, part } = buttons
      return [[button(t('button.again'), { verb: 'again', message, row, part })]]
    }
    default:
      return buttons ? citizenButtons(t, buttons) : []
  }
}
