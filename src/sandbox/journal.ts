import type { Params } from './schema.ts'

/** One accepted call: the truth of the wire, held against what the bot believes. */
export type Entry = {
  seq: number
  /** Milliseconds since 1970 by the sandbox's clock. */
  time: number
  method: string
  params: Params
  /** What the result names: chat_id, message_id, message_ids, message_thread_id. */
  result: Ids
}
export type Ids = { chat_id?: number; message_id?: number; message_ids?: number[]; message_thread_id?: number }
export type RefusedEntry = Omit<Entry, 'result'> & { error_code: number; description: string }
export type JournalView = {
  /** Accepted calls with a number above `after`, oldest first; getUpdates is left out. */
  entries: Entry[]
  refused: RefusedEntry[]
  /** The last number given out. */
  last: number
  /** How many old entries a bounded journal has let go. */
  forgotten: number
}
export type Journal = {
  accept(method: string, params: Params, result: unknown): void
  refuse(method: string, params: Params, refusal: { code: number; message: string }): void
  view(after?: number): JournalView
}

/** Accepted and refused calls share one sequence of numbers. With `keep` only the newest so many of each are held. */
export const createJournal = (now: () => number, keep = Number.POSITIVE_INFINITY): Journal => {
  const entries: Entry[] = []
  const refused: RefusedEntry[] = []
  let last = 0
  let forgotten = 0
  const add = <T>(list: T[], entry: T) => {
    list.push(entry)
    // Cut in big steps: moving a long list for each call would cost more than the call.
    if (list.length < keep * 2) return
    forgotten += list.length - keep
    list.splice(0, list.length - keep)
  }
  const head = (method: string, params: Params) => ({ seq: ++last, time: now(), method, params })
  return {
    accept: (method, params, result) => add(entries, { ...head(method, params), result: idsOf(params, result) }),
    refuse: (method, params, { code, message }) =>
      add(refused, { ...head(method, params), error_code: code, description: message }),
    view: (after = 0) => ({ entries: since(entries, after), refused: since(refused, after), last, forgotten }),
  }
}

const since = <T extends { seq: number }>(list: T[], after: number): T[] => {
  if (after <= 0) return [...list]
  let first = list.length
  while (first > 0 && (list[first - 1]?.seq ?? 0) > after) first -= 1
  return list.slice(first)
}

const idsOf = (params: Params, result: unknown): Ids => {
  const ids: Ids = typeof params.chat_id === 'number' ? { chat_id: params.chat_id } : {}
  if (Array.isArray(result)) {
    const found = result.flatMap((one) => (hasId(one) ? [one.message_id] : []))
    return found.length > 0 ? { ...ids, message_ids: found } : ids
  }
  if (hasId(result)) ids.message_id = result.message_id
  const thread = (result as { message_thread_id?: number } | null)?.message_thread_id
  if (thread !== undefined) ids.message_thread_id = thread
  return ids
}

const hasId = (result: unknown): result is { message_id: number } =>
  typeof (result as { message_id?: unknown } | null)?.message_id === 'number'
