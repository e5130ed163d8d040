import type { InlineKeyboardButton } from 'grammy/types'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import * as topics from '../desk/topics.ts'

/** Appeal → the address of its topic; none while the topic is not there yet. */
export const topicUrls = async (desk: Desk, appeals: number[]): Promise<Map<number, string>> => {
  const found = await topics.currentOf(desk, appeals)
  return new Map(
    found.flatMap(({ appealId, chatId, threadId }) => (threadId === null ? [] : [[appealId, urlOf(chatId, threadId)]])),
  )
}

/** A button that opens the topic of an appeal. */
export const topicRow = async (desk: Desk, appeal: number): Promise<InlineKeyboardButton[][]> => {
  const url = (await topicUrls(desk, [appeal])).get(appeal)
  return url ? [[{ text: desk.texts().t(DESK_LANG, 'button.open_topic'), url }]] : []
}

/** Where an appeal had its topic before it came here: a group's members can open it, the others read the talk by «Подробнее». */
export const earlierTopic = async (desk: Desk, appeal: number): Promise<{ url: string; until: Date } | null> => {
  const now = await topics.current(desk, appeal)
  const old = now && now.gen > 1 ? await topics.generation(desk, appeal, now.gen - 1) : null
  if (!now || old?.state !== 'moved' || old.threadId === null) return null
  return { url: urlOf(old.chatId, old.threadId), until: now.createdAt }
}

const urlOf = (chatId: number, threadId: number): string =>
  `https://t.me/c/${String(chatId).replace(/^-100/, '')}/${threadId}`
