import { tongue, w } from './words.ts'

const locale = tongue === 'ru' ? 'ru-RU' : 'en-GB'
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
const withYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })
const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' })

export const timeOf = (unix: number): string => clock.format(unix * 1000)
export const momentOf = (unix: number): string => whole.format(unix * 1000)

export function dayOf(unix: number): string {
  const date = new Date(unix * 1000)
  const now = new Date()
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (date.toDateString() === now.toDateString()) return w.today
  if (date.toDateString() === yesterday.toDateString()) return w.yesterday
  return (date.getFullYear() === now.getFullYear() ? dayAndMonth : withYear).format(date)
}

/** For a list: the hour of today, the date of any other day. */
export function shortOf(unix: number): string {
  const today = new Date(unix * 1000).toDateString() === new Date().toDateString()
  return today
    ? timeOf(unix)
    : new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit' }).format(unix * 1000)
}

export function sizeOf(bytes: number): string {
  const units = tongue === 'ru' ? ['Б', 'КБ', 'МБ'] : ['B', 'KB', 'MB']
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : 2
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1024 ** step)
  return `${number} ${units[step]}`
}
