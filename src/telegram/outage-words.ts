import type { Words } from '../desk/mailings.ts'
import type { Outage } from '../desk/outages.ts'
import type { Texts } from '../texts.ts'
import { sinceWhen } from './words.ts'

/** «Кабинет недоступен»: as it was written in this language, else the title of the answer it stands above. */
export const whatIsOut = (texts: Texts, lang: string, { words, entries }: Pick<Outage, 'words' | 'entries'>): string =>
  words[lang] ?? texts.entry(lang, entries[0] ?? '')?.title ?? Object.values(words)[0] ?? ''

/** What citizens read before anything else. */
export const banner = (texts: Texts, lang: string, outage: Outage): string =>
  texts.t(lang, 'outage.banner', { what: whatIsOut(texts, lang, outage), since: sinceWhen(outage.since, lang) })

/** «Русский текст / English text», or several lines with a line of dashes between: one text a language, in their order. */
export const wordsIn = (texts: Texts, text: string, between: RegExp): Words => {
  const parts = text.split(between).map((part) => part.trim())
  return Object.fromEntries(texts.langs.flatMap((lang, n) => (parts[n] ? [[lang, parts[n]]] : [])))
}
