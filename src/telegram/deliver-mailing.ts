import * as citizens from '../desk/citizens.ts'
import type { Desk } from '../desk/desk.ts'
import type { Letter } from '../desk/letters.ts'
import * as mailings from '../desk/mailings.ts'
import * as outages from '../desk/outages.ts'
import { button } from './buttons.ts'
import type { Sender } from './deliver.ts'
import { wayOut } from './keyboards.ts'
import { whatIsOut } from './outage-words.ts'
import { plainly } from './plain.ts'
import { rich } from './rich.ts'
import type { Screen } from './show.ts'
import { above, fitText } from './wire.ts'

/** One message to many, in each reader's language as it is now. */
export const sendMailing: Sender<Extract<Letter, { type: 'mailing' }>> = async ({ api, desk }, dispatch) => {
  const { letter, to, lang, row, citizen, without } = dispatch
  const screen = await screenOf(desk, letter.mailing, lang)
  if (!screen) return []
  const plain = citizen !== null && (await citizens.byId(desk, citizen))?.plain
  const { html, rows } = plain ? await plainly(desk, { id: citizen, lang }, screen) : screen
  const said = rich(html)
  const words = row.repeated > 0 ? above(rich(desk.texts().t(lang, 'repeat.mark')), said) : said
  const { text, entities } = fitText(words, without)
  await api.sendMessage(to.chat, text, {
    entities,
    link_preview_options: { is_disabled: true },
    ...(rows && !without.buttons ? { reply_markup: { inline_keyboard: rows } } : {}),
  })
  return []
}

const screenOf = async (desk: Desk, id: number, lang: string): Promise<Screen | null> => {
  const texts = desk.texts()
  const mailing = await mailings.byId(desk.db, id)
  if (!mailing) return null
  if (mailing.outageId !== null) {
    const outage = await outages.byId(desk, mailing.outageId)
    if (!outage) return null
    return {
      html: texts.t(lang, 'outage.works', { what: whatIsOut(texts, lang, outage) }),
      rows: [[button(texts.t(lang, 'button.still_out'), { verb: 'go', to: 'fault' })], wayOut(texts, lang)],
    }
  }
  const words = mailing.words ? ((await desk.keys.open<mailings.Words>(mailing.words)) ?? {}) : {}
  return broadcastScreen(texts, lang, words)
}

type Texts = ReturnType<Desk['texts']>

/** As citizens read it; the preview shows the same. */
export const broadcastScreen = (texts: Texts, lang: string, words: mailings.Words): Screen => ({
  html: texts.t(lang, 'broadcast.message', { text: words[lang] ?? Object.values(words)[0] ?? '' }),
  rows: [[button(texts.t(lang, 'button.no_news'), { verb: 'go', to: 'no_news' })], wayOut(texts, lang)],
})
