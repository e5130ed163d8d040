import type { CallbackQuery, InlineKeyboardButton } from 'grammy/types'
import type { Part } from '../desk/letters.ts'
import { pack, unpack } from './button-pack.ts'
import { type Side, sealed, unsealed } from './button-seal.ts'
import { PUBLIC, sideOf } from './button-sides.ts'

/**
 * The data of inline buttons, at most 64 bytes: verb and arguments, sealed for the side the button is made for. This is its one
 * writer and one reader; the reader trusts nothing, and whoever acts on what it read asks authorize() first. Ways through the
 * answers stand in clear.
 */
export type Button =
  | { verb: 'menu' | 'sections' | 'appeals' | 'mine' | 'fraud' | 'contest' | 'operator' | 'feedback' | 'matter' }
  | { verb: 'section' | 'entry' | 'ask'; id: string }
  | { verb: 'vote'; helped: boolean; id: string }
  | { verb: 'lang'; lang: string }
  | { verb: 'form'; deed: FormDeed; draft: number; stage: string }
  | { verb: 'draft'; deed: 'resume' | 'anew'; draft: number }
  | { verb: 'appeal' | 'write' | 'reopen'; appeal: number }
  | { verb: 'after'; deed: 'add' | 'new'; draft: number }
  | { verb: 'rate'; appeal: number; closing: number; score: number }
  | { verb: 'work'; deed: WorkDeed; appeal: number; version: number }
  | { verb: 'line'; line: string; appeal: number; version: number }
  | { verb: 'held'; deed: 'note' | 'send' | 'drop' | 'release'; message: number }
  | { verb: 'aid'; deed: 'show' | 'tick' | 'untick'; mishap: string; step: number }
  | { verb: 'scheme'; appeal: number }
  | { verb: 'more'; appeal: number }
  | { verb: 'replies'; appeal: number; page: number; word: string }
  | { verb: 'reply'; deed: ReplyDeed; appeal: number; id: string }
  | { verb: 'again'; message: number; row: number; part: Part }
  | { verb: 'reveal'; what: 'message' | 'card'; id: number; page: number }
  | { verb: 'hide'; message: number }
  | { verb: 'go'; to: Place }
  | { verb: 'recover'; deed: 'show' | 'yes' | 'no'; path: string; step: number }
  | { verb: 'pick'; draft: number; option: number }
  | { verb: 'remind'; appeal: number; weeks: number }
  | { verb: 'came'; appeal: number; came: boolean }
  | { verb: 'approve'; person: number }
  | { verb: 'give'; to: number; appeal: number; version: number }
  | { verb: 'shift'; deed: 'keep' | 'give'; person: number }
  | { verb: 'people'; from: number }
  | { verb: 'person'; deed: PersonDeed; person: number; what: string }
  /** A line of this desk group, on or off. */
  | { verb: 'deskline'; line: string }
  | { verb: 'facts'; from: number }
  | { verb: 'checked'; hash: string }
  | { verb: 'gap'; asked: number }
  | { verb: 'unask'; appeal: number }
  | { verb: 'data'; deed: DataDeed }
  | { verb: 'list'; of: 'queue' | 'mine'; page: number }
  | { verb: 'found'; search: number; page: number }
  | { verb: 'history'; appeal: number; page: number }
  | { verb: 'eyes'; deed: 'confirm' | 'undo'; proposal: number }
  | { verb: 'audit'; before: number; appeal: number; operator: number }
  | { verb: 'outage'; deed: OutageDeed; outage: number; what: string }
  | { verb: 'tell'; outage: number }
  | { verb: 'mailing'; deed: MailingDeed; mailing: number }
  | { verb: 'wait'; deed: WaitDeed; appeal: number }
  | { verb: 'transcript' | 'unrated'; appeal: number }
  | { verb: 'bans'; from: number }
  | { verb: 'unban'; ban: number }
  | { verb: 'solved'; appeal: number; solved: boolean }

