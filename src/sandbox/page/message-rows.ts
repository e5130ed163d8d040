import { el, type Item } from './dom.ts'
import { type Group, messageView } from './message-view.ts'
import { senderOf, serviceLine } from './preview.ts'
import { type Place, page } from './state.ts'
import { dayOf } from './time.ts'
import type { Message } from './wire.ts'

type Shown = { place: Place; messages: Message[]; jump: (id: number) => void }

/** The entries of a list of messages: days, albums in one piece, everything else one by one. */
export function messageRows({ place, messages, jump }: Shown): Item[] {
  const items: Item[] = []
  let before: Message | undefined
  for (const group of albums(messages)) {
    const [message] = group
    const day = dayOf(message.date)
    if (!before || dayOf(before.date) !== day) items.push(dayItem(place, day))
    const follows = before && sameBreath(before, message) && dayOf(before.date) === day
    items.push(groupItem({ place, messages: group, first: !follows, jump }))
    before = group.at(-1)
  }
  return items
}

function albums(messages: Message[]): [Message, ...Message[]][] {
  const groups: [Message, ...Message[]][] = []
  for (const message of messages) {
    const last = groups.at(-1)
    if (last && message.media_group_id && last[0].media_group_id === message.media_group_id) last.push(message)
    else groups.push([message])
  }
  return groups
}

function sameBreath(before: Message, message: Message): boolean {
  if (serviceLine(before) !== null) return false
  return before.from?.id === message.from?.id && message.date - before.date < 600
}

function dayItem(place: Place, day: string): Item {
  const make = () => el('li', { class: 'day' }, el('span', {}, day))
  return { key: `${place.key}:day:${day}`, version: [], make }
}

function groupItem(group: Group): Item {
  const { place, messages, first } = group
  const reactions = messages.map((one) => page.state?.reactions[`${place.chat.id}:${one.message_id}`])
  const version = [...messages, ...reactions, first, place.me.id, senderOf(messages[0])]
  return { key: `${place.key}:${messages[0].message_id}`, version, make: () => messageView(group) }
}
