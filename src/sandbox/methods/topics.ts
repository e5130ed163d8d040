import { mayIn, openGroup, topicOf } from '../chats.ts'
import type { ChatRow, TopicRow } from '../model.ts'
import { erase, postService, saveChat } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { clean } from '../text/clean.ts'
import { wellFormed } from '../text/formatted.ts'
import type { World } from '../world.ts'

type TopicParams = { chat_id: number; message_thread_id: number; name?: string; icon_custom_emoji_id?: string }
const colors = [7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047]

export const createForumTopic = (world: World, params: Params) => {
  const {
    chat_id,
    name,
    icon_color = colors[0] ?? 0,
    icon_custom_emoji_id,
  } = params as TopicParams & { icon_color?: number }
  const title = topicName(name ?? '')
  const chat = forum(world, chat_id, 'create a topic')
  if (!colors.includes(icon_color)) throw badRequest('invalid icon color specified')
  const icon = icon_custom_emoji_id ? { icon_custom_emoji_id } : {}
  const born = { name: title, ...icon, icon_color }
  const message = postService(world, {
    chat,
    thread: null,
    content: { forum_topic_created: born },
    opens: true,
  })
  const thread = message.message_thread_id ?? 0
  world
    .topics(chat.id)
    .put(thread, { thread_id: thread, name: title, closed: false, deleted: false, icon_color, ...icon })
  saveChat(world, chat)
  return { message_thread_id: thread, name: title, icon_color, ...icon }
}

export const editForumTopic = (world: World, params: Params): true => {
  const { chat_id, message_thread_id, name, icon_custom_emoji_id } = params as TopicParams
  const chat = forum(world, chat_id, 'edit the topic')
  const topic = topicOf(world, chat, message_thread_id)
  const title = name ? topicName(name) : topic.name
  const icon = icon_custom_emoji_id ?? topic.icon_custom_emoji_id
  if (title === topic.name && icon === topic.icon_custom_emoji_id) throw badRequest('TOPIC_NOT_MODIFIED')
  saveTopic(world, chat, { ...topic, name: title, ...(icon ? { icon_custom_emoji_id: icon } : {}) })
  postService(world, { chat, thread: topic.thread_id, content: { forum_topic_edited: { name: title } } })
  return true
}

export const closeForumTopic = (world: World, params: Params): true => setClosed(world, params as TopicParams, true)
export const reopenForumTopic = (world: World, params: Params): true => setClosed(world, params as TopicParams, false)

const setClosed = (world: World, { chat_id, message_thread_id }: TopicParams, closed: boolean): true => {
  const chat = forum(world, chat_id, 'close or open the topic')
  const topic = topicOf(world, chat, message_thread_id)
  if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
  saveTopic(world, chat, { ...topic, closed })
  const content = closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }
  postService(world, { chat, thread: topic.thread_id, content })
  return true
}

export const deleteForumTopic = (world: World, params: Params): true => {
  const { chat_id, message_thread_id } = params as TopicParams
  const chat = forum(world, chat_id, 'delete the topic')
  removeTopic(world, chat, topicOf(world, chat, message_thread_id))
  return true
}

/** A topic takes its messages with it. Nobody is told: Telegram has no update for it. */
export const removeTopic = (world: World, chat: ChatRow, topic: TopicRow): void => {
  for (const message of world.messages(chat.id).values()) {
    if (message.message_thread_id === topic.thread_id) erase(world, chat, message.message_id)
  }
  saveTopic(world, world.chats.get(chat.id) ?? chat, { ...topic, deleted: true })
}

export const saveTopic = (world: World, chat: ChatRow, topic: TopicRow): void => {
  world.topics(chat.id).put(topic.thread_id, topic)
  saveChat(world, chat)
}

export const getForumTopicIconStickers = () =>
  ['📰', '💡', '⚡️', '🎙', '🔝', '🗣', '🆒', '❗️', '📝', '📆'].map((emoji, index) => ({
    file_id: `sandbox-icon-${index + 1}`,
    file_unique_id: `icon${index + 1}`,
    type: 'custom_emoji',
    width: 100,
    height: 100,
    is_animated: true,
    is_video: false,
    emoji,
    custom_emoji_id: `53125364238516300${10 + index}`,
  }))

const forum = (world: World, id: unknown, deed: string): ChatRow => {
  const chat = openGroup(world, id)
  if (!chat.is_forum) throw badRequest('the chat is not a forum')
  const right = deed === 'delete the topic' ? 'can_delete_messages' : 'can_manage_topics'
  if (!mayIn(chat, right)) throw badRequest(`not enough rights to ${deed}`)
  return chat
}

const topicName = (name: string): string => {
  const title = clean({ text: wellFormed(name), entities: [] })
    .text.replace(/\s+/g, ' ')
    .trim()
  if (title === '') throw badRequest('name must be non-empty')
  if ([...title].length > 128) throw badRequest('TOPIC_TITLE_INVALID')
  return title
}
