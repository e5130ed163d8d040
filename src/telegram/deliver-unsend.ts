import * as copies from '../desk/copies.ts'
import type { Letter } from '../desk/letters.ts'
import { forTopic } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import type { Post, Sender } from './deliver.ts'
import { meaning } from './errors.ts'

/** Everything that was sent of an answer goes from the citizen's chat, and the desk reads that it has. */
export const sendUnsend: Sender<Extract<Letter, { type: 'unsend' }>> = async (post, { letter, follow }) => {
  const message = await messages.byId(post.desk, letter.message)
  if (!message) return []
  const parts = await partsOf(post, message)
  const there = (await Promise.all(parts.map(({ at }) => copies.copiesOf(post.desk, at)))).flat()
  for (const one of there) await remove(post, one)
  const { at, appealId } = message
  const say = { type: 'phrase', phrase: there.length > 0 ? 'talk.unsent' : 'talk.unsent_before', replyTo: at } as const
  follow.push(
    ...parts.map((part) =>
      forTopic(post.desk, appealId, {
        key: `unmark:${part.at.chat}:${part.at.message}`,
        letter: { type: 'mark', chat: part.at.chat, message: part.at.message, emoji: null },
      }),
    ),
    forTopic(post.desk, appealId, { key: `unsent:${at.chat}:${at.message}`, letter: say }),
  )
  return []
}

/** One that is gone already – a repeated row, the citizen's own hand – is no fault. */
const remove = async ({ api }: Post, { chat, message }: copies.CopyAt): Promise<void> => {
  await api.deleteMessage(chat, message).catch((error) => {
    if (meaning(error, 'E').is !== 'done') throw error
  })
}

const partsOf = async ({ desk }: Post, message: Message): Promise<Message[]> =>
  message.album === null ? [message] : await messages.ofAlbum(desk, message.at.chat, message.album)
