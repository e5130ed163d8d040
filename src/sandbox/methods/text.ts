import { openChat } from '../chats.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { type SendParams, send } from '../sending.ts'
import type { Entity } from '../text/clean.ts'
import { messageText } from '../text/formatted.ts'
import type { World } from '../world.ts'

type Text = { text: string; parse_mode?: string; entities?: Entity[]; link_preview_options?: object }

export const sendMessage = (world: World, params: Params) => {
  const { link_preview_options: preview } = params as Text
  const content = { ...textContent(params as Text), ...(preview ? { link_preview_options: preview } : {}) }
  return send(world, params as SendParams, { what: 'text messages', content })
}

export const textContent = ({ text, parse_mode, entities }: Text) => {
  const formatted = messageText({ text, parseMode: parse_mode, entities })
  return { text: formatted.text, ...(formatted.entities.length > 0 ? { entities: formatted.entities } : {}) }
}

const actions = new Set(
  'typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location record_video_note upload_video_note'.split(
    ' ',
  ),
)

export const sendChatAction = (world: World, params: Params): true => {
  const { chat_id, message_thread_id, action } = params as {
    chat_id: number
    message_thread_id?: number
    action: string
  }
  if (!actions.has(action)) throw badRequest('wrong parameter action in request')
  const chat = openChat(world, chat_id)
  world.emit({ type: 'action', chat: chat.id, thread_id: message_thread_id ?? null, action })
  return true
}
