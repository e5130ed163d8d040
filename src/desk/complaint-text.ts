import { escapeHtml } from '../texts/html.ts'
import type { Texts } from '../texts.ts'
import { type Content, textOf } from './content.ts'
import { contentsOf, type Draft } from './draft-steps.ts'

/** What a complaint about a decision consists of; what nobody here may ask for is left blank. */
type Part = { label: string; text: string }

export type Composing = { texts: Texts; lang: string; date: string }

/** As a message: labels and texts, escaped. */
export const complaintMessage = (draft: Draft, composing: Composing): string =>
  partsOf(draft, composing)
    .map(({ label, text }) => `<b>${label}</b>: ${escapeHtml(text)}`)
    .join('\n\n')

/** As a file of its own: nothing is fetched from anywhere, and it prints on paper as it is. */
export const complaintFile = (draft: Draft, composing: Composing): string => {
  const { texts, lang } = composing
  const title = texts.t(lang, 'contest.title')
  const parts = partsOf(draft, composing).map(
    ({ label, text }) => `<section><h2>${label}</h2><p>${escapeHtml(text)}</p></section>`,
  )
  return [
    `<!doctype html>\n<html lang="${lang}">\n<head>\n<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${title}</title>`,
    `<style>${STYLE}</style>\n</head>\n<body>\n<h1>${title}</h1>`,
    ...parts,
    `<footer>${texts.t(lang, 'contest.foot')}</footer>\n</body>\n</html>\n`,
  ].join('\n')
}

const STYLE =
  'body{font:12pt/1.5 Georgia,"Times New Roman",serif;max-width:17cm;margin:2cm auto;padding:0 1em;color:#000;background:#fff}' +
  'h1{font-size:16pt;text-align:center}h2{font-size:12pt;margin:1.2em 0 .2em}p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}' +
  'footer{margin-top:2em;border-top:1px solid #000;padding-top:.5em;font-size:10pt}@page{margin:2cm}@media print{body{margin:0;max-width:none}}'

const partsOf = (draft: Draft, { texts, lang, date }: Composing): Part[] => {
  const words = (key: string) => texts.t(lang, `contest.${key}`)
  const said = (step: string) => contentsOf(draft, step).map(textOf).join('\n')
  const files = contentsOf(draft, 'attachments').map((file, n) => `${n + 1}. ${nameOf(file, words)}`)
  const parts: [string, string][] = [
    ['to', words('to_hint')],
    ['from', words('from_hint')],
    ['decision', said('decision')],
    ['grounds', said('text')],
    ['wish', said('wish') || words('no_wish')],
    ['files', files.join('\n') || words('no_files')],
    ['date', date],
    ['sign', words('blank')],
  ]
  return parts.map(([label, text]) => ({ label: words(`label.${label}`), text }))
}

const nameOf = ({ kind, file }: Content, words: (key: string) => string): string => {
  if (file?.name) return file.name
  if (kind === 'photo' || kind === 'video' || kind === 'animation') return words('photo')
  return words(kind === 'voice' || kind === 'audio' ? 'sound' : 'file')
}
