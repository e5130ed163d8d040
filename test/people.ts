import type { Message } from '../src/sandbox/page/wire.ts'
import type { Sandbox } from '../src/sandbox/server.ts'
import { GROUP } from './house.ts'
import { screen, untilEvent, watchOf } from './watch.ts'

const PATIENCE_MS = Number(process.env.PATIENCE ?? 8_000)

export const until = async <T>(what: string, look: () => T | null | undefined | false): Promise<T> => {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const found = look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/** The same for what only the database knows. */
export const untilSo = async (what: string, look: () => Promise<boolean>, ms = PATIENCE_MS): Promise<void> => {
  const end = Date.now() + ms
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

export type Words = string | RegExp
const fits = (text: string, words: Words) => (typeof words === 'string' ? text.includes(words) : words.test(text))
const textOf = (message: Message) => message.text ?? message.caption ?? ''

type Button = { text: string; callback_data?: string }

/** Somebody with a phone: reads what the bot writes into one chat or topic, writes, and presses what is on the screen. */
export const phone = (sandbox: Sandbox, { id, chat, thread }: { id: number; chat: number; thread?: number }) => {
  let read = 0
  const { inbox, waitFor } = screen(sandbox, chat, thread)
  const fromBot = () => inbox().filter((message) => message.from?.is_bot)

  const says = (text: string, extra: { reply_to?: number } = {}) => {
    read = Math.max(read, inbox().at(-1)?.message_id ?? 0)
    return sandbox.write({ from: id, chat, thread, text, ...extra }) as unknown as Message
  }

  /** The first message of the bot that fits, written or edited since the last own deed; `after`: written after that one. */
  const hears = async (words: Words, after = 0): Promise<Message> =>
    await waitFor(
      () => `«${words}» in ${chat}/${thread ?? '-'}; there is: ${JSON.stringify(fromBot().slice(-4).map(textOf))}`,
      () =>
        fromBot().find(
          (message) =>
            message.message_id > after &&
            (message.message_id > read || (message.edit_date ?? 0) > 0) &&
            fits(textOf(message), words),
        ),
    )

  /** Presses the newest inline button with these words, or the button of the keyboard under the input. */
  const presses = async (words: Words) => {
    const found = await waitFor(
      () => `a button «${words}»`,
      () => inlineButton(words) ?? keyboardButton(words),
    )
    if (typeof found === 'string') return void says(found)
    read = Math.max(read, inbox().at(-1)?.message_id ?? 0)
    return await sandbox.press({
      from: id,
      chat,
      message_id: found.message.message_id,
      data: found.button.callback_data ?? '',
    })
  }

  const inlineButton = (words: Words) => {
    for (const message of fromBot().toReversed()) {
      const buttons: Button[] = message.reply_markup?.inline_keyboard?.flat() ?? []
      const button = buttons.find((one) => one.callback_data && fits(one.text, words))
      if (button) return { message, button }
    }
    return null
  }

  const keyboardButton = (words: Words): string | null => {
    const keyboard = watchOf(sandbox).chats.get(chat)?.keyboard
    return keyboard?.rows.flat().find((text) => fits(text, words)) ?? null
  }

  return { id, chat, thread, says, hears, presses, inlineButton, inbox, fromBot }
}

export type Phone = ReturnType<typeof phone>

export const citizen = (sandbox: Sandbox, id: number): Phone => phone(sandbox, { id, chat: id })

export const newCitizen = (sandbox: Sandbox, language_code = 'ru', first_name = 'Вера'): Phone =>
  citizen(sandbox, sandbox.newPerson({ role: 'citizen', first_name, language_code }).id)

/** An operator in the topic of an appeal, found by its number as soon as it is there. */
export const inTopic = async (sandbox: Sandbox, id: number, number: string, chat = GROUP): Promise<Phone> => {
  const topic = await untilEvent(sandbox, `the topic of ${number}`, ({ chats }) =>
    chats.get(chat)?.topics.findLast((one) => !one.deleted && one.name.startsWith(number)),
  )
  return phone(sandbox, { id, chat, thread: topic.thread_id })
}

export const inGeneral = (sandbox: Sandbox, id: number, chat = GROUP): Phone => phone(sandbox, { id, chat })

export const numberIn = (message: Message): string => /\d{3}-\d{3}-\d{3}/.exec(message.text ?? '')?.[0] ?? ''
