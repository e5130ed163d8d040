import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../database.ts'
import { FULL } from './full.ts'
import { type Fault, type Opened, openDesk, perform } from './model-desk.ts'
import { after, type Deed, type Life, NEW, PEOPLE, type World } from './model-life.ts'

const STEPS = Number(process.env.MODEL_STEPS ?? (FULL ? 100_000 : 10_000))
const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000_000)
/** Databases beside each other: a step mostly waits for its own. */
const SHARDS = 3
const LENGTH = 50

let databases: TestDatabase[]
let desks: Opened[]
beforeAll(async () => {
  databases = await Promise.all(Array.from({ length: SHARDS }, () => testDatabase()))
  desks = await Promise.all(databases.map(({ url }) => openDesk(url)))
})
afterAll(async () => {
  await Promise.all(desks.map(({ db }) => db.close()))
  await Promise.all(databases.map((database) => database.drop()))
})

type Model = { world: World; run: number }
type Wish = {
  kind: Deed['kind']
  which: number
  citizen: number
  who: number
  to: number
  line: string
  says: Deed['says']
  ending: Deed['ending']
}
let steps = 0
let runs = 0
let lastKey = 0

const KINDS: Deed['kind'][] = [
  'open',
  'open',
  'write',
  'write',
  'cancel',
  'reopen',
  'reopenBy',
  'rate',
  'take',
  'take',
  'take',
  'oldest',
  'release',
  'transfer',
  'give',
  'takeover',
  'answer',
  'answer',
  'close',
  'close',
  'ban',
  'unban',
  'presence',
  'overdue',
  'lapse',
  'lapse',
  'age',
]
const wish = fc.record<Wish>({
  kind: fc.constantFrom(...KINDS),
  which: fc.nat(7),
  citizen: fc.nat(2),
  who: fc.nat(PEOPLE.length - 1),
  to: fc.nat(PEOPLE.length - 1),
  line: fc.constantFrom('access', 'services', 'fraud'),
  says: fc.constantFrom('online', 'online', 'break', 'offline'),
  ending: fc.constantFrom('completed', 'rejected'),
})
const trouble = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fault>('none') },
  { weight: 1, arbitrary: fc.constantFrom<Fault>('before', 'within', 'after') },
)

/** Whom a wish is about: one of the appeals that are there. */
const deedOf = (model: Model, { which, ...wished }: Wish): Deed => {
  const known = Object.keys(model.world.lives)
  lastKey += 1
  return { ...wished, key: `k${lastKey}`, on: known[which % Math.max(1, known.length)] ?? '' }
}

/** What citizens do goes one after the other, as in the lane of their chat; at once with it only somebody else acts. */
const OF_CITIZENS = new Set<Deed['kind']>(['open', 'write', 'cancel', 'reopen', 'rate'])
const inLane = ({ kind }: Wish, n: number, all: Wish[]) =>
  n === 0 || !OF_CITIZENS.has(kind) || !OF_CITIZENS.has(all[0]?.kind ?? 'age')

type Step = fc.AsyncCommand<Model, Opened>
const stepOf = (wishes: Wish[], fault: Fault, twice: boolean): Step => ({
  check: () => true,
  toString: () => `${wishes.map((one) => JSON.stringify(one)).join(' & ')} ${fault}${twice ? ' twice' : ''}`,
  run: async (model, real) => {
    steps += 1
    const deeds = wishes.filter(inLane).map((one) => deedOf(model, one))
    const [only] = deeds
    if (deeds.length === 1 && only) await alone(model, real, { deed: only, fault, twice })
    // What two deeds at once make fail, the inbox tries again.
    else
      await Promise.all(deeds.map((deed) => perform(real, deed, model.run).catch(() => perform(real, deed, model.run))))
    const seen = await look(real, model.run)
    expect(seen.broken, 'an appeal in a state that is none').toEqual([])
    const possible = deeds.length === 1 && only ? [after(model.world, only)] : orders(model.world, deeds)
    const fitting = possible.find((world) => same(world, seen))
    if (!fitting) expect(sorted(seen)).toEqual(sorted(shown(possible[0] as World)))
    model.world = withPlaces(fitting ?? model.world, seen)
  },
})

/** A deed whose answer was lost is done again by the same key; so is one whose handler runs twice. Both are one deed. */
const alone = async (
  model: Model,
  real: Opened,
  { deed, fault, twice }: { deed: Deed; fault: Fault; twice: boolean },
) => {
  // It has no key of its own: done again, it takes the next one.
  const once = deed.kind === 'oldest'
  real.fault = once && fault === 'after' ? 'none' : fault
  const cut = await perform(real, deed, model.run).then(
    () => false,
    (error: Error) => {
      if (!error.message.startsWith('cut')) throw error
      return true
    },
  )
  real.fault = 'none'
  if (cut || (twice && !once)) await perform(real, deed, model.run)
}

/** At the same time: as if one after the other, or one of them refused because of the other. */
const orders = (world: World, deeds: Deed[]): World[] => {
  const [one, other] = deeds as [Deed, Deed]
  const [first, second] = [after(world, one), after(world, other)]
  return [after(first, other), after(second, one), first, second]
}

type Seen = {
  lives: Record<string, Omit<Life, 'queued' | 'answered' | 'rated'> & { queued: number }>
  banned: number[]
  current: Record<number, string>
  last: Record<number, number>
  presence: World['presence']
  broken: string[]
}

