import { InputFile } from 'grammy'
import type { Letter } from '../desk/letters.ts'
import { gather } from '../desk/my-data.ts'
import { dataFile, dataPage } from '../desk/my-data-file.ts'
import type { Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { fitCaption } from './wire.ts'
import { clock } from './words.ts'

/** All that is held about a citizen, put together in memory at the moment it is sent. */
export const sendMyData: Sender<Extract<Letter, { type: 'mydata' }>> = async ({ api, desk }, dispatch) => {
  const { letter, to, lang, without } = dispatch
  const data = await gather(desk, letter.citizen)
  if (!data) return []
  const texts = desk.texts()
  const file =
    letter.format === 'html' ? dataPage(data, { texts, lang, clock: (at) => clock(at, lang) }) : dataFile(data)
  const caption = fitCaption(rich(texts.t(lang, `own.file_${letter.format}`)), without)
  await api.sendDocument(to.chat, new InputFile(Buffer.from(file), `okoshko-data.${letter.format}`), {
    caption: caption?.text,
    caption_entities: caption?.entities,
  })
  return []
}
