import { escapeHtml } from '../texts/html.ts'
import type { Texts } from '../texts.ts'
import type { OwnAppeal, OwnData } from './my-data.ts'

export type Reading = { texts: Texts; lang: string; clock: (at: Date) => string }
type Say = (key: string, vars?: Record<string, string | number>) => string

/** One readable page; nothing is fetched from anywhere, and it prints on paper as it is. */
export const dataPage = (data: OwnData, reading: Reading): string => {
  const { texts, lang, clock } = reading
  const t: Say = (key, vars) => texts.t(lang, key, vars)
  const sections: Record<string, string[]> = {
    profile: ofProfile(data, t, clock),
    opened: data.opened.map(({ at, who, what, number }) =>
      row(clock(at), [who ?? '', t(`audit.did.${what}`), number ?? ''].filter(Boolean).join(', ')),
    ),
    appeals: data.appeals.flatMap((appeal) => ofAppeal(appeal, t, clock)),
    ...ofTheBot(data, reading, t),
    other: Object.entries(data.other).map(([table, rows]) =>
      row(table, rows.map((one) => JSON.stringify(one)).join('\n')),
    ),
    kept: Object.values(texts.retention).map(({ days, reason }) =>
      row(t('page.days', { count: days }), reason[lang as 'ru'] ?? reason.ru ?? ''),
    ),
  }
  return [
    `<!doctype html>\n<html lang="${lang}">\n<head>\n<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${t('page.title')}</title>\n<style>${STYLE}</style>\n</head>\n<body>`,
    `<h1>${t('page.title')}</h1>\n<p>${t('page.intro', { at: clock(new Date()) })}</p>`,
    ...Object.entries(sections)
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) => `<section><h2>${t(`page.${title}`)}</h2>\n${lines.join('\n')}</section>`),
    `</body>\n</html>\n`,
  ].join('\n')
}

/** The same for a machine. */
export const dataFile = (data: OwnData): string => `${JSON.stringify(data, null, 2)}\n`

const ofProfile = (data: OwnData, t: Say, clock: Reading['clock']): string[] => [
  row(t('page.name'), data.name ?? ''),
  row(t('page.language'), t('lang.name')),
  row(t('page.since'), clock(data.since)),
  ...data.consents.map(({ policy, given, withdrawn }) =>
    row(t('page.consent', { policy }), [given, withdrawn].flatMap((at) => (at ? [clock(at)] : [])).join(' – ')),
  ),
]

/** What was said to the bot and not to a person. */
const ofTheBot = ({ drafts, asked, votes }: OwnData, reading: Reading, t: Say): Record<string, string[]> => ({
  drafts: drafts.flatMap(({ flow, changed, answers }) => [
    `<h3>${t(`flow.${flow}.name`)} · ${reading.clock(changed)}</h3>`,
    ...answers.map(({ text }) => row('', text)),
  ]),
  asked: asked.map(({ at, text, entry }) => row(reading.clock(at), text ?? titleOf(reading, entry))),
  votes: votes.map(({ at, entry, helped }) =>
    row(reading.clock(at), `${titleOf(reading, entry)}: ${t(helped ? 'page.helped' : 'page.not_helped')}`),
  ),
})

const ofAppeal = (appeal: OwnAppeal, t: Say, clock: Reading['clock']): string[] => [
  `<h3>${appeal.number} · ${t(`kind.${appeal.kind}`)} · ${t(`status.name.${appeal.status}`)}</h3>`,
  row(t('page.from_to'), [clock(appeal.opened), ...(appeal.closed ? [clock(appeal.closed)] : [])].join(' – ')),
  ...appeal.answers.map(({ text }) => row(t('page.answer'), text)),
  ...appeal.said.map(({ at, from, note, kind, text }) =>
    row(
      [clock(at), from ?? t('page.you'), ...(note ? [t('page.note')] : [])].join(' · '),
      text || t('page.file', { kind }),
    ),
  ),
  ...(appeal.comment ? [row(t('page.comment'), appeal.comment)] : []),
  ...appeal.ratings.map(({ score, word }) => row(t('page.rating'), [score, word ?? ''].join(' '))),
]

const titleOf = ({ texts, lang }: Reading, entry: string | null): string =>
  texts.entry(lang, entry ?? '')?.title ?? entry ?? ''

const row = (label: string, text: string): string =>
  `<p>${label === '' ? '' : `<b>${escapeHtml(label)}</b> `}${escapeHtml(text)}</p>`

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}' +
  'h1{font-size:1.6rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid #bbb}h3{font-size:1rem;margin:1.2rem 0 .3rem}' +
  'p{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}b{font-weight:600;color:#444}@media print{body{margin:0;max-width:none}}'
