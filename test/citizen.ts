import type { Message } from '../src/sandbox/page/wire.ts'
import type { Sandbox } from '../src/sandbox/server.ts'
import type { Writing } from '../src/sandbox/writing.ts'
import type { Phone } from './people.ts'
import { picture } from './sandbox/desk.ts'

/** The words of a message's inline buttons, row after row. */
export const labels = (message: Message): string[] =>
  message.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? []

/** The data of a message's button. */
export const dataOf = (message: Message, words: string | RegExp): string => {
  const button = message.reply_markup?.inline_keyboard.flat().find(({ text }) => text.match(words))
  if (!button?.callback_data) throw new Error(`no button ${words} under ${message.text}`)
  return button.callback_data
}

/** Presses one message's button, whatever came after it. */
export const pressOn = async (sandbox: Sandbox, message: Message, data: string) =>
  await sandbox.press({ from: message.chat.id, chat: message.chat.id, message_id: message.message_id, data })

/** A citizen sends something else than words. */
export const sends = (sandbox: Sandbox, { id, chat }: Phone, what: Partial<Writing>): Message =>
  sandbox.write({ from: id, chat, ...what }) as unknown as Message

export const photo = { files: [picture] }
export const file = (name: string): Partial<Writing> => ({ files: [bytes(name)] })
export const album = (...names: string[]): Partial<Writing> => ({ files: names.map(bytes) })
const bytes = (name: string) => ({ name, type: 'application/pdf', bytes: new TextEncoder().encode(name) })

/** What the bot has said so far, oldest first. */
export const heard = (phone: Phone): string[] => phone.fromBot().map(({ text, caption }) => text ?? caption ?? '')

/** How many of the bot's messages fit. */
export const times = (phone: Phone, words: string | RegExp): number =>
  heard(phone).filter((text) => text.match(words)).length
