import { PLACEHOLDER, placeholdersIn } from './facts.ts'
import { IN_REPLIES } from './faq.ts'
import { HtmlError, parseHtml } from './html.ts'
import { faultIn, type Piece } from './pieces.ts'
import type { FactFile } from './schema.ts'
import type { Fault, Finding } from './source.ts'
import { unprovedIn } from './unproved.ts'

export const LABEL_LIMIT = 34
const ANSWER_LIMIT = 1200
const PHRASE_LIMIT = 4096
const STEP_LIMIT = 300

/** Every fault that one text has by itself. */
export const checkPiece = (piece: Piece, facts: FactFile): Fault[] => [
  ...placeholderFaults(piece, facts),
  ...htmlFaults(piece),
  ...lengthFaults(piece, facts),
  ...unprovedFaults(piece),
  ...toneFaults(piece),
]

const placeholderFaults = (piece: Piece, facts: FactFile): Fault[] => {
  const faults: Fault[] = []
  const rest = piece.text.replace(PLACEHOLDER, '')
  if (/\{\{|\}\}|\$t\(/.test(rest)) {
    const remedy = 'Write it as {{name}} or {{fact.key}}, without spaces'
    faults.push(faultIn(piece, { message: 'a placeholder is misspelt', remedy }))
  }
  for (const name of placeholdersIn(piece.text)) {
    const finding = wrongName(name, piece, facts)
    if (finding) faults.push(faultIn(piece, { ...finding, at: piece.text.indexOf(`{{${name}}}`) }))
  }
  return faults
}

const wrongName = (name: string, piece: Piece, facts: FactFile): Finding | null => {
  if (name.startsWith('fact.')) {
    const key = name.slice('fact.'.length)
    const remedy = 'Add it to facts.yaml with its source, or correct the key'
    return key in facts ? null : { message: `there is no fact ${key}`, remedy }
  }
  if (isReply(piece) && IN_REPLIES.has(name)) return null
  const more = isReply(piece) ? ', {{citizen}}, {{number}}, {{operator}}' : ''
  const remedy = `Only {{fact.…}} and {{hours}}${more} stand in such texts`
  return name === 'hours' || isPhrase(piece) ? null : { message: `nothing fills {{${name}}} here`, remedy }
}

const htmlFaults = (piece: Piece): Fault[] => {
  if (piece.kind === 'label' && /[<>&]/.test(piece.text)) {
    return [faultIn(piece, { message: 'a label is plain text', remedy: 'Leave out tags and the characters < > &' })]
  }
  try {
    parseHtml(piece.text)
    return []
  } catch (error) {
    if (!(error instanceof HtmlError)) throw error
    const remedy = 'Use b, i, u, s, code, pre, a, blockquote, tg-spoiler, each closed in turn'
    return [faultIn(piece, { message: error.message, remedy })]
  }
}

const lengthFaults = (piece: Piece, facts: FactFile): Fault[] => {
  const limit = { label: LABEL_LIMIT, answer: ANSWER_LIMIT, phrase: PHRASE_LIMIT, step: STEP_LIMIT }[piece.kind]
  const { length } = plainText(withLongestFacts(piece, facts))
  if (length <= limit) return []
  const message = `is ${length} characters long, ${limit} are allowed`
  return [faultIn(piece, { message, remedy: 'Say it shorter or split it' })]
}

const unprovedFaults = (piece: Piece): Fault[] => {
  const found = unprovedIn(plainText(piece.text.replace(PLACEHOLDER, '…')))
  if (!found) return []
  const message = `«${found.found}» is a ${found.what} that nobody has proved`
  const at = Math.max(0, piece.text.indexOf(found.found))
  return [faultIn(piece, { message, remedy: 'Put it into facts.yaml with its source and write {{fact.key}} here', at })]
}

const FAMILIAR = /(?<!\p{L})(ты|тебя|тебе|тобой|твой|твоя|твоё|твоего|твоей|твои|твоих)(?!\p{L})/iu

const toneFaults = (piece: Piece): Fault[] => {
  const familiar = piece.lang === 'ru' ? FAMILIAR.exec(piece.text) : null
  if (!familiar) return []
  const message = `says «${familiar[0]}»`
  return [faultIn(piece, { message, remedy: 'Russian texts always say «вы»', at: familiar.index })]
}

const isReply = (piece: Piece): boolean => piece.source.file.endsWith('/replies.yaml')

const isPhrase = (piece: Piece): boolean => piece.source.file.endsWith('.json')

// A text that does not parse has its own fault already; here its length is only estimated.
const plainText = (html: string): string => {
  try {
    return parseHtml(html).text
  } catch {
    return html.replace(/<[^>]*>/g, '')
  }
}

const withLongestFacts = ({ text, lang }: Piece, facts: FactFile): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => {
    const fact = facts[name.replace(/^fact\./, '')]
    const texts = fact ? [fact.pointer[lang] ?? '', `${fact.value?.[lang] ?? ''} (не проверено)`] : [whole]
    return texts.reduce((a, b) => (a.length > b.length ? a : b)).replace(/[<>&]/g, '.')
  })