const FORM = ['agree', 'refuse', 'skip', 'done', 'back', 'cancel', 'send'] as const
const REPLY = ['show', 'offer', 'send', 'edit', 'drop'] as const
const WORK = ['take', 'release', 'transfer', 'complete', 'reject', 'reopen'] as const
const OUTAGE = ['show', 'entry', 'line', 'announce', 'drop', 'end', 'over'] as const
const MAILING = ['send', 'drop', 'stop'] as const
const GO = [
  'fault',
  'complaint',
  'callback',
  'recovery',
  'status',
  'status_here',
  'status_portal',
  'prepare',
  'questions',
  'mfc',
  'email',
  'news',
  'no_news',
  'check',
  'aid',
  'report',
  'about',
  'service',
  'sources',
] as const
const WAIT = ['keep', 'call', 'leave', 'cancel', 'cancelled', 'kept', 'reserve'] as const
export type WaitDeed = (typeof WAIT)[number]
const DATA = [
  'mydata',
  'consent',
  'withdraw',
  'withdraw_close',
  'withdraw_keep',
  'agree',
  'refuse',
  'forget',
  'forget_yes',
  'keep',
] as const
export type DataDeed = (typeof DATA)[number]
export type Place = (typeof GO)[number]
export type FormDeed = (typeof FORM)[number]
export type OutageDeed = (typeof OUTAGE)[number]
export type MailingDeed = (typeof MAILING)[number]
const PERSON = ['show', 'grant', 'ungrant', 'line', 'unline', 'room', 'presence', 'empty', 'heirs', 'heir'] as const
export type PersonDeed = (typeof PERSON)[number]
export type ReplyDeed = (typeof REPLY)[number]
export type WorkDeed = (typeof WORK)[number]

export const write = (button: Button): string => {
  const { verb, ...rest } = button
  const parts = [verb, ...Object.values(rest)].map((part) => String(typeof part === 'boolean' ? Number(part) : part))
  const whole = PUBLIC.has(verb) ? parts.join(':') : sealed(sideOf(verb), pack(parts))
  if (Buffer.byteLength(whole) > 64) throw new Error(`button data over 64 bytes: ${verb}`)
  return whole
}

export const button = (text: string, to: Button): InlineKeyboardButton => ({ text, callback_data: write(to) })

/** Null for anything that this bot would not have written for whoever is here. */
export const read = (data: string, here: Here): Button | null => {
  const open = data.split(':')
  const isPublic = PUBLIC.has(open[0] ?? '')
  const [verb = '', ...parts] = (isPublic ? open : partsOf(data, here)) ?? []
  if (isOne(PLACES, verb)) return { verb }
  return Object.hasOwn(READERS, verb) ? (READERS[verb]?.(parts) ?? null) : null
}

/** The button under a press, as whoever is in this chat may have got it. */
export const pressed = (ctx: { callbackQuery?: CallbackQuery | undefined }): Button | null => {
  const { data, message } = ctx.callbackQuery ?? {}
  return data && message ? read(data, message.chat.type === 'private' ? 'citizen' : 'desk') : null
}

type Here = Exclude<Side, 'admin'>

/** Admins have their buttons in both places. */
const partsOf = (data: string, here: Here): string[] | null => {
  for (const side of [here, 'admin'] as const) {
    const bytes = unsealed(side, data)
    const parts = bytes && unpack(bytes)
    if (parts) return sideOf(parts[0] ?? '') === side ? parts : null
  }
  return null
}

const PLACES = ['menu', 'sections', 'appeals', 'mine', 'fraud', 'contest', 'operator', 'feedback', 'matter'] as const

