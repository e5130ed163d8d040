import { localDate } from '../desk/local-time.ts'

/** Dates as people read them, in the time zone of the desk. */
const ZONE = 'Europe/Moscow'

const FORMS = {
  day: { dateStyle: 'long' },
  shortDay: { day: '2-digit', month: '2-digit' },
  clock: { dateStyle: 'short', timeStyle: 'short' },
  time: { timeStyle: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  long: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  until: { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** Making a format costs a hundred times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (form: keyof typeof FORMS, lang: string): Intl.DateTimeFormat => {
  const key = `${form}:${lang === 'ru'}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', { ...FORMS[form], timeZone: ZONE })
  formats.set(key, made)
  return made
}

type Written = (at: Date, lang: string) => string
const written =
  (form: keyof typeof FORMS): Written =>
  (at, lang) =>
    formatOf(form, lang).format(at)

export const day = written('day')
export const shortDay = written('shortDay')
export const clock = written('clock')
export const timeOf = written('time')

/** «понедельник, 30 ноября, 09:00». */
export const longDate = written('long')

/** «24 ноября в 09:00», for after «до»: a day of the week would need another case there. */
export const untilDate = written('until')

/** «воскресенье, 29 ноября» of a date on the calendar. */
export const weekdayDate = (date: string, lang: string): string =>
  // Noon in UTC is the same day in the zone of the desk.
  formatOf('weekday', lang).format(new Date(`${date}T12:00:00Z`))

/** Moments are told by name: what is called «until» stands after «до». */
export const momentDate = (name: string, at: Date, lang: string): string =>
  name === 'until' ? untilDate(at, lang) : longDate(at, lang)

/** «вторник, 24 ноября, 09:00–11:00». */
export const slotLabel = ({ opens, closes }: { opens: Date; closes: Date }, lang: string): string =>
  `${weekdayDate(localDate(opens, ZONE), lang)}, ${timeOf(opens, lang)}–${timeOf(closes, lang)}`

/** «10:40», or «25 ноября, 22:10» of another day: since when. */
export const sinceWhen: Written = (at, lang) =>
  localDate(at, ZONE) === localDate(new Date(), ZONE) ? timeOf(at, lang) : untilDate(at, lang)

/** «12 мин», «3 ч 5 мин», «2 дн»: how long somebody waits. */
export const span = (from: Date, to: Date, t: (key: string, vars: Record<string, number>) => string): string => {
  const minutes = Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000))
  if (minutes < 1) return t('span.moment', {})
  if (minutes < 60) return t('span.minutes', { count: minutes })
  if (minutes < 48 * 60) return t('span.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  return t('span.days', { count: Math.floor(minutes / 1440) })
}
