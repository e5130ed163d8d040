import { normalise } from '../answers/normalise.ts'
import { readAsRussian } from '../answers/transliterate.ts'
import { type CheckedLink, checkLink, WELL_KNOWN } from './links.ts'
import type { Sources } from './sources.ts'

/** One sentence as it was written and as it is read. */
export type Sentence = { text: string; read: string; links: CheckedLink[]; phones: string[] }

/** More is never needed to see what a message is after. */
const LONGEST = 6000
const MOST = 60

export const sentencesOf = (message: string, sources: Sources): Sentence[] =>
  message
    .toWellFormed()
    .slice(0, LONGEST)
    .split(/(?<=[!?…\n])\s+|\n|(?<=[^\s.]{3}\.)\s+(?=[^\s\d])/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .slice(0, MOST)
    .map((text) => ({ text, read: readingOf(text), links: judgedLinks(text, sources), phones: phonesIn(text) }))

/** Russian in Latin letters is read as Russian. */
function readingOf(text: string): string {
  const read = normalise(text)
  return !/[а-я]/.test(read) && (read.match(LATIN_RUSSIAN)?.length ?? 0) > 1 ? readAsRussian(read) : read
}

/** Every link and name of a messenger, as it was written. */
export const linksIn = (text: string): string[] => Array.from(text.matchAll(LINK), ([link]) => link)

function judgedLinks(text: string, sources: Sources): CheckedLink[] {
  return linksIn(text)
    .map((link) => checkLink(link, sources))
    .filter(({ verdict, host }) => verdict !== 'unknown' || !WELL_KNOWN.test(host))
}

/** Numbers of people and small offices: those of hotlines begin with 800 or are short. */
function phonesIn(text: string): string[] {
  return Array.from(text.matchAll(PHONE), ([phone]) => phone).filter((phone) => !/^\+?[78][ (-]{0,2}800/.test(phone))
}

const LATIN_RUSSIAN =
  /(?<![a-z])(?:kod[a-z]{0,2}|smsk[a-z]+|iz|na|ne|ya|vy|vas|vam|mne|nam|eto|chto|kak|dlya|srochno|zvon[a-z]+|pozvon[a-z]+|perezvon[a-z]+|prishl[a-z]+|nazov[a-z]+|skazh[a-z]+|soobshch?[a-z]+|kart[auyi]|schet[a-z]?|bank[aeiu]?|parol[a-z']*|gosuslug[a-z]*|kredit[a-z]*|dengi|vash[a-z]*|menya|skazal[a-z]?|zablok[a-z]+|zayavk[a-z]+|podtverd[a-z]+)(?![a-z])/g
const LINK =
  /(?<![\w@.])@[a-z]\w{3,31}|(?:https?:\/\/|tg:\/\/)[^\s«»"]{3,300}|(?<![\p{L}\d@-])(?:[\p{L}\d-]{1,63}\.){1,6}(?:[a-z]{2,12}|рф)(?![\p{L}\d])(?:[/?#][^\s«»"]{0,300}|@[^\s«»"]{3,200})?/giu
const PHONE = /(?<!\d)(?:\+7|8|7)[ (-]{0,2}\d{3}[ )-]{0,2}\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)|\+\d[\d ()-]{8,16}\d/g
