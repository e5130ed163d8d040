import type { InlineKeyboardButton } from 'grammy/types'
import { showNumber } from '../desk/appeal-number.ts'
import type { Appeal } from '../desk/appeals.ts'
import * as appeals from '../desk/appeals.ts'
import * as bans from '../desk/bans.ts'
import * as citizens from '../desk/citizens.ts'
import { ratingOf } from '../desk/closing.ts'
import { shorten } from '../desk/content.ts'
import { type Context, openContext } from '../desk/context.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import * as fraudHint from '../desk/fraud-hint.ts'
import { cardText } from '../desk/hiding.ts'
import * as operators from '../desk/operators.ts'
import { lastWith } from '../desk/returning.ts'
import { masked } from '../desk/secrets/hidden.ts'
import { button, type WorkDeed } from './buttons.ts'
import { pagesOf } from './hidden.ts'
import type { Screen } from './show.ts'
import { clock, longDate } from './words.ts'

type Say = (key: string, vars?: Record<string, string | number>) => string

/** The card of an appeal as it is now: who waits, for how long, and the way that led here. Drawn when it is sent. */
export const card = async (desk: Desk, appeal: Appeal): Promise<Screen> => {
  const t: Say = (key, vars) => desk.texts().t(DESK_LANG, key, vars)
  const [context, name, owner, earlier, rating, citizen, fraudSeen, held, last] = await Promise.all([
    openContext(desk, appeal.context),
    citizens.nameOf(desk, appeal.citizenId),
    appeal.ownerId === null ? null : operators.byId(desk, appeal.ownerId),
    appeals.before(desk, appeal, 3),
    ratingOf(desk, appeal.id),
    citizens.byId(desk, appeal.citizenId),
    fraudHint.isSeen(desk, appeal.id),
    bans.of(desk, appeal.citizenId),
    appeal.waitingSince === null ? null : lastWith(desk.db, appeal),
  ])
  const lines = [
    t('card.head', {
      number: showNumber(appeal.number),
      kind: t(`kind.${appeal.kind}`),
      line: t(`line.${appeal.line}`),
    }),
    t('card.citizen', { name: name ?? t('card.forgotten'), lang: desk.texts().t(appeal.lang, 'lang.name') }),
    state(appeal, owner?.name ?? null, t),
    ...(last ? [t('card.was_with', { operator: last.name })] : []),
    ...(citizen?.unreachableSince ? [t('card.unreachable')] : []),
    ...(fraudSeen ? [t('card.fraud_seen')] : []),
    ...(appeal.urgent && appeal.closedAt === null ? [t('card.urgent')] : []),
    ...(held === null ? [] : [banned(held, t)]),
    ...(rating === null ? [] : [t('card.rating', { score: rating })]),
    ...way(desk, context, t),
    ...before(earlier, t),
  ]
  const hidden = context && appeal.closedAt === null ? pagesOf(desk, cardText(context)) : []
  const reveal = hidden
    .slice(0, 4)
    .map((_, page) => button(t('button.reveal_card'), { verb: 'reveal', what: 'card', id: appeal.id, page }))
  return { html: lines.join('\n'), rows: [...buttons(appeal, t), ...(reveal.length > 0 ? [reveal] : [])] }
}

const banned = ({ until, shadow }: bans.Ban, t: Say): string =>
  [
    until ? t('card.banned_until', { until: longDate(until, DESK_LANG) }) : t('card.banned'),
    ...(shadow ? [t('ban.one_shadow')] : []),
  ].join(' · ')

const state = (appeal: Appeal, owner: string | null, t: Say): string => {
  const status = t(`status.name.${appeal.status}`)
  const opened = clock(appeal.openedAt, DESK_LANG)
  if (appeal.closedAt) return t('card.closed', { status, at: clock(appeal.closedAt, DESK_LANG) })
  if (owner) return t('card.owned', { status, operator: owner, at: opened })
  const since = appeal.waitingSince ?? appeal.openedAt
  return t('card.waiting', { status, at: clock(since, DESK_LANG) })
}

const way = (desk: Desk, context: Context | null, t: Say): string[] => {
  if (!context) return []
  const steps = context.trail.map(({ kind, text, entry }) =>
    kind === 'asked'
      ? t('card.asked', { text: shorten(masked(text ?? ''), 200) })
      : t('card.seen', { entry: desk.texts().entry(DESK_LANG, entry ?? '')?.title ?? entry ?? '' }),
  )
  const answers = context.answers.map(({ step, text }) =>
    t('card.answer', { step: t(`flow.${context.flow}.label.${step}`), text: shorten(masked(text), 400) }),
  )
  return [
    ...(answers.length > 0 ? ['', t('card.answers'), ...answers] : []),
    ...(steps.length > 0 ? ['', t('card.way'), ...withoutRepeats(steps).slice(-8)] : []),
  ]
}

const withoutRepeats = (lines: string[]): string[] => lines.filter((line, n) => line !== lines[n - 1])

const before = (earlier: Appeal[], t: Say): string[] =>
  earlier.length === 0
    ? []
    : [
        '',
        t('card.earlier'),
        ...earlier.map((one) =>
          t('card.earlier_appeal', {
            number: showNumber(one.number),
            line: t(`line.${one.line}`),
            status: t(`status.name.${one.status}`),
          }),
        ),
      ]

const buttons = (appeal: Appeal, t: Say): InlineKeyboardButton[][] => {
  const work = (deed: WorkDeed) =>
    button(t(`button.work.${deed}`), { verb: 'work', deed, appeal: appeal.id, version: appeal.version })
  if (appeal.closedAt) return [[work('reopen')]]
  if (appeal.ownerId === null) return [[work('take')], [work('transfer')]]
  return [
    [work('release'), work('transfer')],
    [work('complete'), work('reject')],
  ]
}
