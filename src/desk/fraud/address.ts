import { domainToUnicode } from 'node:url'

/** A link taken apart by reading only; nothing is ever opened. */
export type Address = {
  scheme: string
  /** Before the last @: a mail's name or what is to be taken for the host. */
  user: string
  host: string
  path: string
  /** Ways of writing that honest addresses do not need. */
  tricks: Trick[]
}

export type Trick = 'hidden_characters' | 'spelled_out' | 'backslash' | 'punycode' | 'escaped'

export const addressOf = (typed: string): Address => {
  const tricks = new Set<Trick>()
  const visible = bared(typed.toWellFormed().replace(/^[\s\uFEFF]+|[\s\uFEFF]+$/g, ''))
  const shown = visible.replace(HIDDEN, '')
  if (shown !== visible) tricks.add('hidden_characters')
  const joined = joinedUp(shown)
  if (joined !== shown) tricks.add('spelled_out')
  if (joined.includes('\\')) tricks.add('backslash')
  const { scheme, rest } = schemeOf(joined.replaceAll('\\', '/'))
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  const at = authority.lastIndexOf('@')
  const named = hostOf(authority.slice(at + 1), tricks)
  const user = at === -1 ? '' : authority.slice(0, at)
  return { scheme, user, host: named, path: rest.slice(authority.length), tricks: [...tricks] }
}

/** Quotation marks, brackets and the signs a sentence ends with. */
function bared(text: string): string {
  // The bracket of an address written in numbers is its own.
  if (/^\[[0-9a-f:.]+\]/i.test(text)) return text
  return text.replace(/^[<«»"'“”„`([{]+/, '').replace(/[>«»"'“”`)\]},;:!.…]+$/, '')
}

function joinedUp(text: string): string {
  return text
    .replace(/[[({] ?(?:\.|dot|точка) ?[\])}]/gi, '.')
    .replace(/[。．｡]/g, '.')
    .replace(/ (?:dot|точка) /gi, '.')
    .replace(/\s+/g, '')
}

function schemeOf(text: string): { scheme: string; rest: string } {
  const match = /^([a-z][a-z0-9+.-]{0,30}):(?=\/|mailto|[^\d])/i.exec(text)
  const scheme = match?.[1]?.toLowerCase() ?? ''
  if (!match || scheme.includes('.')) return { scheme: '', rest: text.replace(/^\/+/, '') }
  return { scheme, rest: text.slice(match[0].length).replace(/^\/+/, '') }
}

function hostOf(authority: string, tricks: Set<Trick>): string {
  let host = authority.replace(/:\d{0,5}$/, '')
  if (host.includes('%')) {
    tricks.add('escaped')
    host = unescaped(host)
  }
  host = host.toLowerCase().replace(/\.+$/, '')
  if (!/(?:^|\.)xn--/.test(host)) return host
  const read = domainToUnicode(host)
  if (!/^[\p{Script=Cyrillic}\d.-]+$/u.test(read)) tricks.add('punycode')
  return read || host.replaceAll('xn--', '')
}

function unescaped(host: string): string {
  try {
    return decodeURIComponent(host)
  } catch {
    return host
  }
}

const HIDDEN = /\p{Cf}|\u034F|\u115F|\u1160|\u17B4|\u17B5|\u3164|\uFFA0/gu
