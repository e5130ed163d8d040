import type { Side } from './button-seal.ts'

/** Anybody may go there; the same button is the same for everybody, also after a key was changed. */
export const PUBLIC: ReadonlySet<string> = new Set([
  'menu',
  'sections',
  'appeals',
  'mine',
  'fraud',
  'contest',
  'operator',
  'feedback',
  'matter',
  'section',
  'entry',
  'ask',
  'vote',
  'lang',
  'go',
  'aid',
])

/** For whom a button is made goes by its verb: what is not named here is a citizen's. */
export const sideOf = (verb: string): Side => (ADMIN.has(verb) ? 'admin' : DESK.has(verb) ? 'desk' : 'citizen')

const ADMIN: ReadonlySet<string> = new Set(['facts', 'checked', 'gap', 'audit', 'eyes'])

const DESK: ReadonlySet<string> = new Set([
  'work',
  'line',
  'held',
  'scheme',
  'more',
  'replies',
  'reply',
  'again',
  'reveal',
  'hide',
  'approve',
  'give',
  'shift',
  'people',
  'person',
  'deskline',
  'unask',
  'list',
  'found',
  'history',
  'outage',
  'mailing',
  'bans',
  'unban',
])
