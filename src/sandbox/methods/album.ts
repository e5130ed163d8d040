import { type ApiMessage, type MediaKind, mediaKinds } from '../model.ts'
import { post } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { placeOf, type SendParams } from '../sending.ts'
import { botUser, type World } from '../world.ts'
import { type CaptionParams, captionContent } from './caption.ts'
import { type Call, fileOf, mediaContent } from './media.ts'

type Part = Params & { type: string; media: string }

export const sendMediaGroup = (world: World, params: Params, { uploads }: Call): ApiMessage[] => {
  const parts = params.media as Part[]
  if (parts.length < 2) throw badRequest('too few messages to send as an album')
  if (parts.length > 10) throw badRequest('too many messages to send as an album')
  const kinds = parts.map(kindOf)
  for (const alone of ['document', 'audio'] as const) {
    if (kinds.includes(alone) && kinds.some((kind) => kind !== alone)) {
      throw badRequest(`${alone === 'audio' ? 'Audio' : 'Document'} can't be mixed with other media types`)
    }
  }
  const contents = parts.map((part, index) => {
    const kind = kinds[index] ?? 'photo'
    const file = fileOf(world, { kind, reference: part.media, uploads })
    return { ...mediaContent(kind, file, part), ...captionContent(part as CaptionParams) }
  })
  const place = placeOf(world, params as SendParams, kinds.includes('photo') ? 'photos' : `${kinds[0]}s`)
  const media_group_id = String(world.store.next('album', 13_000_000_000_001))
  const secret = params.protect_content ? { has_protected_content: true as const } : {}
  return contents.map((content) =>
    post(world, {
      ...place,
      from: botUser(world),
      content: { ...place.content, media_group_id, ...content, ...secret },
    }),
  )
}

const kindOf = ({ type }: Part): MediaKind => {
  const kind = mediaKinds.find((one) => one === type)
  if (!kind || !['photo', 'video', 'document', 'audio'].includes(kind)) {
    throw badRequest(`type "${type}" can't be used in an album`)
  }
  return kind
}
