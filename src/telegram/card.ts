import type { InlineKeyboardButton } from 'grammy/types'
import type { Appeal } from '../desk/appeals.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import { cardText } from '../desk/hiding.ts'
import * as replies from '../desk/replies.ts'
import { button, type WorkDeed } from './buttons.ts'
import { type Known, knownOf, linesOf, type Say } from './card-lines.ts'
import { pagesOf } from './hidden.ts'
import { rich } from './rich.ts'
import type { Screen } from './show.ts'
import { MOST_TEXT } from './wire.ts'

/** How long one answer may be, from roomy to tight: the card shows all it can and always fits. */
const ROOM = [400, 200, 100, 50, 20]

/** The card of an appeal as it is now: who waits, for how long, and the way that led here. Drawn when it is sent. */
export const card = async (desk: Desk, appeal: Appeal): Promise<Screen> => {
  const t: Say = (key, vars) => desk.texts().t(DESK_LANG, key, vars)
  const known = await knownOf(desk, appeal, 3)
  return {
    html: fitting(desk, known, t),
    rows: [...buttons(desk, appeal, t), ...revealing(desk, known, t), ...earlier(known, t)],
  }
}

/** As roomy as it may be. */
export const fitting = (desk: Desk, known: Known, t: Say): string => {
  for (const room of ROOM) {
    const html = linesOf(desk, known, { t, room, steps: 8 }).join('\n')
    if (rich(html).text.length <= MOST_TEXT) return html
  }
  const lines = linesOf(desk, known, { t, room: 20, steps: 2 })
  while (rich(lines.join('\n')).text.length > MOST_TEXT) lines.pop()
  return lines.join('\n')
}

const earlier = ({ moved }: Known, t: Say): InlineKeyboardButton[][] =>
  moved ? [[{ text: t('button.earlier_topic'), url: moved.url }]] : []

/** What is masked above, whole, for whoever may see it. */
const revealing = (desk: Desk, { appeal, context }: Known, t: Say): InlineKeyboardButton[][] => {
  const hidden = context && appeal.closedAt === null ? pagesOf(desk, cardText(context)) : []
  const row = hidden
    .slice(0, 4)
    .map((_, page) => button(t('button.reveal_card'), { verb: 'reveal', what: 'card', id: appeal.id, page }))
  return row.length > 0 ? [row] : []
}

/** A greeting and a paraphrase, one tap away and never forced. */
const offers = (desk: Desk, { id: appeal }: Appeal, t: Say): InlineKeyboardButton[][] => {
  const there = replies.OFFERED.take.filter((id) => replies.isOffered(desk, id))
  return there.length === 0
    ? []
    : [there.map((id) => button(t(`button.offer.${id}`), { verb: 'reply', deed: 'offer', appeal, id }))]
}

const buttons = (desk: Desk, appeal: Appeal, t: Say): InlineKeyboardButton[][] => {
  const work = (deed: WorkDeed) =>
    button(t(`button.work.${deed}`), { verb: 'work', deed, appeal: appeal.id, version: appeal.version })
  const more = button(t('button.more'), { verb: 'more', appeal: appeal.id })
  if (appeal.closedAt) return [[work('reopen')], [more]]
  if (appeal.ownerId === null) return [[work('take')], [work('transfer'), more]]
  return [
    [work('release'), work('transfer')],
    [work('complete'), work('reject')],
    ...offers(desk, appeal, t),
    [button(t('button.replies'), { verb: 'replies', appeal: appeal.id, page: 0, word: '' }), more],
  ]
}
