import type { Appeal } from '../desk/appeals.ts'
import * as appeals from '../desk/appeals.ts'
import { type Happened, happenedSince, talkUntil } from '../desk/caught-up.ts'
import { shorten, textOf } from '../desk/content.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import type { Letter } from '../desk/letters.ts'
import * as messages from '../desk/messages.ts'
import { masked } from '../desk/secrets/hidden.ts'
import { earlierLine, type Known, knownOf, linesOf, type Say } from './card-lines.ts'
import type { Sender } from './deliver.ts'
import { partsOf } from './parts.ts'
import { rich } from './rich.ts'
import { fitText, inItsTopic, MOST_TEXT } from './wire.ts'
import { clock, span, timeOf } from './words.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>

/** «Подробнее»: the whole of what the card shortens, in as many messages as it takes, one row each. */
export const sendMore: Of<'more'> = async ({ api, desk }, dispatch) => {
  const { letter, to, row, without } = dispatch
  const appeal = await appeals.byId(desk, letter.appeal)
  if (!appeal) return []
  const n = letter.part ?? 0
  const parts = partsOf(rich(await whole(desk, appeal)), MOST_TEXT)
  const words = parts[n]
  if (!words) return []
  const { text, entities } = fitText(words, without)
  const options = { entities, message_thread_id: to.thread, link_preview_options: { is_disabled: true } }
  await inItsTopic(api, to, await api.sendMessage(to.chat, text, options))
  if (n + 1 < parts.length) {
    const next: Letter = { ...letter, part: n + 1 }
    dispatch.follow.push({
      ...row,
      key: `${row.key.split(':part')[0]}:part${n + 1}`,
      payload: desk.keys.own(next),
      priority: 3,
      place: row.place + 1,
    })
  }
  return []
}

const EVERYTHING = 100_000

const whole = async (desk: Desk, appeal: Appeal): Promise<string> => {
  const t: Say = (key, vars) => desk.texts().t(DESK_LANG, key, vars)
  const known = await knownOf(desk, appeal, 3)
  const lines = linesOf(desk, { ...known, earlier: [] }, { t, room: EVERYTHING, steps: EVERYTHING })
  const [head = '', ...rest] = lines
  const earlier = await Promise.all(
    known.earlier.map(async (one) => [earlierLine(one, t), ...(await lastWords(desk, one, t))]),
  )
  return [
    head,
    t('talk.how_long', { open: lasted(appeal.openedAt, appeal.closedAt, t) }),
    ...(appeal.waitingSince ? [t('talk.how_long_waits', { waits: lasted(appeal.waitingSince, null, t) })] : []),
    ...rest,
    ...(earlier.length > 0 ? ['', t('card.earlier'), ...earlier.flat()] : []),
    ...(await talkElsewhere(desk, known, t)),
  ].join('\n')
}

/** What was said before the appeal came to this group, for those who cannot open the topic it had. */
const talkElsewhere = async (desk: Desk, { appeal, moved }: Known, t: Say): Promise<string[]> => {
  const talk = moved ? await talkUntil(desk, appeal.id, moved.until) : []
  if (talk.length === 0) return []
  return ['', t('talk.elsewhere'), ...talk.map((one) => happenedLine(one, { t, at: clock, room: 600 }))]
}

const lasted = (from: Date, to: Date | null, t: Say): string =>
  span(from, to ?? new Date(), (key, vars) => t(key, vars))

/** How an earlier appeal ended: the last answer, and the comment of its closing. */
const lastWords = async (desk: Desk, appeal: Appeal, t: Say): Promise<string[]> => {
  const answer = await messages.lastAnswer(desk, appeal.id)
  const comment = appeal.comment ? await desk.keys.open<string>(appeal.comment) : null
  return [
    ...(answer ? [t('talk.last_answer', { text: shorten(masked(textOf(answer.content)), 600) })] : []),
    ...(comment ? [t('talk.last_comment', { text: shorten(masked(comment), 600) })] : []),
  ]
}

const SHOWN = 12

/** What happened while nobody, or somebody else, had it. */
export const sendCaughtUp: Of<'caught-up'> = async ({ api, desk }, { letter, to, without }) => {
  const t: Say = (key, vars) => desk.texts().t(DESK_LANG, key, vars)
  const since = new Date(letter.since)
  const happened = await happenedSince(desk, letter.appeal, since)
  if (happened.length === 0) return []
  const counted = (['said', 'edited', 'note', 'held', 'withdrawn'] as const).flatMap((kind) => {
    const count = happened.filter((one) => one.kind === kind).length
    return count > 0 ? [t(`talk.caught.${kind}`, { count })] : []
  })
  const html = [
    t('talk.caught_up', { at: clock(since, DESK_LANG), what: counted.join(', ') }),
    ...happened.slice(-SHOWN).map((one) => happenedLine(one, { t, at: timeOf, room: 160 })),
  ].join('\n')
  const { text, entities } = fitText(rich(html), without)
  const options = { entities, message_thread_id: to.thread, link_preview_options: { is_disabled: true } }
  await inItsTopic(api, to, await api.sendMessage(to.chat, text, options))
  return []
}

type Drawn = { t: Say; at: (moment: Date, lang: string) => string; room: number }

const happenedLine = ({ kind, by, message }: Happened, { t, at, room }: Drawn): string => {
  const text =
    shorten(masked(textOf(message.content).replace(/^\/note\S*\s*/, '')), room) ||
    t(`talk.file.${message.content.kind}`)
  return t(`talk.happened.${kind}`, { at: at(message.createdAt, DESK_LANG), operator: by ?? '', text })
}
