import type { ChatRow, PersonRow } from './model.ts'
import type { Command } from './page/wire.ts'
import type { World } from './world.ts'

export type Scope = { type: string; chat_id?: number | string; user_id?: number }

/** The list a person sees in a chat: Telegram takes the narrowest scope that has one, in the person's language first. */
export const commandsFor = (world: World, person: PersonRow, chat: ChatRow): Command[] => {
  const admin = person.standing === 'administrator'
  const scopes: Scope[] =
    chat.type === 'private'
      ? [{ type: 'chat', chat_id: chat.id }, { type: 'all_private_chats' }, { type: 'default' }]
      : [
          { type: 'chat_member', chat_id: chat.id, user_id: person.id },
          ...(admin ? [{ type: 'chat_administrators', chat_id: chat.id }] : []),
          { type: 'chat', chat_id: chat.id },
          ...(admin ? [{ type: 'all_chat_administrators' }] : []),
          { type: 'all_group_chats' },
          { type: 'default' },
        ]
  const language = person.language_code.slice(0, 2)
  for (const scope of scopes) {
    const found = commandTable(world).get(commandKey(scope, language)) ?? commandTable(world).get(commandKey(scope, ''))
    if (found) return found
  }
  return []
}

export const commandTable = (world: World) => world.store.table<Command[]>('commands')

export const commandKey = (scope: Scope, language: string): string =>
  [scope.type, scope.chat_id ?? '', scope.user_id ?? '', language].join(':')
