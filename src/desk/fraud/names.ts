import type { Address } from './address.ts'
import { carriesName } from './imitation.ts'
import { NETWORKS } from './sources.ts'

/** A name in a messenger. No such name is official; the bare word may be a channel of the portal and cannot be checked. */
export const checkName = (name: string): 'lookalike' | 'unknown' => {
  const word = name.replace(/^@/, '')
  if (/^gosuslugi$/i.test(word)) return 'unknown'
  return carriesName(word) || TOLD.test(word) ? 'lookalike' : 'unknown'
}

/** The name a link of a messenger or a network points at. */
export const namesPage = ({ scheme, host, path, user }: Address): string | undefined => {
  if (user) return undefined
  if (scheme === 'tg') return /[?&]domain=([\w-]+)/.exec(path)?.[1] ?? ''
  if (!NETWORKS.test(host)) return undefined
  return /\.apk/i.test(path) ? undefined : (/^\/(?:s\/|joinchat\/|\+)?@?([^/?#]*)/.exec(path)?.[1] ?? '')
}

const TOLD = /(?:^|_)(?:esia|gos_?uslug|g0suslug)/i
