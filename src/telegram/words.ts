import { localDate } from '../desk/local-time.ts'

/** Dates as people read them, in the time zone of the desk. */
const ZONE = 'Europe/Moscow'

export const day = (at: Date, lang: string): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'long', timeZone: ZONE }).format(at)

export const shortDay = (at: Date, lang: string): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
    day: '2-digit',
    month: '2-digit',
    timeZone: ZONE,
  }).format(at)

export const clock = (at: Date, lang: string): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: ZONE,
  }).format(at)

/** «12 мин», «3 ч 5 мин», «2 дн»: how long somebody waits. */
export const span = (from: Date, to: Date, t: (key: string, vars: Record<string, number>) => string): string => {
  const minutes = Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000))
  if (minutes < 1) return t('span.moment', {})
  if (minutes < 60) return t('span.minutes', { count: minutes })
  if (minutes < 48 * 60) return t('span.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  return t('span.days', { count: Math.floor(minutes / 1440) })
}

/** «воскресенье, 29 ноября» of a date on the calendar. */
export const weekdayDate = (date: string, lang: string): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))

/** «понедельник, 30 ноября, 09:00». */
export const longDate = (at: Date, lang: string): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  }).format(at)

/** «24 ноября в 09:00», for after «до»: a day of the week would need another case there. */
export const untilDate = (at: Date, lang: string): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  }).format(at)

/** Moments are told by name: what is called «until» stands after «до». */
export const momentDate = (name: string, at: Date, lang: string): string =>
  name === 'until' ? untilDate(at, lang) : longDate(at, lang)

/** «вторник, 24 ноября, 09:00–11:00». */
export const slotLabel = ({ opens, closes }: { opens: Date; closes: Date }, lang: string): string =>
  `${weekdayDate(localDate(opens, ZONE), lang)}, ${timeOf(opens, lang)}–${timeOf(closes, lang)}`

export const timeOf = (at: Date, lang: string): string =>
  new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', { timeStyle: 'short', timeZone: ZONE }).format(at)

/** «10:40», or «25 ноября, 22:10» of another day: since when. */
export const sinceWhen = (at: Date, lang: string): string =>
  localDate(at, ZONE) === localDate(new Date(), ZONE)
    ? timeOf(at, lang)
    : new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
        day: 'numeric',
        month: 'long',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: ZONE,
      }).format(at)
