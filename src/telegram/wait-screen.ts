import type { InlineKeyboardButton } from 'grammy/types'
import { showNumber } from '../desk/appeal-number.ts'
import type { Appeal } from '../desk/appeals.ts'
import type { Look } from '../desk/look.ts'
import type { Texts } from '../texts.ts'
import { button, type WaitDeed } from './buttons.ts'
import { wayOut } from './keyboards.ts'
import type { Screen } from './show.ts'
import { longDate } from './words.ts'

/** `said`: the phrase of what has just happened. */
type Reader = { texts: Texts; lang: string; said?: string | undefined }
type Say = (key: string, vars?: Record<string, string | number>) => string

/** The message of who waits, as it is now: the number always, the place and the usual wait while it waits. */
export const waitScreen = (reader: Reader, appeal: Appeal, look: Look): Screen => {
  const { texts, lang } = reader
  const t: Say = (key, vars) => texts.t(lang, key, vars)
  const number = showNumber(appeal.number)
  const rows = [
    [{ text: t('button.copy_number'), copy_text: { text: number } }, button(t('button.my_appeals'), { verb: 'mine' })],
    ...(look.state === 'waiting' ? deeds(t, appeal.id, look) : []),
    wayOut(texts, lang),
  ]
  return { html: lines(reader, appeal, look).join('\n\n'), rows }
}

/** Who came back into the queue has known the number for long. */
const lines = (reader: Reader, appeal: Appeal, look: Look): string[] => {
  const t: Say = (key, vars) => reader.texts.t(reader.lang, key, vars)
  const [number, { place }] = [showNumber(appeal.number), look]
  if (look.state !== 'waiting') return [t('wait.number', { number }), t(`wait.${look.state}`)]
  const status = t(`status.name.${appeal.status}`)
  const head =
    appeal.status === 'accepted'
      ? [t('wait.number', { number }), t('wait.place', { status, place })]
      : reader.said
        ? [t(reader.said, { number }), t('wait.back', { place })]
        : [t('wait.again', { number, place })]
  return [...head, ...usual(reader, look), t(`wait.${look.mode}`)]
}

const usual = ({ texts, lang }: Reader, { range, longer, opens }: Look): string[] => {
  const t: Say = (key, vars) => texts.t(lang, key, vars)
  const span = (minutes: number): string =>
    minutes < 60
      ? t('wait.minutes', { minutes })
      : t('wait.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  return [
    ...(opens ? [t('wait.closed', { opens: longDate(opens, lang) })] : []),
    ...(range ? [t('wait.range', { from: span(range.from), to: span(range.to) })] : []),
    ...(longer && !opens ? [t('wait.longer')] : []),
  ]
}

/** Who left it with us needs no more buttons than the way back and the way out. */
const deeds = (t: Say, appeal: number, { mode }: Look): InlineKeyboardButton[][] => {
  const one = (deed: WaitDeed) => button(t(`button.wait.${deed}`), { verb: 'wait', deed, appeal })
  return mode === 'left'
    ? [[one('keep'), one('cancel')]]
    : [
        [one('keep'), one('call')],
        [one('leave'), one('cancel')],
      ]
}

/** The limit is passed: the line that takes over, a call, or waiting on. */
export const otherWayRows = (
  t: Say,
  { appeal, reserve }: { appeal: number; reserve: string | null },
): InlineKeyboardButton[][] => {
  const one = (deed: WaitDeed) => [button(t(`button.wait.${deed}`), { verb: 'wait', deed, appeal })]
  const other =
    reserve === null
      ? []
      : [
          [
            button(t('button.wait.reserve', { line: t(`line.${reserve}`) }), {
              verb: 'wait',
              deed: 'reserve',
              appeal,
            } as const),
          ],
        ]
  return [...other, one('call'), one('keep')]
}
