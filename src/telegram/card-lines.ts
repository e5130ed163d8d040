import { showNumber } from '../desk/appeal-number.ts'
import type { Appeal } from '../desk/appeals.ts'
import * as appeals from '../desk/appeals.ts'
import * as citizens from '../desk/citizens.ts'
import { ratingOf } from '../desk/closing.ts'
import { shorten } from '../desk/content.ts'
import { type Context, openContext } from '../desk/context.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import * as operators from '../desk/operators.ts'
import { lastWith } from '../desk/returning.ts'
import { masked } from '../desk/secrets/hidden.ts'
import { type Warning, warningsOf } from '../desk/warnings.ts'
import { earlierTopic } from './topic-url.ts'
import { clock, momentDate } from './words.ts'

export type Say = (key: string, vars?: Record<string, string | number>) => string
/** `room`: how long one answer may be; `steps`: how much of the way through the FAQ. */
export type Size = { t: Say; room: number; steps: number }
export type Known = {
  appeal: Appeal
  context: Context | null
  name: string | null
  owner: string | null
  earlier: Appeal[]
  rating: number | null
  citizen: citizens.Citizen | null
  warnings: Warning[]
  /** Whom the citizen talked to last, while somebody is waited for. */
  last: string | null
  /** The topic it had in another group. */
  moved: { url: string; until: Date } | null
}

export const knownOf = async (desk: Desk, appeal: Appeal, most: number): Promise<Known> => {
  const [context, name, owner, earlier, rating, citizen, warnings, last, moved] = await Promise.all([
    openContext(desk, appeal.context),
    citizens.nameOf(desk, appeal.citizenId),
    appeal.ownerId === null ? null : operators.byId(desk, appeal.ownerId),
    appeals.before(desk, appeal, most),
    ratingOf(desk, appeal.id),
    citizens.byId(desk, appeal.citizenId),
    warningsOf(desk, appeal),
    appeal.waitingSince === null ? null : lastWith(desk.db, appeal),
    earlierTopic(desk, appeal.id),
  ])
  return {
    appeal,
    context,
    name,
    owner: owner?.name ?? null,
    earlier,
    rating,
    citizen,
    warnings,
    last: last?.name ?? null,
    moved,
  }
}

/** What a card says, the most important first. */
export const linesOf = (desk: Desk, known: Known, size: Size): string[] => {
  const { appeal, rating, context, earlier } = known
  const { t } = size
  const kind = t(`kind.${appeal.kind}`)
  return [
    t('card.head', { number: showNumber(appeal.number), kind, line: t(`line.${appeal.line}`) }),
    who(desk, known, t),
    state(known, t),
    ...(known.last === null ? [] : [t('card.was_with', { operator: known.last })]),
    ...(known.moved ? [t('card.moved')] : []),
    ...known.warnings.map((one) => warning(one, t)),
    ...(rating === null ? [] : [t('card.rating', { score: rating })]),
    ...way(desk, context, size),
    ...before(earlier, t),
  ]
}

const warning = ({ phrase, vars, moments = {} }: Warning, t: Say): string => {
  const dates = Object.entries(moments).map(([name, at]) => [name, momentDate(name, at, DESK_LANG)])
  return t(phrase, { ...vars, ...Object.fromEntries(dates) })
}

/** The language is the one the citizen reads now; canned replies follow it. */
const who = (desk: Desk, { appeal, name, citizen }: Known, t: Say): string => {
  const lang = desk.texts().t(citizen?.lang ?? appeal.lang, 'lang.name')
  return t('card.citizen', {
    name: name ?? t('card.forgotten'),
    lang: citizen?.langChosen ? t('card.lang_chosen', { lang }) : lang,
  })
}

const state = ({ appeal, owner }: Known, t: Say): string => {
  const status = t(`status.name.${appeal.status}`)
  const opened = clock(appeal.openedAt, DESK_LANG)
  if (appeal.closedAt) return t('card.closed', { status, at: clock(appeal.closedAt, DESK_LANG), opened })
  if (owner) return t('card.owned', { status, operator: owner, at: opened })
  return t('card.waiting', { status, at: clock(appeal.waitingSince ?? appeal.openedAt, DESK_LANG), opened })
}

const way = (desk: Desk, context: Context | null, { t, room, steps: most }: Size): string[] => {
  if (!context) return []
  const steps = context.trail.map(({ kind, text, entry }) =>
    kind === 'asked'
      ? t('card.asked', { text: shorten(masked(text ?? ''), Math.ceil(room / 2)) })
      : t('card.seen', { entry: desk.texts().entry(DESK_LANG, entry ?? '')?.title ?? entry ?? '' }),
  )
  const answers = context.answers.map(({ step, text }) =>
    t('card.answer', { step: t(`flow.${context.flow}.label.${step}`), text: shorten(masked(text), room) }),
  )
  return [
    ...(answers.length > 0 ? ['', t('card.answers'), ...answers] : []),
    ...(steps.length > 0 ? ['', t('card.way'), ...withoutRepeats(steps).slice(-most)] : []),
  ]
}

const withoutRepeats = (lines: string[]): string[] => lines.filter((line, n) => line !== lines[n - 1])

const before = (earlier: Appeal[], t: Say): string[] =>
  earlier.length === 0 ? [] : ['', t('card.earlier'), ...earlier.map((one) => earlierLine(one, t))]

export const earlierLine = (one: Appeal, t: Say): string =>
  t('card.earlier_appeal', {
    number: showNumber(one.number),
    line: t(`line.${one.line}`),
    status: t(`status.name.${one.status}`),
    at: clock(one.closedAt ?? one.openedAt, DESK_LANG),
  })
