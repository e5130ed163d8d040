import type { Span } from './span.ts'

/** Addresses of people; those of the state are facts and stay. Looks left and right of each @, so it stays linear. */
export const findEmails = (folded: string): Span[] => {
  const spans: Span[] = []
  for (let at = folded.indexOf('@'); at !== -1; at = folded.indexOf('@', at + 1)) {
    const left = LOCAL.exec(folded.slice(Math.max(0, at - 64), at))?.[0] ?? ''
    const right = HOST.exec(folded.slice(at + 1, at + 120))?.[0] ?? ''
    if (left && right && !OFFICIAL.test(right)) {
      spans.push({ start: at - left.length, end: at + 1 + right.length, type: 'email' })
    }
  }
  for (const match of folded.matchAll(SPELLED)) {
    spans.push({ start: match.index, end: match.index + match[0].length, type: 'email' })
  }
  return spans
}

const LOCAL = /[a-zа-я0-9_%+-][a-zа-я0-9._%+'-]*$/
const HOST = /^(?:[a-zа-я0-9-]{1,63}\.){1,4}[a-zа-я]{2,18}/
const SPELLED =
  /(?<![a-z0-9._-])[a-z0-9._-]{2,40} ?(?:[([](?:собака|собачка|at)[)\]]|собака|собачка) ?(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,8}/g
const OFFICIAL = /^(?:[a-z0-9-]+\.)*(?:gosuslugi\.ru|gov\.ru|mos\.ru|ria\.ru)$/
