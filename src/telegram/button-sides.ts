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

/** For whom a button is made goes by its verb and deed: what is not named here is a citizen's. */
export const sideOf = ([verb = '', deed = '']: readonly string[]): Side => {
  if (ADMIN.has(verb) || ADMIN.has(`${verb}:${deed}`)) return 'admin'
  // The second pair of eyes is a senior's or an admin's, who may also be asked in private.
  if (verb === 'eyes') return 'second'
  if (SENIOR.has(verb) && !LOOKING.has(`${verb}:${deed}`)) return 'senior'
  return DESK.has(verb) ? 'desk' : 'citizen'
}

const ADMIN: ReadonlySet<string> = new Set(['facts', 'checked', 'gap', 'audit', 'person:grant', 'person:ungrant'])

const SENIOR: ReadonlySet<string> = new Set(['scheme', 'person', 'mailing', 'bans', 'unban'])
/** Everybody at the desk may see who is at work. */
const LOOKING: ReadonlySet<string> = new Set(['person:show'])

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
