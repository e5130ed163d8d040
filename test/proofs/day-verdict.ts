import type { Entry, JournalView } from '../../src/sandbox/journal.ts'
import type { Matter, Said } from './day-ledger.ts'
import { judgeReactions } from './day-reactions.ts'
import type { Staff } from './day-staff.ts'
import {
  albumOnWire,
  type Homes,
  isEditing,
  isSending,
  type Landing,
  landingsOf,
  paramsOf,
  weightOf,
  wordsIn,
} from './day-wire.ts'

export type Figures = {
  appeals: number
  messages: number
  arrived: number
  repeats: number
  failuresSaid: number
  /** Whole and in order, but not as one: its parts were handled too far apart. */
  albumsInPieces: number
  cardMs: number[]
  relayMs: number[]
  /** Cards that came while their group had no room for words. */
  cardsWhileFull: number
  /** Most that went into one group within a minute of the day. */
  busiestMinute: number
}
export type Verdict = { faults: string[]; figures: Figures }
export type Evidence = { journal: JournalView; matters: Matter[]; staff: Staff; homes: Homes; times: number }

/** Holds what people say they said against what the messenger carried. The desk's own tables are not asked. */
export const judge = (evidence: Evidence): Verdict => {
  const { journal, matters } = evidence
  const landings = landingsOf(journal.entries)
  const faults: string[] = []
  const figures: Figures = {
    appeals: matters.length,
    messages: matters.reduce((sum, { said }) => sum + said.length, 0),
    arrived: 0,
    repeats: 0,
    failuresSaid: 0,
    albumsInPieces: 0,
    cardMs: [],
    relayMs: [],
    cardsWhileFull: 0,
    busiestMinute: busiest(evidence),
  }
  for (const matter of matters) {
    for (const said of matter.said) faults.push(...judgeWords({ evidence, matter, landings, figures }, said))
    faults.push(
      ...judgeEdits(evidence, matter),
      ...judgeOrder(matter, landings),
      ...judgeCard(evidence, matter, figures),
    )
    faults.push(...judgeReactions(evidence, { matter, landings }))
  }
  return { faults: [...faults, ...judgeRefusals(journal)], figures }
}

type Judging = { evidence: Evidence; matter: Matter; landings: Map<string, Landing[]>; figures: Figures }

/** On the other side exactly once, or a marked repeat, or its author was told; what was meant for the desk never went out. */
const judgeWords = ({ evidence, matter, landings, figures }: Judging, said: Said): string[] => {
  const landed = landings.get(said.mark) ?? []
  const wrong = (what: string) => [`${matter.number} ${said.mark}: ${what}`]
  const astray = landed.filter((one) => !isThere(evidence, matter, { said, landing: one }))
  if (astray.length > 0) return wrong(`went to ${astray.map(({ chat, thread }) => `${chat}/${thread}`).join(', ')}`)
  if (said.fate === 'stays') return []
  const unmarked = landed.filter(({ repeated }) => !repeated).length
  if (unmarked > 1) return wrong(`arrived ${landed.length} times`)
  figures.repeats += Math.max(0, landed.length - 1)
  const [first] = landed
  if (!first) {
    if (!wasTold(evidence.journal.entries, said)) return wrong('neither arrived nor was its author told')
    figures.failuresSaid += 1
    return []
  }
  figures.arrived += 1
  if (!said.late) figures.relayMs.push((first.time - said.at) * evidence.times)
  if (said.files.length < 2) return []
  const album = albumOnWire(evidence.journal.entries, said)
  if (album.calls > 1) figures.albumsInPieces += 1
  return album.files.join() === said.files.join() ? [] : wrong('the album is not as it was')
}

/** A citizen's words belong into a topic of the matter, an operator's into the citizen's chat, a note into a topic. */
const isThere = ({ homes }: Evidence, matter: Matter, { said, landing }: { said: Said; landing: Landing }): boolean =>
  said.by === 'operator' && said.fate === 'goes'
    ? landing.chat === matter.citizen.chat
    : homes.all(matter.number).some(({ chat, thread }) => chat === landing.chat && thread === landing.thread)

const WHY =
  /Не доставлено|Не отправлено|не отправлено|Вы не состоите|переехало|не обработано|уже закрыто|already closed/i

