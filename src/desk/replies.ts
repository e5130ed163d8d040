import { escapeHtml } from '../texts/html.ts'
import type { Reply } from '../texts.ts'
import { showNumber } from './appeal-number.ts'
import type { Appeal } from './appeals.ts'
import * as citizens from './citizens.ts'
import { DESK_LANG, type Desk } from './desk.ts'
import type { Operator } from './operators.ts'

/** Where one is offered without being looked for: after a take, and before a closing. Never forced. */
export const OFFERED = { take: ['greeting', 'understood'], close: ['goodbye'] } as const
export type Offered = (typeof OFFERED)['take' | 'close'][number]

/** The canned replies for an appeal, those of its line first; with a word, those that have it in either language. */
export const find = async (desk: Desk, appeal: Appeal, word = ''): Promise<Reply[]> => {
  const lang = await langOf(desk, appeal)
  const other = new Map(
    desk
      .texts()
      .replies(lang)
      .map((reply) => [reply.id, reply]),
  )
  const wanted = plain(word)
  const found = desk
    .texts()
    .replies(DESK_LANG)
    .filter((reply) => {
      if (reply.line !== null && reply.line !== appeal.line) return false
      const theirs = other.get(reply.id)
      return [reply.id, reply.title, reply.text, theirs?.title, theirs?.text].some((text) =>
        plain(text ?? '').includes(wanted),
      )
    })
  return [...found.filter(({ line }) => line !== null), ...found.filter(({ line }) => line === null)]
}

export type Filled = {
  reply: Reply
  /** As the operator knows it. */
  title: string
  lang: string
  html: string
  /** In the desk's language, where that is another one. */
  translation: string | null
}

/** A reply as the citizen will read it. Null: there is no such reply any more. */
export const fill = async (
  desk: Desk,
  appeal: Appeal,
  { id, operator }: { id: string; operator: Operator },
): Promise<Filled | null> => {
  const lang = await langOf(desk, appeal)
  const citizen = await citizens.nameOf(desk, appeal.citizenId)
  const values = { citizen, number: showNumber(appeal.number), operator: operator.name }
  const inLang = (one: string) =>
    desk
      .texts()
      .replies(one)
      .find((reply) => reply.id === id)
  const [reply, own] = [inLang(lang), inLang(DESK_LANG)]
  if (!reply) return null
  const translation = lang === DESK_LANG || !own ? null : filled(own.text, values)
  return { reply, title: (own ?? reply).title, lang, html: filled(reply.text, values), translation }
}

export const isOffered = (desk: Desk, id: Offered): boolean =>
  desk
    .texts()
    .replies(DESK_LANG)
    .some((reply) => reply.id === id)

type Values = { citizen: string | null; number: string; operator: string }

/** Without a name «Здравствуйте, …!» is said without the comma. */
const filled = (html: string, values: Values): string =>
  html.replaceAll(/(,? ?)\{\{(citizen|number|operator)\}\}/g, (_, before: string, name: keyof Values) => {
    const value = values[name]?.trim()
    return value ? before + escapeHtml(value) : ''
  })

const langOf = async (desk: Desk, { citizenId, lang }: Appeal): Promise<string> =>
  (await citizens.byId(desk, citizenId))?.lang ?? lang

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/<[^>]*>/g, '')
    .trim()
