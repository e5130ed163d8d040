import type { CallbackQuery, InlineKeyboardButton } from 'grammy/types'
import { isSenior, type Operator } from '../desk/operators.ts'
import type { Button } from './button-kinds.ts'
import { pack, unpack } from './button-pack.ts'
import { readParts } from './button-readers.ts'
import { type Side, sealed, unsealed } from './button-seal.ts'
import { PUBLIC, sideOf } from './button-sides.ts'

export type {
  Button,
  DataDeed,
  FormDeed,
  MailingDeed,
  OutageDeed,
  PersonDeed,
  Place,
  WaitDeed,
  WorkDeed,
} from './button-kinds.ts'

/**
 * The data of inline buttons, at most 64 bytes: verb and arguments, sealed for the side and the role the button is made for. This is
 * its one writer and one reader; the reader trusts nothing, and whoever acts on what it read asks authorize() first. Ways through the
 * answers stand in clear.
 */
export const write = (button: Button): string => {
  const { verb, ...rest } = button
  const parts = [verb, ...Object.values(rest)].map((part) => String(typeof part === 'boolean' ? Number(part) : part))
  const whole = PUBLIC.has(verb) ? parts.join(':') : sealed(sideOf(parts), pack(parts))
  if (Buffer.byteLength(whole) > 64) throw new Error(`button data over 64 bytes: ${verb}`)
  return whole
}

export const button = (text: string, to: Button): InlineKeyboardButton => ({ text, callback_data: write(to) })

/** In a desk group a button of seniors or admins cannot be read for anybody else; in a private chat the deed asks who it is. */
export type Here = 'citizen' | { roles: Operator['roles'] }

/** Null for anything that this bot would not have written for whoever is here. */
export const read = (data: string, here: Here): Button | null => {
  const open = data.split(':')
  return readParts((PUBLIC.has(open[0] ?? '') ? open : partsOf(data, sidesOf(here))) ?? [])
}

type Press = { callbackQuery?: CallbackQuery | undefined; operator?: Operator | null }

/** The button under a press, as whoever presses it in this chat may have got it. */
export const pressed = ({ callbackQuery, operator }: Press): Button | null => {
  const { data, message } = callbackQuery ?? {}
  if (!data || !message) return null
  return read(data, message.chat.type === 'private' ? 'citizen' : { roles: operator?.roles ?? [] })
}

/** Whose button it is, when it is one of the desk's that whoever presses it has not the role for. */
export const madeFor = ({ callbackQuery }: Press): 'senior' | 'admin' | null =>
  (['senior', 'admin'] as const).find((side) => partsOf(callbackQuery?.data ?? '', [side])) ?? null

/** Admins have their buttons in both places. */
const sidesOf = (here: Here): Side[] => {
  if (here === 'citizen') return ['citizen', 'second', 'admin']
  const sides: Side[] = ['desk']
  if (isSenior(here)) sides.push('senior', 'second')
  return here.roles.includes('admin') ? [...sides, 'admin'] : sides
}

const partsOf = (data: string, sides: readonly Side[]): string[] | null => {
  for (const side of sides) {
    const bytes = unsealed(side, data)
    const parts = bytes && unpack(bytes)
    if (parts) return sideOf(parts) === side ? parts : null
  }
  return null
}
