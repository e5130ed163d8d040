import type { Part } from '../desk/letters.ts'
import { type Button, DATA, FORM, GO, MAILING, OUTAGE, PERSON, REPLY, WAIT, WORK } from './button-kinds.ts'

/** What the parts of a button say, or null when this bot would never have written them so. */
export const readParts = ([verb = '', ...parts]: string[]): Button | null => {
  if (isOne(PLACES, verb)) return { verb }
  return Object.hasOwn(READERS, verb) ? (READERS[verb]?.(parts) ?? null) : null
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
