import { deleteMessage, react } from './api.ts'
import { canEdit, startEdit, startReply } from './drafts.ts'
import { type MenuItem, type MenuPart, openMenu } from './menu.ts'
import { type Place, page } from './state.ts'
import { copy, done } from './toast.ts'
import type { Message } from './wire.ts'
import { w } from './words.ts'

const emojis = ['👍', '👎', '❤', '🔥', '👏', '😁', '🤔', '😢', '🎉', '🙏', '👌', '💯']

export function openMessageMenu(anchor: HTMLElement, place: Place, message: Message): void {
  const text = message.text ?? message.caption
  const mine = reactionOf(place, message)
  const quoted = selectedIn(anchor, text ?? '')
  const parts: (MenuPart | false)[] = [
    { row: emojis.map((emoji) => emojiItem(place, message, { emoji, mine })) },
    { label: quoted ? w.quote : w.reply, icon: 'reply', act: () => startReply(place, message, quoted) },
    canEdit(place, message) && { label: w.edit, icon: 'edit', act: () => startEdit(place, message) },
    text !== undefined && { label: w.copy, icon: 'copy', act: () => copy(text) },
    mayDelete(place, message) && {
      label: w.deleteMessage,
      icon: 'close',
      danger: true,
      act: () => void remove(place, message),
    },
  ]
  openMenu(
    anchor,
    w.menu,
    parts.filter((part) => part !== false),
  )
}

/** What is selected of a message's words: a reply quotes just that. */
function selectedIn(anchor: HTMLElement, text: string): string | null {
  const chosen = document.getSelection()
  const words = chosen?.toString().trim() ?? ''
  const article = anchor.closest('.message')
  return words && article?.contains(chosen?.anchorNode ?? null) && text.includes(words) ? words : null
}

function mayDelete(place: Place, message: Message): boolean {
  return place.side === 'citizen' || message.from?.id === place.me.id
}

async function remove(place: Place, message: Message): Promise<void> {
  done(await deleteMessage({ from: place.me.id, chat: place.chat.id, message_id: message.message_id }))
}

export async function toggleReaction(place: Place, message: Message, emoji: string): Promise<void> {
  const next = reactionOf(place, message) === emoji ? null : emoji
  done(await react({ from: place.me.id, chat: place.chat.id, message_id: message.message_id, emoji: next }))
}

function emojiItem(place: Place, message: Message, { emoji, mine }: { emoji: string; mine?: string }): MenuItem {
  return {
    label: w.react(emoji),
    content: document.createTextNode(emoji),
    current: emoji === mine,
    act: () => void toggleReaction(place, message, emoji),
    data: { 'data-testid': 'react', 'data-emoji': emoji },
  }
}

function reactionOf(place: Place, message: Message): string | undefined {
  return page.state?.reactions[`${place.chat.id}:${message.message_id}`]?.people[place.me.id]
}
