import { and, asc, eq } from 'drizzle-orm'
import { messages } from '../db/schema-said.ts'
import { escapeHtml } from '../texts/html.ts'
import type { Texts } from '../texts.ts'
import { showNumber } from './appeal-number.ts'
import type { Appeal } from './appeals.ts'
import { type Content, textOf } from './content.ts'
import type { Desk } from './desk.ts'
import * as operators from './operators.ts'
import { masked } from './secrets/hidden.ts'
import { STYLE } from './transcript-style.ts'

/** One thing that was said, with everything it said before it was corrected. */
export type Line = { at: Date; from: 'citizen' | 'operator'; name: string | null; versions: Version[] }
export type Version = { at: Date; content: Content }
export type Transcript = { appeal: Appeal; comment: string | null; lines: Line[] }
export type Reader = { texts: Texts; lang: string; now: Date }

/** What both sides have read; notes and what was held back stay at the desk. */
export const transcriptOf = async (desk: Desk, appeal: Appeal): Promise<Transcript> => {
  const rows = await desk.db.query
    .select()
    .from(messages)
    .where(and(eq(messages.appealId, appeal.id), eq(messages.state, 'relayed')))
    .orderBy(asc(messages.id))
  const lines = new Map<string, Line>()
  for (const row of rows) {
    const place = `${row.originChat}:${row.originMessage}`
    const version = {
      at: row.createdAt,
      content: (await desk.keys.open<Content>(row.body)) ?? { kind: 'other' as const },
    }
    const known = lines.get(place)
    if (known) known.versions.push(version)
    else lines.set(place, { at: row.createdAt, ...(await author(desk, row)), versions: [version] })
  }
  const comment = appeal.comment ? await desk.keys.open<string>(appeal.comment) : null
  return { appeal, comment, lines: [...lines.values()] }
}

/** A file of its own: nothing is fetched from anywhere, it reads without a network and prints as it is. */
export const transcriptFile = (all: Transcript[], reader: Reader): string => {
  const { texts, lang, now } = reader
  const title = escapeHtml(plain(texts.t(lang, 'transcript.title')))
  return [
    `<!doctype html>\n<html lang="${lang}">\n<head>\n<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${title}</title>`,
    `<style>${STYLE}</style>\n</head>\n<body>\n<h1>${title}</h1>`,
    `<p class="made">${texts.t(lang, 'transcript.made', { at: clock(now, reader) })}</p>`,
    ...all.map((one) => section(one, reader)),
    `<footer>${texts.t(lang, 'transcript.foot')}</footer>\n</body>\n</html>\n`,
  ].join('\n')
}

const section = ({ appeal, comment, lines }: Transcript, reader: Reader): string => {
  const t = (key: string, vars?: Record<string, string | number>) => reader.texts.t(reader.lang, key, vars)
  const facts = [
    t(`kind.${appeal.kind}`),
    t('transcript.status', { status: t(`status.name.${appeal.status}`) }),
    t('transcript.opened', { at: clock(appeal.openedAt, reader) }),
    ...(appeal.closedAt ? [t('transcript.closed', { at: clock(appeal.closedAt, reader) })] : []),
  ]
  return [
    `<section>\n<h2>${t('transcript.appeal', { number: showNumber(appeal.number) })}</h2>`,
    `<p class="facts">${facts.join(' · ')}</p>`,
    ...(lines.length > 0 ? lines.map((line) => article(line, reader)) : [`<p>${t('transcript.nothing')}</p>`]),
    ...(comment ? [`<p class="comment"><b>${t('transcript.comment')}</b><br>${escapeHtml(comment)}</p>`] : []),
    '</section>',
  ].join('\n')
}

const article = ({ at, from, name, versions }: Line, reader: Reader): string => {
  const t = (key: string, vars?: Record<string, string | number>) => reader.texts.t(reader.lang, key, vars)
  const who = from === 'citizen' ? t('transcript.you') : t('transcript.operator', { name: name ?? '' })
  const [now, ...before] = versions.toReversed()
  const corrected = now && before.length > 0 ? ` <i>${t('transcript.edited', { at: clock(now.at, reader) })}</i>` : ''
  const earlier = before
    .toReversed()
    .map((one) => `<p class="was"><b>${t('transcript.was')}</b> ${said(one.content, reader)}</p>`)
  return [
    `<article class="${from}">\n<header><b>${who}</b> <time datetime="${at.toISOString()}">${clock(at, reader)}</time>${corrected}</header>`,
    `<p>${now ? said(now.content, reader) : ''}</p>`,
    ...earlier,
    '</article>',
  ].join('\n')
}

/** The words, and below them the name of what came with them. */
const said = (content: Content, { texts, lang }: Reader): string => {
  const { kind, file } = content
  const words = escapeHtml(masked(textOf(content)))
  if (kind === 'text') return words
  const name = file?.name ? `: ${escapeHtml(masked(file.name))}` : ''
  const named = `<span class="file">${texts.t(lang, `transcript.kind.${kind}`)}${name}</span>`
  return words === '' ? named : `${words}<br>${named}`
}

const author = async (desk: Desk, { author, operatorId }: typeof messages.$inferSelect) => {
  if (author === 'citizen') return { from: 'citizen' as const, name: null }
  const operator = operatorId === null ? null : await operators.byId(desk, operatorId)
  return { from: 'operator' as const, name: operator?.name ?? null }
}

const clock = (at: Date, { texts, lang }: Reader): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: texts.schedule.timezone,
  }).format(at)

const plain = (html: string): string => html.replace(/<[^>]+>/g, '')
