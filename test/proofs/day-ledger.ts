import type { Phone } from '../people.ts'
import type { Line, Person } from './day-staff.ts'
import type { Home } from './day-wire.ts'

/** What somebody said, by their own account. */
export type Said = {
  /** Stands in the words, so that it is known on the other side. */
  mark: string
  by: 'citizen' | 'operator'
  from: number
  chat: number
  thread: number | null
  message: number
  at: number
  /** Meant for the other side, or for the desk only. */
  fate: 'goes' | 'stays'
  /** Held, or tried again: it comes when that is decided. */
  late: boolean
  /** Of an album, in order: its messages, and the file of each. */
  messages: number[]
  files: string[]
  /** The message of the other side that it answers, as that side wrote it. */
  answers: { chat: number; message: number } | null
}
export type Edited = { said: Said; mark: string; message: number; at: number }
export type Reacted = { chat: number; message: number; emoji: string; home: Home | undefined; at: number }
export type Owner = { person: Person; since: number }

/** One matter as its people lived through it. */
export type Matter = {
  n: number
  line: Line
  number: string
  citizen: Phone
  openedAt: number
  owner: Owner | null
  said: Said[]
  edited: Edited[]
  reacted: Reacted[]
  /** Taken, one after another: who held it when. */
  held: string[]
  /** When it came into other hands, or out of them. */
  changedAt: number[]
  closed: boolean
}

export const markOf = (matter: Matter, kind: 'c' | 'o' | 'n'): string => `${kind}${matter.n}m${matter.said.length}`

/** Whether they still have it, by their own account. */
export const stillOwns = ({ owner }: Matter): boolean => owner !== null && owner.person.gone === owner.since

export const letGo = (matter: Matter): void => {
  if (matter.owner && stillOwns(matter)) matter.owner.person.hands -= 1
  if (matter.owner) matter.changedAt.push(Date.now())
  matter.owner = null
}

/** `since`: as it was before they were given it, because they may let go of everything at the same moment. */
export const hold = (matter: Matter, person: Person, since: number): void => {
  letGo(matter)
  if (person.gone === since) person.hands += 1
  matter.owner = { person, since }
  matter.held.push(person.name)
}
