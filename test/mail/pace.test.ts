import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Kind, PRIORITY, type Priority } from '../../src/mail/outbox.ts'
import { admit, type Sent } from '../../src/mail/pace.ts'
import type { Waiting } from '../../src/mail/take.ts'

type Going = { at: number; chat: number | null; priority: Priority; kind: Kind; weight?: number }

const waiting = (id: number, { chat, priority, kind, weight = 1 }: Omit<Going, 'at'>): Waiting =>
  ({ id, place: id, chat, priority, kind, weight, lane: `${id}`, attempt: 0, repeated: 0 }) as Waiting

/** Plays a day of sending on a clock of its own: rows arrive, each look takes what may go, the next look is when `admit` says. */
const play = (arrivals: Going[], times: number, untilMs: number): Going[] => {
  const sent = new Map<number, Sent>()
  const gone: Going[] = []
  let queue: { row: Waiting; at: number }[] = arrivals.map((one, id) => ({ row: waiting(id, one), at: one.at }))
  for (let now = 0; now <= untilMs && queue.length > 0; ) {
    const here = queue.filter(({ at }) => at <= now).map(({ row }) => row)
    here.sort((one, other) => one.priority - other.priority || one.place - other.place)
    const { going, nextMs } = admit(here, sent, { now, times, most: 24 })
    for (const row of going) gone.push(...asGone(row, now))
    queue = queue.filter(({ row }) => !going.includes(row))
    const arrival = Math.min(...queue.filter(({ at }) => at > now).map(({ at }) => at - now), Number.POSITIVE_INFINITY)
    const step = going.length === 24 ? 1 : Math.min(nextMs, arrival)
    expect(step, 'a look that leads nowhere').toBeGreaterThan(0)
    now += step
  }
  return gone
}

/** As many times as the chat sees it. */
const asGone = ({ chat, priority, kind, weight }: Waiting, at: number): Going[] =>
  Array.from({ length: weight }, () => ({ at, chat, priority: priority as Priority, kind }))

/** The most that went within any window of this length. */
const densest = (gone: Going[], withinMs: number): number => {
  const moments = gone.map(({ at }) => at).sort((one, other) => one - other)
  let [first, most] = [0, 0]
  for (const [last, at] of moments.entries()) {
    while (at - (moments[first] ?? 0) >= withinMs) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}

const chats = [-1, -2, 1, 2, 3, null]
const arrival: fc.Arbitrary<Going> = fc.record({
  at: fc.nat({ max: 150_000 }),
  chat: fc.constantFrom(...chats),
  priority: fc.constantFrom(...Object.values(PRIORITY)),
  kind: fc.constantFrom<Kind>('send', 'send', 'media', 'edit', 'topic_open', 'react'),
})
const counted = ({ kind }: Going) => kind !== 'react'

test.each([1, 4, 0.5])('no window of any chat, or of all, holds more than Telegram allows (%s times)', (times) => {
  const seconds = (s: number) => (s * 1000) / times
  fc.assert(
    fc.property(fc.array(arrival, { minLength: 40, maxLength: 260 }), (arrivals) => {
      const gone = play(arrivals, times, 3_600_000)
      expect(gone).toHaveLength(arrivals.length)
      const counting = gone.filter(counted)
      expect(densest(counting, seconds(1))).toBeLessThanOrEqual(30)
      for (const chat of chats) {
        const own = counting.filter((one) => one.chat === chat)
        if (chat === null) continue
        expect(densest(own, seconds(chat < 0 ? 60 : 1))).toBeLessThanOrEqual(chat < 0 ? 20 : 1)
      }
    }),
    { numRuns: 40 },
  )
})

test('two of a group’s twenty are kept: without a new card eighteen go, and a card that comes then goes at once', () => {
  const messages = Array.from(
    { length: 40 },
    (): Going => ({ at: 0, chat: -1, priority: PRIORITY.message, kind: 'send' }),
  )
  const cards = [1, 2, 3].map((n): Going => ({ at: n * 1_000, chat: -1, priority: PRIORITY.topic, kind: 'send' }))
  const gone = play([...messages, ...cards], 1, 59_999)
  expect(gone.filter(({ priority }) => priority === PRIORITY.message)).toHaveLength(18)
  expect(gone.filter(({ priority }) => priority === PRIORITY.topic).map(({ at }) => at)).toEqual([1_000, 2_000])
})

test.each([
  ['cards and messages', 2, 19],
  ['messages alone', Number.POSITIVE_INFINITY, 18],
])('while %s wait, the minute is really used', (_, everyNth, least) => {
  const rows = Array.from({ length: 460 }, (_, n): Going => {
    const priority = n % everyNth === 0 ? PRIORITY.topic : PRIORITY.message
    return { at: 0, chat: -1, priority, kind: 'send' }
  })
  const gone = play(rows, 1, 660_000).map(({ at }) => at)
  for (let from = 0; from <= 600_000; from += 1_000) {
    const inMinute = gone.filter((at) => at >= from && at < from + 60_000).length
    expect(inMinute, `the minute from ${from}`).toBeGreaterThanOrEqual(least)
  }
})

test('what puts no message into a chat waits for nothing', () => {
  const sent = new Map<number, Sent>([
    [-1, Array.from({ length: 20 }, () => 1_000)],
    [0, Array.from({ length: 30 }, () => 1_000)],
  ])
  const rows = (['react', 'pin', 'delete', 'topic_close', 'edit'] as const).map((kind, n) =>
    waiting(n, { chat: -1, priority: PRIORITY.edit, kind }),
  )
  const { going } = admit(rows, sent, { now: 1_000, times: 1, most: 10 })
  expect(going.map(({ kind }) => kind)).toEqual(['react', 'pin', 'delete', 'topic_close'])
})

test('an album counts part by part, waits for room for all of them, and nothing less urgent takes that away', () => {
  const words = Array.from({ length: 200 }, (_, n): Going => {
    const [album, priority] = [n % 7 === 3, n % 3 === 0 ? PRIORITY.answer : PRIORITY.message]
    return { at: n * 500, chat: -1, priority, kind: album ? 'album' : 'media', weight: album ? (n % 9) + 2 : 1 }
  })
  const gone = play(words, 1, 3_600_000)
  expect(gone).toHaveLength(words.reduce((sum, { weight = 1 }) => sum + weight, 0))
  expect(densest(gone, 60_000)).toBeLessThanOrEqual(18)
  const first = play(
    [{ ...words[3], at: 0, weight: 10 } as Going, { ...words[1], at: 10, chat: -1 } as Going],
    1,
    1_000,
  )
  expect(first).toHaveLength(11)
})

test('an album to a person is followed by a pause as long as its parts would have taken', () => {
  const album: Going = { at: 0, chat: 1, priority: PRIORITY.answer, kind: 'album', weight: 4 }
  const after: Going = { at: 1, chat: 1, priority: PRIORITY.answer, kind: 'send' }
  expect(play([album, after], 1, 60_000).map(({ at }) => at)).toEqual([0, 0, 0, 0, 4_000])
})