const READERS: Record<string, (parts: string[]) => Button | null> = {
  section: ([id]) => (isEntry(id) ? { verb: 'section', id } : null),
  entry: ([id]) => (isEntry(id) ? { verb: 'entry', id } : null),
  ask: ([id]) => (isEntry(id) ? { verb: 'ask', id } : null),
  vote: ([helped, id]) => (isEntry(id) ? { verb: 'vote', helped: helped === '1', id } : null),
  lang: ([lang = '']) => (/^[a-z]{2,3}$/.test(lang) ? { verb: 'lang', lang } : null),
  form: ([deed, draft, stage = '']) =>
    isOne(FORM, deed) && isId(draft) && /^[a-z]{1,20}$/.test(stage)
      ? { verb: 'form', deed, draft: Number(draft), stage }
      : null,
  draft: ([deed, draft]) =>
    isOne(['resume', 'anew'], deed) && isId(draft) ? { verb: 'draft', deed, draft: Number(draft) } : null,
  after: ([deed, draft]) =>
    isOne(['add', 'new'], deed) && isId(draft) ? { verb: 'after', deed, draft: Number(draft) } : null,
  appeal: ([appeal]) => (isId(appeal) ? { verb: 'appeal', appeal: Number(appeal) } : null),
  write: ([appeal]) => (isId(appeal) ? { verb: 'write', appeal: Number(appeal) } : null),
  reopen: ([appeal]) => (isId(appeal) ? { verb: 'reopen', appeal: Number(appeal) } : null),
  unask: ([appeal]) => (isId(appeal) ? { verb: 'unask', appeal: Number(appeal) } : null),
  bans: ([from]) => (isId(from) ? { verb: 'bans', from: Number(from) } : null),
  unban: ([ban]) => (isId(ban) ? { verb: 'unban', ban: Number(ban) } : null),
  transcript: ([appeal]) => (isId(appeal) ? { verb: 'transcript', appeal: Number(appeal) } : null),
  unrated: ([appeal]) => (isId(appeal) ? { verb: 'unrated', appeal: Number(appeal) } : null),
  solved: ([appeal, solved]) =>
    isId(appeal) ? { verb: 'solved', appeal: Number(appeal), solved: solved === '1' } : null,
  wait: ([deed, appeal]) => (isOne(WAIT, deed) && isId(appeal) ? { verb: 'wait', deed, appeal: Number(appeal) } : null),
  rate: ([appeal, closing, score]) =>
    isId(appeal) && isId(closing) && /^[1-5]$/.test(score ?? '')
      ? { verb: 'rate', appeal: Number(appeal), closing: Number(closing), score: Number(score) }
      : null,
  work: ([deed, appeal, version]) =>
    isOne(WORK, deed) && isId(appeal) && isId(version)
      ? { verb: 'work', deed, appeal: Number(appeal), version: Number(version) }
      : null,
  line: ([line = '', appeal, version]) =>
    /^[a-z]{1,20}$/.test(line) && isId(appeal) && isId(version)
      ? { verb: 'line', line, appeal: Number(appeal), version: Number(version) }
      : null,
  held: ([deed, message]) =>
    isOne(['note', 'send', 'drop', 'release'], deed) && isId(message)
      ? { verb: 'held', deed, message: Number(message) }
      : null,
  aid: ([deed, mishap = '', step]) =>
    isOne(['show', 'tick', 'untick'], deed) && /^[a-z]{1,20}$/.test(mishap) && /^\d$/.test(step ?? '')
      ? { verb: 'aid', deed, mishap, step: Number(step) }
      : null,
  reveal: ([what, id, page]) =>
    isOne(['message', 'card'], what) && isId(id) && /^\d$/.test(page ?? '')
      ? { verb: 'reveal', what, id: Number(id), page: Number(page) }
      : null,
  hide: ([message]) => (isId(message) ? { verb: 'hide', message: Number(message) } : null),
  scheme: ([appeal]) => (isId(appeal) ? { verb: 'scheme', appeal: Number(appeal) } : null),
  more: ([appeal]) => (isId(appeal) ? { verb: 'more', appeal: Number(appeal) } : null),
  replies: ([appeal, page, word = '']) =>
    isId(appeal) && isId(page) && /^[\p{L}\p{N} -]{0,12}$/u.test(word)
      ? { verb: 'replies', appeal: Number(appeal), page: Number(page), word }
      : null,
  reply: ([deed, appeal, id]) =>
    isOne(REPLY, deed) && isId(appeal) && /^[a-z][a-z0-9_]{0,29}$/.test(id ?? '')
      ? { verb: 'reply', deed, appeal: Number(appeal), id: id ?? '' }
      : null,
  again: ([message, row, part = '']) =>
    isId(message) && isId(row) && /^(\d|album|edit)$/.test(part)
      ? {
          verb: 'again',
          message: Number(message),
          row: Number(row),
          part: /\d/.test(part) ? Number(part) : (part as Part),
        }
      : null,
  go: ([to]) => (isOne(GO, to) ? { verb: 'go', to } : null),
  recover: ([deed, path = '', step]) =>
    isOne(['show', 'yes', 'no'], deed) && /^[a-z]{1,20}$/.test(path) && /^\d$/.test(step ?? '')
      ? { verb: 'recover', deed, path, step: Number(step) }
      : null,
  pick: ([draft, option]) =>
    isId(draft) && isId(option) ? { verb: 'pick', draft: Number(draft), option: Number(option) } : null,
  remind: ([appeal, weeks]) =>
    isId(appeal) && /^[234]$/.test(weeks ?? '')
      ? { verb: 'remind', appeal: Number(appeal), weeks: Number(weeks) }
      : null,
  came: ([appeal, came]) => (isId(appeal) ? { verb: 'came', appeal: Number(appeal), came: came === '1' } : null),
  facts: ([from]) => (isId(from) ? { verb: 'facts', from: Number(from) } : null),
  list: ([of, page]) => (isOne(['queue', 'mine'], of) && isId(page) ? { verb: 'list', of, page: Number(page) } : null),
  found: ([search, page]) =>
    isId(search) && isId(page) ? { verb: 'found', search: Number(search), page: Number(page) } : null,
  history: ([appeal, page]) =>
    isId(appeal) && isId(page) ? { verb: 'history', appeal: Number(appeal), page: Number(page) } : null,
  gap: ([asked]) => (isId(asked) ? { verb: 'gap', asked: Number(asked) } : null),
  data: ([deed]) => (isOne(DATA, deed) ? { verb: 'data', deed } : null),
  eyes: ([deed, proposal]) =>
    isOne(['confirm', 'undo'], deed) && isId(proposal) ? { verb: 'eyes', deed, proposal: Number(proposal) } : null,
  audit: ([before, appeal, operator]) =>
    isId(before) && isId(appeal) && isId(operator)
      ? { verb: 'audit', before: Number(before), appeal: Number(appeal), operator: Number(operator) }
      : null,
  checked: ([hash = '']) => (/^[0-9a-f]{16}$/.test(hash) ? { verb: 'checked', hash } : null),
  outage: ([deed, outage, what]) =>
    isOne(OUTAGE, deed) && isId(outage) && isEntry(what)
      ? { verb: 'outage', deed, outage: Number(outage), what }
      : null,
  tell: ([outage]) => (isId(outage) ? { verb: 'tell', outage: Number(outage) } : null),
  mailing: ([deed, mailing]) =>
    isOne(MAILING, deed) && isId(mailing) ? { verb: 'mailing', deed, mailing: Number(mailing) } : null,
  give: ([to, appeal, version]) =>
    isId(to) && isId(appeal) && isId(version)
      ? { verb: 'give', to: Number(to), appeal: Number(appeal), version: Number(version) }
      : null,
  shift: ([deed, person]) =>
    isOne(['keep', 'give'], deed) && isId(person) ? { verb: 'shift', deed, person: Number(person) } : null,
  people: ([from]) => (isId(from) ? { verb: 'people', from: Number(from) } : null),
  person: ([deed, person, what = '']) =>
    isOne(PERSON, deed) && isId(person) && /^[a-z0-9]{0,20}$/.test(what)
      ? { verb: 'person', deed, person: Number(person), what }
      : null,
  deskline: ([line = '']) => (/^[a-z]{1,20}$/.test(line) ? { verb: 'deskline', line } : null),
  approve: ([person]) => (isId(person) ? { verb: 'approve', person: Number(person) } : null),
}

const isEntry = (part: string | undefined): part is string => /^[a-z_.]{1,40}$/.test(part ?? '')
const isId = (part: string | undefined): part is string => /^\d{1,15}$/.test(part ?? '')
const isOne = <const T extends string>(words: readonly T[], word: string | undefined): word is T =>
  (words as readonly (string | undefined)[]).includes(word)
