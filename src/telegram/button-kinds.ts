import type { Part } from '../desk/letters.ts'

/** Every button there is: what is done, to what, and the version it was shown for. */
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

export const FORM = ['agree', 'refuse', 'skip', 'done', 'back', 'cancel', 'send'] as const
export const REPLY = ['show', 'offer', 'send', 'edit', 'drop'] as const
export const WORK = ['take', 'release', 'transfer', 'complete', 'reject', 'reopen'] as const
export const OUTAGE = ['show', 'entry', 'line', 'announce', 'drop', 'end', 'over'] as const
export const MAILING = ['send', 'drop', 'stop'] as const
export const GO = [
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
export const WAIT = ['keep', 'call', 'leave', 'cancel', 'cancelled', 'kept', 'reserve'] as const
export type WaitDeed = (typeof WAIT)[number]
export const DATA = [
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
export const PERSON = [
  'show',
  'grant',
  'ungrant',
  'line',
  'unline',
  'room',
  'presence',
  'empty',
  'heirs',
  'heir',
] as const
export type PersonDeed = (typeof PERSON)[number]
export type ReplyDeed = (typeof REPLY)[number]
export type WorkDeed = (typeof WORK)[number]
