import { GENERAL } from './state.ts'
import type { Chat } from './wire.ts'
import { w } from './words.ts'

export function topicName(chat: Chat, thread: number): string {
  if (thread === GENERAL) return w.general
  return chat.topics.find((topic) => topic.thread_id === thread)?.name ?? ''
}
