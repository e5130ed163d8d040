import type { Sandbox } from '../../src/sandbox/server.ts'
import { OLGA } from '../appeal.ts'
import { inGeneral, type Phone } from '../people.ts'
import type { Chance } from './day-chance.ts'

export const LINES = ['access', 'services', 'appeals'] as const
export type Line = (typeof LINES)[number]
export type Group = { chat: number; line: Line }

/** An operator as a person: what the desk believes about them is not written here. */
export type Person = {
  id: number
  name: string
  line: Line
  at: 'work' | 'break' | 'home' | 'away'
  /** How often they have let go of everything they had: an owner counts as long as this has not changed. */
  gone: number
  hands: number
  general: Phone
}
export type Staff = { people: Person[]; groups: Group[] }
export type Sleep = (seconds: number) => Promise<void>

const NAMES = [
  'Пётр Марина Глеб Инна Захар Лидия Роман Тамара Фёдор Юлия Яков Эмма Степан Раиса Оскар Нина Матвей Клара Игнат',
]
  .join(' ')
  .split(' ')
/** Nobody holds more at once. */
export const MOST_IN_HAND = 8

export const PETR = 5002

/** Ольга, who is admin, and nineteen operators; the house must know their ids. */
export const OPERATOR_IDS = NAMES.map((_, n) => PETR + n)

/** Six groups, two of each line, registered by the admin; everybody comes to work. */
export const openStaff = async (sandbox: Sandbox, first: number): Promise<Staff> => {
  for (const first_name of NAMES.slice(2)) sandbox.newPerson({ role: 'operator', first_name, language_code: 'ru' })
  const groups = Array.from({ length: 6 }, (_, n) => ({ chat: first - n, line: LINES[n % 3] as Line }))
  for (const { chat, line } of groups) {
    if (chat !== first) sandbox.newGroup({ id: chat, title: `${line} ${first - chat}`, is_forum: true })
    const olga = inGeneral(sandbox, OLGA, chat)
    olga.says(`/desk lines ${line}`)
    await olga.hears('Принимает обращения')
  }
  const people = NAMES.map((name, n): Person => {
    const line = LINES[n % 3] as Line
    const { chat } = groups[n % 6] as Group
    return { id: PETR + n, name, line, at: 'home', gone: 0, hands: 0, general: inGeneral(sandbox, PETR + n, chat) }
  })
  for (const person of people) await comeToWork(person)
  return { people, groups }
}

const comeToWork = async (person: Person): Promise<void> => {
  const { message_id } = person.general.says('/online')
  await person.general.hears('Вы на смене', message_id)
  person.at = 'work'
}

/** Somebody of the line who is at work and has room. */
export const whoIsFree = ({ people }: Staff, line: Line, chance: Chance, but?: Person): Person | null => {
  const free = people.filter(
    (one) => one.line === line && one.at === 'work' && one.hands < MOST_IN_HAND && one.id !== but?.id,
  )
  return free.length > 0 ? chance.one(free) : null
}

type Working = { sandbox: Sandbox; chance: Chance; sleep: Sleep; over: () => boolean; tally: (what: string) => void }

/** Ends early when the day does. */
const spend = async (seconds: number, { sleep, over }: Working): Promise<void> => {
  for (let left = seconds; left > 0 && !over(); left -= 10) await sleep(Math.min(10, left))
}

/** A day of one operator: work, breaks, perhaps an early end with everything given back, perhaps out of the group and in again. */
export const workDay = async (person: Person, working: Working): Promise<void> => {
  const { chance, over } = working
  while (!over()) {
    await spend(chance.between(120, 400), working)
    if (over()) return
    await INTERRUPTIONS[chance.weighed({ pause: 6, goHome: 2, leave: 2 })](person, working)
  }
}

const pause = async (person: Person, working: Working): Promise<void> => {
  const { chance, tally } = working
  person.at = 'break'
  const { message_id } = person.general.says('/break')
  await person.general.hears('Перерыв', message_id)
  tally('breaks')
  await spend(chance.between(60, 200), working)
  await comeToWork(person)
}

const goHome = async (person: Person, working: Working): Promise<void> => {
  const { chance, tally } = working
  const { message_id } = person.general.says('/offline')
  person.at = 'home'
  const said = await person.general.hears(/Смена закончена/, message_id)
  tally('ends of shifts')
  if (said.reply_markup && chance.happens(0.7)) {
    person.gone += 1
    person.hands = 0
    await person.general.presses('Вернуть всё в очередь')
    await person.general.hears('Вернули в очередь')
  }
  await spend(chance.between(60, 150), working)
  await comeToWork(person)
}

const leave = async (person: Person, working: Working): Promise<void> => {
  const { sandbox, chance, sleep, tally } = working
  person.at = 'away'
  person.gone += 1
  tally(person.hands > 0 ? 'left in mid-chat' : 'left the groups')
  person.hands = 0
  sandbox.person({ id: person.id, standing: 'left' })
  await spend(chance.between(60, 150), working)
  sandbox.person({ id: person.id, standing: 'member' })
  await sleep(5)
  await comeToWork(person)
}

const INTERRUPTIONS = { pause, goHome, leave }
