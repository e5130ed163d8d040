import type { FileRow, Upload } from '../files.ts'
import { type MediaKind, mediaKinds } from '../model.ts'
import type { Content } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { type SendParams, send } from '../sending.ts'
import type { World } from '../world.ts'
import { captionContent } from './caption.ts'

/** What comes with a call beside its parameters. */
export type Call = { uploads: Map<string, Upload>; signal?: AbortSignal | undefined }
type Method = (world: World, params: Params, call: Call) => unknown

/** The plural of each kind in Telegram's refusals. */
const plurals: Record<MediaKind, string> = {
  photo: 'photos',
  document: 'documents',
  voice: 'voice notes',
  video: 'videos',
  video_note: 'video notes',
  audio: 'audios',
  animation: 'animations',
  sticker: 'stickers',
}
/** What the sender may say about a file itself. */
const told = ['duration', 'width', 'height', 'title', 'performer', 'length']

const sendMedia =
  (kind: MediaKind): Method =>
  (world, params, { uploads }) => {
    const caption = kind === 'sticker' || kind === 'video_note' ? {} : captionContent(params)
    const file = fileOf(world, { kind, reference: String(params[kind]), uploads })
    return send(world, params as SendParams, {
      what: plurals[kind],
      content: { ...mediaContent(kind, file, params), ...caption },
    })
  }

export const mediaMethods: Record<string, Method> = Object.fromEntries(
  mediaKinds.map((kind) => [
    `send${kind.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    sendMedia(kind),
  ]),
)

/** The file a parameter names: uploaded with the call, or kept from before. The sandbox fetches nothing from the net. */
export const fileOf = (
  world: World,
  from: { kind: MediaKind; reference: string; uploads: Call['uploads'] },
): FileRow => {
  const { kind, reference, uploads } = from
  const upload = reference.startsWith('attach://') ? uploads.get(reference.slice('attach://'.length)) : undefined
  if (upload) {
    if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
    const kept = world.files.keep(kind, upload)
    if (!kept) throw badRequest('IMAGE_PROCESS_FAILED')
    return kept
  }
  if (reference === '' || reference.startsWith('attach://')) throw badRequest(`there is no ${kind} in the request`)
  if (/^https?:/.test(reference)) throw badRequest('failed to get HTTP URL content')
  const found = world.files.get(reference)
  if (!found) throw badRequest('wrong file identifier/HTTP URL specified')
  if (found.kind !== kind) throw badRequest(`can't use file of type ${title(found.kind)} as ${title(kind)}`)
  return found
}

export const mediaContent = (
  kind: MediaKind,
  { kind: _, file_path: __, ...file }: FileRow,
  params: Params = {},
): Content => {
  const said = Object.fromEntries(told.filter((name) => params[name] !== undefined).map((name) => [name, params[name]]))
  if (kind === 'photo') return { photo: [file] }
  if (kind === 'sticker') {
    const sticker = {
      ...file,
      type: 'regular',
      is_animated: false,
      is_video: false,
      emoji: String(params.emoji ?? '🙂'),
    }
    return { sticker }
  }
  const content = { [kind]: { ...file, ...said } } as Content
  // Telegram sends an animation as a document, too.
  return kind === 'animation' ? { ...content, document: file } : content
}

const title = (kind: MediaKind) =>
  kind
    .split('_')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')
