import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA } from '../appeal.ts'
import { alwaysOpen } from '../hours.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { citizen } from '../people.ts'
import type { WordsFolder } from '../words-folder.ts'
import { chanceOf } from './day-chance.ts'
import { live } from './day-matter.ts'
import type { Day } from './day-speech.ts'
import { OPERATOR_IDS, openStaff, type Staff, workDay } from './day-staff.ts'
import { type Figures, judge } from './day-verdict.ts'
import { createHomes } from './day-wire.ts'

/** DAY_SEED plays a day again: everybody does the same, though not in the same millisecond. */
const SEED = Number(process.env.DAY_SEED ?? Math.floor(Math.random() * 1_000_000))
/** A file that keeps what went over the wire, for whoever looks for a fault. */
const DUMP = process.env.DAY_DUMP
const FULL = process.env.FULL === '1'
/** So many times as fast is the day, and the limits of Telegram with it. */
const TIMES = Number(process.env.DAY_TIMES ?? 15)
const APPEALS = Number(process.env.DAY_APPEALS ?? (FULL ? 400 : 60))
/** People come within so many minutes of the day: about as many a minute as six groups can be told of. */
const MINUTES = Number(process.env.DAY_MINUTES ?? Math.max(12, Math.ceil(APPEALS / 4.4)))
const TURNS = FULL ? 9 : 6

let house: House
let words: WordsFolder
beforeAll(async () => {
  words = alwaysOpen()
  const limits = { pace: TIMES, sandbox: { limits: TIMES } }
  house = await openHouse({ replicas: 2, localesDir: words.dir, operatorIds: OPERATOR_IDS, ...limits })
})
afterAll(async () => {
  await house?.stop()
  words?.remove()
})

test('a day in fast motion: everything arrives or is explained, in order, within the limits', {
  timeout: 900_000,
  // A second try would go on in the same world.
  retry: 0,
}, async () => {
  process.stdout.write(`\n  a day of ${APPEALS} appeals, ${TIMES} times as fast: DAY_SEED=${SEED}\n`)
  const { sandbox } = house
  const chance = chanceOf(SEED)
  const counts = new Map<string, number>()
  const sleep = async (seconds: number) => void (await pause((seconds * 1000) / TIMES))
  // Only who has written to the bot can be told anything in private.
  citizen(sandbox, OLGA).says('/start')
  const staff = await openStaff(sandbox, GROUP)
  const day: Day = {
    sandbox,
    staff,
    homes: createHomes(sandbox),
    sleep,
    tally: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
  }
  let over = false
  const working = staff.people.map((person, n) =>
    workDay(person, { ...day, chance: chance.apart(1_000_000 + n), over: () => over }),
  )
  const away = groupAway(day, chance.apart(2_000_000))
  const lives = await Promise.allSettled(
    Array.from({ length: APPEALS }, async (_, n) => {
      const own = chance.apart(n)
      await sleep(own.between(0, MINUTES * 60))
      return await live(day, n, { chance: own, turns: TURNS })
    }),
  )
  over = true
  const others = await Promise.allSettled([...working, away])
  const unfinished = await quiet()
  const matters = lives.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const broken = [...lives, ...others].flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  const { faults, figures } = judge({ journal: sandbox.journal(), matters, staff, homes: day.homes, times: TIMES })
  report(figures, counts)
  if (DUMP)
    writeFileSync(
      DUMP,
      JSON.stringify({ journal: sandbox.journal(), said: matters.map(({ citizen: _, ...one }) => one) }),
    )
  expect([...broken, ...unfinished, ...faults, ...(await owners())]).toEqual([])
  expect(matters).toHaveLength(APPEALS)
  // Otherwise nothing was proved about a full queue.
  expect(figures.cardsWhileFull).toBeGreaterThan(0)
})

/** In the middle of the day one group takes the bot's rights away, and gives them back later. */
const groupAway = async ({ sandbox, sleep, staff, tally }: Day, chance: ReturnType<typeof chanceOf>): Promise<void> => {
  await sleep(MINUTES * 60 * chance.between(0.3, 0.5))
  const { chat } = chance.one((staff as Staff).groups)
  const rights = sandbox.state().chats.find(({ id }) => id === chat)
  sandbox.group({ chat, bot: 'administrator', rights: [] })
  tally('groups without rights')
  await sleep(300)
  expect(rights).toBeDefined()
  sandbox.group({
    chat,
    bot: 'administrator',
    rights: ['can_delete_messages', 'can_pin_messages', 'can_manage_topics', 'can_manage_chat'],
  })
}

/** Nothing is under way any more. */
const quiet = async (): Promise<string[]> => {
  const busy = () =>
    house.db.run(
      `select 1 from inbox where state in ('new', 'working') union all
       select 1 from outbox where state in ('new', 'sending', 'ambiguous') and lane not like 'board:%' limit 1`,
    )
  const end = Date.now() + 120_000
  while (house.sandbox.pending().length > 0 || (await busy()).length > 0) {
    if (Date.now() > end) return ['the day does not come to an end']
    await pause(100)
  }
  return []
}

type Event = { appeal: number; kind: string; operator: number | null; how: string | null }
const ENDS = new Set(['released', 'transferred', 'overdue', 'completed', 'rejected', 'cancelled', 'lapsed', 'closed'])

/** Between one owner and the next somebody let go, or it was given by name. */
const owners = async (): Promise<string[]> => {
  const events = await house.db.run<Event>(
    `select appeal_id as appeal, kind, operator_id as operator, data->>'how' as how from events
     where appeal_id is not null order by appeal_id, id`,
  )
  const owner = new Map<number, number>()
  return events.flatMap(({ appeal, kind, operator, how }) => {
    const before = owner.get(appeal)
    if (ENDS.has(kind)) owner.delete(appeal)
    if (kind !== 'taken' || operator === null) return []
    owner.set(appeal, operator)
    return before !== undefined && how === 'took' ? [`appeal ${appeal} was ${before}'s and ${operator}'s`] : []
  })
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
const at = (list: number[], part: number): number =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))] ?? 0

const report = (figures: Figures, counts: Map<string, number>): void => {
  const spread = (list: number[]) =>
    `p50 ${seconds(at(list, 0.5))}, p99 ${seconds(at(list, 0.99))}, at most ${seconds(at(list, 1))}`
  const rows = [
    ['appeals', figures.appeals],
    ['messages said', figures.messages],
    ['arrived', figures.arrived],
    ['repeats, marked', figures.repeats],
    ['albums that came in pieces', figures.albumsInPieces],
    ['failures, said', figures.failuresSaid],
    ['card after opening, in time of the day', spread(figures.cardMs)],
    ['words on the other side', spread(figures.relayMs)],
    ['cards while the group was full', figures.cardsWhileFull],
    ['most in one group within a minute', figures.busiestMinute],
    ...[...counts].sort(([a], [b]) => a.localeCompare(b)),
  ]
  process.stdout.write(`${rows.map(([what, much]) => `  ${String(what).padEnd(40)} ${much}`).join('\n')}\n`)
}