/** An answer to the very message, or the reason in the same place after it. */
const wasTold = (entries: Entry[], said: Said): boolean =>
  entries.some((entry) => {
    if (!isSending(entry)) return false
    const { chat_id, message_thread_id, reply_parameters, ...params } = paramsOf(entry)
    if (chat_id !== said.chat) return false
    if (reply_parameters?.message_id === said.message) return WHY.test(wordsIn(params))
    return (message_thread_id ?? null) === said.thread && entry.time >= said.at && WHY.test(wordsIn(params))
  })

/** The last words are there – edited in place or sent so at once – or the author was told. */
const judgeEdits = ({ journal }: Evidence, matter: Matter): string[] =>
  matter.edited.flatMap(({ said, mark, at }) => {
    const word = new RegExp(`\\b${mark}\\b`)
    const shown = journal.entries.some(
      (entry) => (isEditing(entry) || isSending(entry)) && word.test(wordsIn(paramsOf(entry))),
    )
    const told = journal.entries.some(
      (entry) =>
        isSending(entry) &&
        paramsOf(entry).chat_id === said.chat &&
        entry.time >= at &&
        /Правка не ушла/.test(wordsIn(paramsOf(entry))),
    )
    return shown || told || wasTold(journal.entries, said) ? [] : [`${matter.number} ${said.mark}: its edit is nowhere`]
  })

/** Within each lane as it was said: a citizen's chat, and each topic. */
const judgeOrder = (matter: Matter, landings: Map<string, Landing[]>): string[] => {
  const last = new Map<string, { seq: number; mark: string }>()
  return matter.said.flatMap((said) => {
    const seq = landings.get(said.mark)?.[0]?.seq
    if (seq === undefined || said.late || said.fate === 'stays') return []
    const lane = `${said.chat}:${said.thread}`
    const before = last.get(lane)
    last.set(lane, { seq, mark: said.mark })
    // Words that were joined share a message.
    return before && before.seq > seq ? [`${matter.number}: ${said.mark} came before ${before.mark}`] : []
  })
}

const MINUTE_MS = 60_000
const FULL = 18

/** The card stands within a minute of the day after the matter was opened. */
const judgeCard = ({ journal, homes, times }: Evidence, matter: Matter, figures: Figures): string[] => {
  const all = homes.all(matter.number)
  const card = journal.entries.find((entry) => {
    const { chat_id, message_thread_id, text } = paramsOf(entry)
    const here = all.some(({ chat, thread }) => chat === chat_id && thread === message_thread_id)
    return here && entry.method === 'sendMessage' && text?.startsWith(matter.number)
  })
  if (!card) return [`${matter.number} has no card`]
  const ms = (card.time - matter.openedAt) * times
  figures.cardMs.push(ms)
  const minute = { chat: paramsOf(card).chat_id ?? 0, from: card.time - MINUTE_MS / times, to: card.time }
  if (countIn(journal.entries, minute) >= FULL) figures.cardsWhileFull += 1
  return ms <= MINUTE_MS ? [] : [`${matter.number}: its card came after ${Math.round(ms / 1000)} s of the day`]
}

type Span = { chat: number; from: number; to: number }
const countIn = (entries: Entry[], { chat, from, to }: Span): number =>
  entries
    .filter((entry) => entry.time > from && entry.time <= to && paramsOf(entry).chat_id === chat)
    .reduce((sum, entry) => sum + weightOf(entry), 0)

const busiest = ({ journal, staff, times }: Evidence): number =>
  Math.max(
    ...staff.groups.map(({ chat }) => {
      const sent = journal.entries
        .filter((entry) => paramsOf(entry).chat_id === chat)
        .flatMap((entry) => Array.from({ length: weightOf(entry) }, () => entry.time))
      let first = 0
      return sent.reduce((most, time, n) => {
        while ((sent[first] ?? time) <= time - MINUTE_MS / times) first += 1
        return Math.max(most, n - first + 1)
      }, 0)
    }),
  )

/** What the story of the day itself causes: people who block, topics that go, groups without rights. */
const EXPECTED =
  /bot was blocked by the user|message thread not found|not enough rights|TOPIC_CLOSED|TOPIC_NOT_MODIFIED|query is too old|message is not modified|message to (edit|delete|react|copy|be replied) not found/

const judgeRefusals = ({ refused }: JournalView): string[] => {
  const odd = refused.filter(({ description, error_code }) => error_code === 429 || !EXPECTED.test(description))
  const counted = new Map<string, number>()
  for (const { method, description } of odd) {
    const what = `refused: ${method}: ${description.replace(/\d+/g, 'N')}`
    counted.set(what, (counted.get(what) ?? 0) + 1)
  }
  return [...counted].map(([what, times]) => `${what} (${times})`)
}
