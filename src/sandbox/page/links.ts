type Target =
  | { kind: 'start'; payload: string }
  | { kind: 'topic'; chat: number; thread: number }
  | { kind: 'out'; href: string }

const safe = ['http:', 'https:', 'tg:', 'mailto:', 'tel:']

/** Where a link leads: to the bot's start, into a topic of the desk group, or out of the sandbox; null if it must not be followed. */
export function target(address: string, bot: string): Target | null {
  const url = parse(address)
  if (!url || !safe.includes(url.protocol)) return null
  const [first, second, third] = path(url)
  if (first === undefined) return { kind: 'out', href: url.href }
  if (first.toLowerCase() === bot.toLowerCase()) {
    return { kind: 'start', payload: url.searchParams.get('start') ?? '' }
  }
  if (first === 'c' && second && third) return { kind: 'topic', chat: Number(`-100${second}`), thread: Number(third) }
  return { kind: 'out', href: url.href }
}

function parse(address: string): URL | null {
  const whole = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address) ? address : `https://${address}`
  return URL.canParse(whole) ? new URL(whole) : null
}

/** The path of a t.me address; of any other address nothing. */
function path(url: URL): string[] {
  if (url.protocol === 'tg:' && url.host === 'resolve') return [url.searchParams.get('domain') ?? '']
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return []
  return ['t.me', 'telegram.me'].includes(url.hostname) ? url.pathname.split('/').filter(Boolean) : []
}
