import { InputFile } from 'grammy'
import { type Composing, complaintFile, complaintMessage } from '../desk/complaint-text.ts'
import type { Desk } from '../desk/desk.ts'
import * as drafts from '../desk/drafts.ts'
import type { Letter } from '../desk/letters.ts'
import type { Dispatch, Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { above, fitCaption, fitText, type Words } from './wire.ts'
import { day } from './words.ts'

type Composed = Extract<Letter, { type: 'composed' | 'file' }>

/** The text of a complaint that the citizen files elsewhere, as a message; what does not fit is in the file. */
export const sendComposed: Sender<Extract<Letter, { type: 'composed' }>> = async ({ api, desk }, dispatch) => {
  const { to, lang, without } = dispatch
  const made = await draftOf(desk, dispatch)
  if (!made) return []
  const head = rich(desk.texts().t(lang, 'contest.draft_head'))
  const words = above({ ...head, text: `${head.text}\n` }, rich(complaintMessage(made.draft, made.composing)))
  const { text, entities } = fitText(repeated(desk, dispatch, words), without)
  await api.sendMessage(to.chat, text, { entities, link_preview_options: { is_disabled: true } })
  return []
}

/** The same as a file, made in memory when it is sent: nothing of it rests anywhere in clear. */
export const sendComposedFile: Sender<Extract<Letter, { type: 'file' }>> = async ({ api, desk }, dispatch) => {
  const { to, lang, letter, without } = dispatch
  const made = await draftOf(desk, dispatch)
  if (!made) return []
  const texts = desk.texts()
  const name = `${texts.t(lang, 'contest.file_name')}-${letter.number}.html`
  const caption = fitCaption(repeated(desk, dispatch, rich(texts.t(lang, 'contest.file_caption'))), without)
  await api.sendDocument(to.chat, new InputFile(Buffer.from(complaintFile(made.draft, made.composing)), name), {
    caption: caption?.text,
    caption_entities: caption?.entities,
  })
  return []
}

const repeated = (desk: Desk, { row, lang }: Dispatch<Composed>, words: Words): Words =>
  row.repeated > 0 ? above(rich(desk.texts().t(lang, 'repeat.mark')), words) : words

/** Null: the citizen's words are not kept any more. */
const draftOf = async (desk: Desk, { letter, lang }: Dispatch<Composed>) => {
  const draft = await drafts.load(desk, letter.draft).catch(() => null)
  const composing: Composing = { texts: desk.texts(), lang, date: day(new Date(letter.at), lang) }
  return draft && { draft, composing }
}
