import { InputFile } from 'grammy'
import { showNumber } from '../desk/appeal-number.ts'
import * as appeals from '../desk/appeals.ts'
import type { Letter } from '../desk/letters.ts'
import { transcriptFile, transcriptOf } from '../desk/transcript.ts'
import type { Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { above, fitCaption } from './wire.ts'

/** Made in memory when it is sent: nothing of it rests anywhere in clear. */
export const sendTranscript: Sender<Extract<Letter, { type: 'transcript' }>> = async ({ api, desk }, dispatch) => {
  const { to, lang, letter, row, without } = dispatch
  const appeal = await appeals.byId(desk, letter.appeal)
  if (!appeal || appeal.citizenId !== dispatch.citizen) return []
  const texts = desk.texts()
  const number = showNumber(appeal.number)
  const html = transcriptFile([await transcriptOf(desk, appeal)], { texts, lang, now: new Date(letter.at) })
  const said = rich(texts.t(lang, 'transcript.caption', { number }))
  const words = row.repeated > 0 ? above(rich(texts.t(lang, 'repeat.mark')), said) : said
  const caption = fitCaption(words, without)
  const file = new InputFile(Buffer.from(html), `${texts.t(lang, 'transcript.file_name')}-${number}.html`)
  await api.sendDocument(to.chat, file, { caption: caption?.text, caption_entities: caption?.entities })
  return []
}
