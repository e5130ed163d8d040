import { reactionEmoji } from './bot-api.ts'
import { removeTopic, saveTopic } from './methods/topics.ts'
import type { Press, PressAnswer, React, TopicDeed } from './page/wire.ts'
import { postService } from './post.ts'
import { badRequest } from './refusal.ts'
import { apiChat, apiUser, type World } from './world.ts'
import { presentIn } from './writing.ts'

/**
 * Presses a button and waits for the bot's answer. As out there, the data need not be that of a button that is shown: a
 * person's app can send anything for a message of the bot.
 */
export const press = (
  world: World,
  { from, chat: id, message_id, data }: Press,
  patience = 10_000,
): Promise<PressAnswer> => {
  const { person, chat } = presentIn(world, from, id)
  const message = world.messages(chat.id).get(message_id)
  if (!message) throw badRequest('message not found')
  if (message.from.id !== world.bot.id) throw badRequest('not a message of the bot')
  if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID')
  const query = String(world.store.next('query', 4_000_000_000_000_000))
  return new Promise((resolve) => {
    forgetOld(world)
    const timer = setTimeout(() => resolve({ answered: false }), patience)
    world.queries.set(query, {
      from,
      at: world.now(),
      answered: (answer) => {
        clearTimeout(timer)
        resolve({ answered: true, ...answer })
      },
    })
    const body = { id: query, from: apiUser(person), message, chat_instance: String(chat.id), data }
    world.updates.add('callback_query', body, `callback:${from}`)
  })
}

const forgetOld = ({ queries, now }: World): void => {
  for (const [id, { at }] of queries) {
    if (now() - at < 150_000) return
    queries.delete(id)
  }
}

/** A person's one reaction on a message; null takes it back. */
export const react = (world: World, { from, chat: id, message_id, emoji }: React): void => {
  const { person, chat } = presentIn(world, from, id)
  if (!world.messages(chat.id).has(message_id)) throw badRequest('message to react not found')
  if (emoji !== null && !reactionEmoji.has(emoji)) throw badRequest('REACTION_INVALID')
  const key = `${chat.id}:${message_id}`
  const before = world.reactions.get(key) ?? { people: {} }
  const { [from]: old, ...others } = before.people
  if (old === (emoji ?? undefined)) return
  const reactions = { ...before, people: emoji === null ? others : { ...others, [from]: emoji } }
  world.reactions.put(key, reactions)
  world.emit({ type: 'reaction', chat: chat.id, message_id, reactions })
  if (chat.type === 'supergroup' && chat.bot !== 'administrator') return
  const list = (one: string | null | undefined) => (one ? [{ type: 'emoji', emoji: one }] : [])
  const body = {
    chat: apiChat(world, chat),
    message_id,
    user: apiUser(person),
    date: world.seconds(),
    old_reaction: list(old),
    new_reaction: list(emoji),
  }
  world.updates.add('message_reaction', body, `reaction:${chat.id}`)
}

/** What an administrator of the group does to a topic by hand. */
export const doToTopic = (world: World, { from, chat: id, thread, deed }: TopicDeed): void => {
  const { person, chat } = presentIn(world, from, id)
  if (person.standing !== 'administrator') throw badRequest('only administrators of the group may do this')
  const topic = world.topics(chat.id).get(thread)
  if (!topic || topic.deleted) throw badRequest('message thread not found')
  if (deed === 'delete') {
    removeTopic(world, chat, topic)
    return
  }
  const closed = deed === 'close'
  if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
  saveTopic(world, chat, { ...topic, closed })
  const content = closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }
  postService(world, { chat, thread, content, from: apiUser(person) })
}
