/** The life of appeals as the documents tell it, small enough to be read at once. No database, no messenger. */
export type Status = 'accepted' | 'in_progress' | 'completed' | 'rejected' | 'cancelled'
export type Life = {
  citizen: number
  line: string
  status: Status
  owner: number | null
  version: number
  /** Its place in the queue, as a moment; NEW: whenever it was put there. */
  queued: number
  /** An owner owes an answer. */
  due: boolean
  messages: number
  ratings: number
  /** The version that an answer was given in, as long as nothing was said after it. */
  answered: number | null
  /** The version whose closing was rated. */
  rated: number
  late: boolean
}
export type World = {
  lives: Record<string, Life>
  current: Record<number, string>
  banned: Record<number, true>
  /** Who had a citizen's appeal last. */
  last: Record<number, number>
  presence: (null | 'online' | 'break' | 'offline')[]
}
export type Person = { role: 'operator' | 'senior' | 'admin'; lines: string[] }
export type Deed = {
  kind:
    | 'open'
    | 'write'
    | 'cancel'
    | 'reopen'
    | 'rate'
    | 'take'
    | 'oldest'
    | 'release'
    | 'transfer'
    | 'give'
    | 'takeover'
    | 'answer'
    | 'close'
    | 'reopenBy'
    | 'ban'
    | 'unban'
    | 'presence'
    | 'overdue'
    | 'lapse'
    | 'age'
  /** Its natural key, and of an opening the appeal's. */
  key: string
  on: string
  citizen: number
  who: number
  to: number
  line: string
  says: 'online' | 'break' | 'offline'
  ending: 'completed' | 'rejected'
}

export const PEOPLE: Person[] = [
  { role: 'operator', lines: [] },
  { role: 'operator', lines: ['access', 'services'] },
  { role: 'senior', lines: [] },
  { role: 'admin', lines: ['access'] },
]
export const MOST = 2
export const NEW = -1

const isSenior = (who: number) => PEOPLE[who]?.role !== 'operator'
const works = (who: number, line: string) => PEOPLE[who]?.lines.length === 0 || PEOPLE[who]?.lines.includes(line)
export const isClosed = ({ status }: Life) => status !== 'accepted' && status !== 'in_progress'
const inHand = (world: World, who: number) =>
  Object.values(world.lives).filter((life) => life.owner === who && !isClosed(life)).length

/** The world after a deed; one that may not be, or has nothing to do, leaves it as it is. */
export const after = (before: World, deed: Deed): World => {
  const world = structuredClone(before)
  if (deed.kind === 'open') open(world, deed)
  else if (deed.kind === 'presence') world.presence[deed.who] = deed.says
  else if (deed.kind === 'oldest') takeOldest(world, deed.who)
  else {
    const life = world.lives[deed.on]
    if (life) RULES[deed.kind](world, life, deed)
  }
  return world
}

type Rule = (world: World, life: Life, deed: Deed) => void

const RULES: { [K in Exclude<Deed['kind'], 'open' | 'presence' | 'oldest'>]: Rule } = {
  write: (world, life) => {
    if (isClosed(life) || world.banned[life.citizen]) return
    life.messages += 1
    life.answered = null
    if (life.owner !== null) life.due = true
  },
  cancel: (_, life) => end(life, 'cancelled'),
  reopen: (world, life, { on }) => {
    if (!isClosed(life) || life.late || world.banned[life.citizen]) return
    again(world, life, on)
    life.messages += 1
    returns(world, life)
  },
  reopenBy: (world, life, { on }) => {
    if (isClosed(life) && !life.late) again(world, life, on)
  },
  rate: (_, life) => {
    if (!isClosed(life) || life.status === 'cancelled' || life.rated === life.version) return
    life.ratings += 1
    life.rated = life.version
  },
  take: (world, life, { who }) => {
    if (!isClosed(life) && life.owner === null && mayTake(world, who, isSenior(who))) own(world, life, who)
  },
  release: (_, life, { who }) => {
    if (!isClosed(life) && life.owner !== null && decides(life, who)) back(life)
  },
  transfer: (_, life, { who, line }) => {
    if (isClosed(life) || (life.owner === null && life.line === line)) return
    if (life.owner !== null && life.owner !== who && !isSenior(who)) return
    life.line = line
    back(life)
  },
  give: (world, life, { who, to }) => {
    if (isClosed(life) || life.owner === to) return
    if (life.owner !== null && life.owner !== who && !isSenior(who)) return
    if (inHand(world, to) < MOST || isSenior(who)) own(world, life, to)
  },
  takeover: (world, life, { who }) => {
    if (!isClosed(life) && isSenior(who) && life.owner !== who) own(world, life, who)
  },
  answer: (world, life, { who, on }) => {
    if (isClosed(life) || life.owner !== who) return
    life.messages += 1
    life.due = false
    life.answered = life.version
    world.current[life.citizen] = on
  },
  close: (_, life, { who, ending }) => {
    if (!isClosed(life) && decides(life, who)) end(life, ending)
  },
  ban: (world, life, { who }) => {
    if (isSenior(who)) world.banned[life.citizen] = true
  },
  unban: (world, life, { who }) => {
    if (isSenior(who)) delete world.banned[life.citizen]
  },
  overdue: (_, life) => {
    if (!isClosed(life) && life.owner !== null && life.due) back(life)
  },
  lapse: (world, life) => {
    if (!isClosed(life) && life.answered === life.version && !world.banned[life.citizen]) end(life, 'completed')
  },
  age: (_, life) => {
    if (isClosed(life)) life.late = true
  },
}

const decides = (life: Life, who: number) => life.owner === who || PEOPLE[who]?.role === 'senior'

const mayTake = (world: World, who: number, above: boolean) =>
  (world.presence[who] === null || world.presence[who] === 'online') && (above || inHand(world, who) < MOST)

const open = (world: World, { key, citizen, line }: Deed) => {
  if (world.lives[key] || world.banned[citizen]) return
  const life: Life = {
    citizen,
    line,
    status: 'accepted',
    owner: null,
    version: 1,
    queued: NEW,
    due: false,
    messages: 1,
    ratings: 0,
    answered: null,
    rated: 0,
    late: false,
  }
  world.lives[key] = life
  world.current[citizen] = key
  returns(world, life)
}

const takeOldest = (world: World, who: number) => {
  const waiting = Object.values(world.lives).filter(
    (life) => !isClosed(life) && life.owner === null && works(who, life.line),
  )
  const [oldest] = waiting.sort((one, other) => one.queued - other.queued)
  if (oldest && mayTake(world, who, false)) own(world, oldest, who)
}

/** Who had the citizen before gets them back, if at work with room. */
const returns = (world: World, life: Life) => {
  const who = world.last[life.citizen]
  if (who === undefined || world.presence[who] !== 'online' || !works(who, life.line)) return
  if (inHand(world, who) < MOST) own(world, life, who)
}

const own = (world: World, life: Life, who: number) => {
  Object.assign(life, { owner: who, status: 'in_progress', version: life.version + 1, due: true })
  world.last[life.citizen] = who
}

const back = (life: Life) => Object.assign(life, { owner: null, version: life.version + 1, due: false })

const end = (life: Life, status: Status) => {
  if (!isClosed(life)) Object.assign(life, { status, version: life.version + 1 })
}

const again = (world: World, life: Life, key: string) => {
  Object.assign(life, { status: 'in_progress', owner: null, version: life.version + 1, queued: NEW, due: false })
  world.current[life.citizen] = key
}
