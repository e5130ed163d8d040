import type { Call, OtherSide, Params } from './other-side.ts'

export const GROUP = -1002000000001
export const OPERATOR = 5002
const HEARD = new Set(['sendMessage', 'editMessageText', 'copyMessage'])

// Later than those of any run before on the same database.
let updates = Math.floor(Date.now() / 1000)
let messages = updates
const now = () => Math.floor(Date.now() / 1000)
const person = (id: number) => ({ id, is_bot: false, first_name: `Person ${id}`, language_code: 'ru' })
const privateChat = (id: number) => ({ id, type: 'private', first_name: `Person ${id}` })
const update = (body: Params): Params => {
  updates += 1
  return { update_id: updates, ...body }
}
const written = (from: number, chat: Params, more: Params): Params => {
  messages += 1
  return update({ message: { message_id: messages, date: now(), from: person(from), chat, ...more } })
}

export const says = (citizen: number, text: string): Params => {
  const entities = text.startsWith('/') ? { entities: [{ type: 'bot_command', offset: 0, length: text.length }] } : {}
  return written(citizen, privateChat(citizen), { text, ...entities })
}

export const answers = (thread: number, text: string): Params =>
  written(
    OPERATOR,
    { id: GROUP, type: 'supergroup', title: 'Desk', is_forum: true },
    { text, message_thread_id: thread, is_topic_message: true },
  )

export const inGeneral = (text: string): Params =>
  written(OPERATOR, { id: GROUP, type: 'supergroup', title: 'Desk', is_forum: true }, { text })

export const presses = (from: number, chat: number, { data, message_id, thread }: Pressed): Params =>
  update({
    callback_query: {
      id: String(updates),
      from: person(from),
      chat_instance: '1',
      data,
      message: {
        message_id,
        date: now(),
        chat: chat < 0 ? { id: GROUP, type: 'supergroup', title: 'Desk', is_forum: true } : privateChat(chat),
        text: '…',
        ...(thread ? { message_thread_id: thread, is_topic_message: true } : {}),
      },
    },
  })
type Pressed = { data: string; message_id: number; thread?: number }

/** The next thing the bot says in that chat (and topic) that passes `fits`. */
export const hears = (side: OtherSide, place: string, fits: (call: Call) => boolean = () => true): Promise<Call> =>
  new Promise((resolve) => {
    const waiting = side.listeners.get(place) ?? new Set()
    side.listeners.set(place, waiting)
    const takes = (call: Call): boolean => {
      if (!HEARD.has(call.method) || !fits(call)) return false
      resolve(call)
      return waiting.delete(takes)
    }
    waiting.add(takes)
  })

type Keyboard = { inline_keyboard?: { text: string; callback_data?: string }[][] }

/** The data of a button the bot has shown in this call. */
export const buttonIn = ({ params }: Call, words: RegExp): string | null => {
  const markup = (typeof params.reply_markup === 'string' ? JSON.parse(params.reply_markup) : params.reply_markup) as
    | Keyboard
    | undefined
  const found = markup?.inline_keyboard?.flat().find(({ text }) => words.test(text))
  return found?.callback_data ?? null
}

export type Pair = { citizen: number; thread: number }

/** A citizen asks for a person, an operator takes the appeal: from now on each one's words reach the other. */
export const openPair = async (side: OtherSide, citizen: number): Promise<Pair> => {
  const agree = hears(side, `${citizen}:`, (call) => buttonIn(call, /Согласен/) !== null)
  await side.post(says(citizen, '/operator'))
  const asked = await agree
  const describe = hears(side, `${citizen}:`)
  const data = buttonIn(asked, /^\W*Согласен/) ?? ''
  await side.post(presses(citizen, citizen, { data, message_id: idOf(asked) }))
  await describe
  const number = hears(side, `${citizen}:`, ({ params }) => /\d{3}-\d{3}-\d{3}/.test(String(params.text)))
  await side.post(says(citizen, 'Не приходит код подтверждения, помогите войти'))
  const given = /\d{3}-\d{3}-\d{3}/.exec(String((await number).params.text))?.[0] ?? ''
  const card = await until(() =>
    side.journal?.find(
      (call) => call.params.chat_id === GROUP && String(call.params.text).includes(given) && buttonIn(call, /Взять/),
    ),
  )
  const thread = Number(card.params.message_thread_id)
  const taken = hears(side, `${citizen}:`, ({ params }) => String(params.text).includes('В работе'))
  await side.post(presses(OPERATOR, GROUP, { data: buttonIn(card, /Взять/) ?? '', message_id: idOf(card), thread }))
  await taken
  return { citizen, thread }
}

export const idOf = (call: Call): number => Number((call as Call & { id?: number }).id ?? call.params.message_id)

export const until = async <T>(look: () => T | null | undefined | false): Promise<T> => {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('waited in vain')
}
