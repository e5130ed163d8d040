import type { Entity } from './clean.ts'

/** What a link becomes: an address, a mention of a person (tg://user?id=…), or nothing when it is no address at all. */
export const linkEntity = (address: string, place: { offset: number; length: number }): Entity | null => {
  const person = /^tg:(?:\/\/)?user\?id=(\d+)$/i.exec(address.trim())?.[1]
  if (person !== undefined) return { type: 'text_mention', ...place, user: { id: Number(person) } }
  const url = checkedLink(address)
  return url === null ? null : { type: 'text_link', ...place, url }
}

/** An address as Telegram keeps it, or null when it takes none of it: a scheme it knows and a host with a dot. */
export const checkedLink = (address: string): string | null => {
  const text = address.trim()
  const whole = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/:]+:\d/.test(text) ? text : `http://${text}`
  if (!URL.canParse(whole)) return null
  const url = new URL(whole)
  if (['tg:', 'ton:', 'tonsite:'].includes(url.protocol)) return whole
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return whole
  if (!['http:', 'https:', 'ftp:'].includes(url.protocol)) return null
  return /^[^.]+(\.[^.]+)+$/.test(url.hostname) || /^\[.*\]$/.test(url.hostname) ? url.href : null
}
