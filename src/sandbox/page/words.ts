import { en } from './words-en.ts'
import { ru } from './words-ru.ts'

type Phrase = (what: string) => string
type Count = (n: number) => string

export type Words = {
  sandbox: string
  nothingLeaves: string
  away: string
  loading: string
  theme: Record<'auto' | 'light' | 'dark', string>
  otherLanguage: string
  skipToCitizen: string
  skipToDesk: string
  panes: Record<'citizen' | 'desk', string>
  paneLabel: Record<'citizen' | 'desk', string>
  roles: Record<'citizen' | 'operator', string>
  choose: Record<'citizen' | 'operator', string>
  operatorsPrivately: string
  create: Record<'citizen' | 'operator', string>
  deeds: string
  block: string
  unblock: string
  restart: string
  speak: Record<'ru' | 'en', string>
  join: string
  joinAdmin: string
  joinMember: string
  leave: string
  standing: Record<'member' | 'administrator' | 'left', string>
  blockedBot: string
  firstName: string
  lastName: string
  username: string
  language: string
  languages: Record<'ru' | 'en', string>
  add: string
  cancel: string
  bot: string
  deskGone: string
  back: string
  topics: string
  general: string
  topicClosed: string
  topicClosedLong: string
  topicMenu: string
  topicDeeds: Record<'close' | 'reopen' | 'delete', string>
  deleteSure: Phrase
  unread: Count
  unreadOthers: Count
  messages: string
  noMessages: string
  earlier: string
  toNewest: string
  start: string
  write: Record<'citizen' | 'desk', string>
  send: string
  attach: string
  attachKinds: Record<'photo' | 'document' | 'voice' | 'sticker' | 'location' | 'contact' | 'poll' | 'dice', string>
  poll: { question: string; options: string[] }
  attached: string
  remove: Phrase
  commands: string
  keyboard: Record<'show' | 'hide' | 'label', string>
  menu: string
  reply: string
  replyTo: Phrase
  quote: string
  deleteMessage: string
  edit: string
  editing: string
  copy: string
  copied: string
  notCopied: string
  react: Phrase
  reactions: string
  edited: string
  goToMessage: string
  pinned: string
  hidden: string
  expand: string
  collapse: string
  download: string
  openPhoto: string
  leaves: string
  badLink: string
  today: string
  yesterday: string
  kinds: Record<string, string>
  actions: Record<string, string>
  service: {
    topicCreated: Phrase
    topicRenamed: Phrase
    topicClosed: Phrase
    topicReopened: Phrase
    pinned: (who: string, what: string) => string
    joined: Phrase
    left: Phrase
  }
}

type Tongue = 'ru' | 'en'

const key = 'okoshko.language'

export const tongue: Tongue = chosen()
export const w: Words = { ru, en }[tongue]

/** The texts are read once, when the page opens; another language opens the page again, in the same place. */
export function speak(next: Tongue): void {
  localStorage.setItem(key, next)
  location.reload()
}

function chosen(): Tongue {
  const kept = localStorage.getItem(key)
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en'
}