const look = async ({ db, people }: Opened, run: number): Promise<Seen> => {
  const rows = await db.run<Record<string, never>>(LOOK, [`${run}:%`])
  const seen: Seen = { lives: {}, banned: [], current: {}, last: {}, presence: [], broken: [] }
  for (const row of rows as unknown as Row[]) {
    const key = row.origin.split(':')[1] as string
    const owner = row.owner === null ? null : people.findIndex(({ id }) => id === row.owner)
    const closed = row.closed
    const legal =
      closed === ['completed', 'rejected', 'cancelled'].includes(row.status) &&
      row.waiting === (!closed && owner === null) &&
      !(row.status === 'accepted' && owner !== null)
    if (!legal || row.spoken !== row.version || row.relayed !== row.messages) seen.broken.push(JSON.stringify(row))
    seen.lives[key] = {
      citizen: (row.external - 1_000) % 100,
      line: row.line,
      status: row.status,
      owner: owner,
      version: row.version,
      due: row.due && owner !== null && !closed,
      messages: row.messages,
      ratings: row.ratings,
      queued: row.queued,
      late: row.late,
    }
    if (row.banned) seen.banned = [...new Set([...seen.banned, (row.external - 1_000) % 100])].sort()
    if (row.last !== null) seen.last[(row.external - 1_000) % 100] = people.findIndex(({ id }) => id === row.last)
    if (row.current) seen.current[(row.external - 1_000) % 100] = key
  }
  const said = await db.run<{ presence: World['presence'][number] }>(
    'select presence from operators order by external_id',
  )
  seen.presence = said.map(({ presence }) => presence)
  return seen
}
type Row = {
  origin: string
  external: number
  line: string
  status: Life['status']
  owner: number | null
  version: number
  queued: number
  due: boolean
  waiting: boolean
  closed: boolean
  messages: number
  relayed: number
  ratings: number
  spoken: number
  banned: boolean
  current: boolean
  late: boolean
  last: number | null
}

/** `spoken`: versions the desk has a card for; `relayed`: messages that are on their way, each once. */
const LOOK = `
  select a.origin, c.external_id as external, a.line, a.status, a.owner_id as owner, a.version,
    (extract(epoch from a.queued_at) * 1000000)::float8 as queued, a.answer_due is not null as due,
    a.waiting_since is not null as waiting, a.closed_at is not null as closed,
    (select count(*)::int from messages m where m.appeal_id = a.id) as messages,
    (select count(*)::int from messages m join outbox o on o.key = 'relay:' || m.origin_chat || ':' || m.origin_message
      where m.appeal_id = a.id) as relayed,
    (select count(*)::int from ratings r where r.appeal_id = a.id) as ratings,
    1 + (select count(*)::int from outbox o where o.key in (select 'card:' || a.id || ':' || v from generate_series(2, a.version) v)) as spoken,
    exists (select 1 from bans b where b.citizen_id = a.citizen_id and b.over_at is null) as banned,
    c.current_appeal = a.id as current, coalesce(a.closed_at < now() - interval '30 days', false) as late,
    (select e.operator_id from events e join appeals x on x.id = e.appeal_id
      where x.citizen_id = a.citizen_id and e.kind = 'taken' order by e.id desc limit 1) as last
  from appeals a join citizens c on c.id = a.citizen_id where a.origin like $1 order by a.id`

const shown = (world: World): Seen => ({
  lives: Object.fromEntries(
    Object.entries(world.lives).map(([key, { answered, rated, ...life }]) => [
      key,
      {
        ...life,
        due: life.due && life.owner !== null && (life.status === 'in_progress' || life.status === 'accepted'),
      },
    ]),
  ),
  banned: Object.keys(world.banned).map(Number).sort(),
  current: world.current,
  last: world.last,
  presence: world.presence,
  broken: [],
})

/** A place in the queue is compared too, unless it is a new one. */
const same = (world: World, seen: Seen): boolean => {
  const wanted = shown(world)
  for (const [key, life] of Object.entries(wanted.lives))
    if (life.queued === NEW) life.queued = seen.lives[key]?.queued ?? NEW
  return fc.stringify(sorted(wanted)) === fc.stringify(sorted(seen))
}
const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value

const withPlaces = (world: World, seen: Seen): World => {
  for (const [key, life] of Object.entries(world.lives)) life.queued = seen.lives[key]?.queued ?? life.queued
  return world
}

/** Every run begins with an empty queue, empty hands and people who have said nothing. */
const begin = async (real: Opened) => {
  runs += 1
  await real.db.run(
    `update appeals set closed_at = now(), status = 'completed', waiting_since = null where closed_at is null`,
  )
  await real.db.run('update operators set presence = null, presence_at = null')
  real.fault = 'none'
  const world: World = { lives: {}, current: {}, banned: {}, last: {}, presence: PEOPLE.map(() => null) }
  return { model: { world, run: runs }, real }
}

test(`${STEPS} steps by chance, seed ${SEED}: the desk does what its small model does`, {
  timeout: 40 * 60_000,
}, async () => {
  process.stdout.write(`model: MODEL_SEED=${SEED} MODEL_STEPS=${STEPS}\n`)
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(wish, trouble, fc.boolean()).map(([one, fault, twice]) => stepOf([one], fault, twice)),
    },
    { weight: 1, arbitrary: fc.tuple(wish, wish).map((both) => stepOf(both, 'none', false)) },
  )
  const shard = async (real: Opened, seed: number) =>
    await fc.assert(
      fc.asyncProperty(fc.commands([step], { maxCommands: LENGTH, size: 'max' }), async (commands) => {
        await fc.asyncModelRun(() => begin(real), commands)
      }),
      { seed, numRuns: Math.ceil(STEPS / SHARDS / (LENGTH / 2)), endOnFailure: false },
    )
  await Promise.all(desks.map((real, n) => shard(real, SEED + n)))
  process.stdout.write(`model: ${steps} steps in ${runs} runs\n`)
  expect(steps).toBeGreaterThan(STEPS * 0.5)
})
