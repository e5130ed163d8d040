import * as copies from '../desk/copies.ts'
import type { Letter } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import type { Copy } from '../mail/outbox.ts'
import type { Dispatch, Post, Sender } from './deliver.ts'
import { sendPart, wordsInParts } from './deliver-relay.ts'
import { hiddenMarkup } from './hidden.ts'
import { rich } from './rich.ts'
import { above, fitText, inItsTopic, MOST_TEXT, type Words } from './wire.ts'

type Bursting = Dispatch<Extract<Letter, { type: 'burst' }>>

/** What a citizen wrote in one breath, as one message; each part is found again by its copy. What does not fit follows. */
export const sendBurst: Sender<Extract<Letter, { type: 'burst' }>> = async (post, dispatch) => {
  const all = await Promise.all(dispatch.letter.messages.map((id) => newest(post, id)))
  const parts = all.flatMap((one) => (one?.state === 'relayed' ? [one] : []))
  const going = fitting(post, dispatch, parts)
  const [first] = going
  if (!first) return []
  const copy =
    going.length === 1
      ? await sendPart(post, dispatch, { message: first, n: 0 })
      : await sendJoined(post, dispatch, going)
  const rest = parts.slice(going.length).map(({ id }) => id)
  if (rest.length > 0) dispatch.follow.push(restRow(post, dispatch, rest))
  return copy === null ? [] : going.map(({ id }): Copy => ({ message: id, chat: dispatch.to.chat, copy }))
}

/** A part that was edited changes the message it stands in; null: it stands alone. */
export const wholeOf = async (post: Post, dispatch: Dispatch, copy: copies.CopyAt): Promise<Words | null> => {
  const sharing = await copies.sharing(post.desk, copy)
  if (sharing.length < 2) return null
  const parts = await Promise.all(sharing.map((id) => newest(post, id)))
  return joined(
    post,
    dispatch,
    parts.flatMap((one) => one ?? []),
  )
}

const newest = async ({ desk }: Post, id: number): Promise<Message | null> => {
  const kept = await messages.byId(desk, id)
  return kept && (await messages.latest(desk, kept.at))
}

/** As many as one message holds; what has a button of its own stands alone. */
const fitting = (post: Post, dispatch: Dispatch, parts: Message[]): Message[] => {
  const own = parts.findIndex((one) => hiddenMarkup(post.desk, one).reply_markup)
  const most = own === -1 ? parts.length : Math.max(1, own)
  for (let n = most; n > 1; n -= 1)
    if (joined(post, dispatch, parts.slice(0, n)).text.length <= MOST_TEXT - 100) return parts.slice(0, n)
  return parts.slice(0, 1)
}

const joined = (post: Post, dispatch: Dispatch, parts: Message[]): Words =>
  parts.map((one) => wordsInParts(post, dispatch, one)[0] ?? { text: '', entities: [] }).reduce(above)

const sendJoined = async (post: Post, dispatch: Bursting, parts: Message[]): Promise<number> => {
  const { to, row, lang, without } = dispatch
  const words = joined(post, dispatch, parts)
  const marked = row.repeated > 0 ? above(rich(post.desk.texts().t(lang, 'repeat.mark')), words) : words
  const { text, entities } = fitText(marked, without)
  const options = { message_thread_id: to.thread, entities, link_preview_options: { is_disabled: true } }
  return await inItsTopic(post.api, to, await post.api.sendMessage(to.chat, text, options))
}

const restRow = ({ desk }: Post, { row }: Bursting, rest: number[]) => ({
  key: `${row.key.replace(/:rest\d+$/, '')}:rest${rest.length}`,
  lane: row.lane,
  kind: 'send' as const,
  payload: desk.keys.own({ type: 'burst', messages: rest } satisfies Letter),
  priority: row.priority as 2,
  place: row.place + 1,
})
