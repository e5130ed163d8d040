import type { ConversationFlavor } from '@grammyjs/conversations'
import type { Context } from 'grammy'
import type { Finder } from '../desk/answers/search.ts'
import type { Ban } from '../desk/bans.ts'
import type { Met } from '../desk/citizens.ts'
import type { Desk } from '../desk/desk.ts'
import type { Operator } from '../desk/operators.ts'
import type { Outage } from '../desk/outages.ts'
import type { Talk } from '../desk/talk.ts'

/** What every handler finds beside the update. */
export type House = {
  desk: Desk
  finder: () => Finder
  /** How many times Telegram's limits are used; what is too fast is measured by it. */
  pace: number | 'off'
  /** What does not work right now, from memory. */
  outages: () => readonly Outage[]
  /** Whether this text was answered while the storage was away. */
  answered(update: number): boolean
  /** Whether a person is in a desk group right now; remembered for at most a minute. Null: Telegram did not say. */
  isMember(chat: number, person: number): Promise<boolean | null>
}

type Flavor = {
  house: House
  /** The natural key of this update: `tg:<update_id>`. */
  key: string
  /** In a private chat. */
  citizen: Met
  /** In a private chat: what keeps this citizen from writing to the desk. */
  ban: Ban | null
  lang: string
  t(key: string, vars?: Record<string, string | number>): string
  /** In a desk group: a person of the roster, or somebody only seen. */
  operator: Operator | null
  /** In a topic of a desk group: its appeal. */
  appealId: number | null
  /** In a topic of a desk group: the talk in which this update is a word. */
  talk: Talk | null
  /** This group is one of the desk's. */
  isDesk: boolean
}

export type Ctx = ConversationFlavor<Context & Flavor>
