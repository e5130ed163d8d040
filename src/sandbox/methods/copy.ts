import { chatOf, messageOf } from '../chats.ts'
import { type ApiMessage, isService, type MediaKind, mediaKinds } from '../model.ts'
import type { Content } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { type SendParams, send } from '../sending.ts'
import type { World } from '../world.ts'
import { captionContent } from './caption.ts'

const copied = [
  'text',
  'entities',
  'caption',
  'caption_entities',
  ...mediaKinds,
  'location',
  'venue',
  'contact',
  'poll',
  'dice',
] as const

const plurals: Partial<Record<MediaKind, string>> = { voice: 'voice notes', video_note: 'video notes' }

/** Sends what a message holds as a message of the bot: without its author, its buttons and what it answered. */
export const copyMessage = (world: World, params: Params): { message_id: number } => {
  const source = messageOf(
    world,
    { chat: chatOf(world, params.from_chat_id), id: params.message_id },
    'message to copy not found',
  )
  if (isService(source) || source.has_protected_content) throw badRequest("message can't be copied")
  const content = contentOf(source)
  if (params.caption !== undefined && source.text === undefined) {
    delete content.caption
    delete content.caption_entities
    Object.assign(content, captionContent(params))
  }
  return { message_id: send(world, params as SendParams, { what: whatOf(source), content }).message_id }
}

const contentOf = (source: ApiMessage): Content =>
  Object.fromEntries(copied.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]))

const whatOf = (source: ApiMessage): string => {
  const kind = mediaKinds.find((one) => source[one] !== undefined)
  return kind ? (plurals[kind] ?? `${kind}s`) : 'text messages'
}
