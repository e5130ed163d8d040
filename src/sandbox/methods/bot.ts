import { chatOf } from '../chats.ts'
import { commandKey, commandTable, type Scope } from '../commands.ts'
import type { Command } from '../page/wire.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { allCommands } from '../state.ts'
import { botUser, type World } from '../world.ts'

export const getMe = (world: World) => ({
  ...botUser(world),
  can_join_groups: true,
  can_read_all_group_messages: world.bot.can_read_all_group_messages ?? false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
})

type CommandParams = { commands?: Command[]; scope?: Scope; language_code?: string }

export const setMyCommands = (world: World, params: Params): true => {
  const { commands = [] } = params as CommandParams
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  for (const { command, description } of commands) {
    if (!/^\/?[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
    if (description.trim() === '' || [...description].length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  const plain = commands.map(({ command, description }) => ({ command: command.replace('/', ''), description }))
  commandTable(world).put(keyOf(world, params), plain)
  show(world)
  return true
}

export const getMyCommands = (world: World, params: Params): Command[] =>
  commandTable(world).get(keyOf(world, params)) ?? []

export const deleteMyCommands = (world: World, params: Params): true => {
  commandTable(world).drop(keyOf(world, params))
  show(world)
  return true
}

const keyOf = (world: World, params: Params): string => {
  const { scope = { type: 'default' }, language_code = '' } = params as CommandParams
  if (!/^([a-z]{2})?$/.test(language_code)) throw badRequest('invalid language code specified')
  if (scope.chat_id !== undefined) chatOf(world, scope.chat_id)
  return commandKey(scope, language_code)
}

const show = (world: World): void => {
  for (const [key, commands] of Object.entries(allCommands(world))) world.emit({ type: 'commands', key, commands })
}

/** Name and descriptions: one text for each language, the one without a language for everybody else. */
const profile = (field: 'name' | 'description' | 'short_description', longest: number) => ({
  set: (world: World, params: Params): true => {
    const text = String(params[field] ?? '')
    if ([...text].length > longest) throw badRequest(`${field.replace('_', ' ')} is too long`)
    world.settings.put(`${field}:${params.language_code ?? ''}`, text)
    return true
  },
  get: (world: World, params: Params) => ({
    [field]: world.settings.get(`${field}:${params.language_code ?? ''}`) ?? world.settings.get(`${field}:`) ?? '',
  }),
})

export const name = profile('name', 64)
export const description = profile('description', 512)
export const shortDescription = profile('short_description', 120)

export const getFile = (world: World, params: Params) => {
  const file = world.files.get(params.file_id as string)
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  if ((file.file_size ?? 0) > 20 * 1024 * 1024) throw badRequest('file is too big')
  const { file_id, file_unique_id, file_size, file_path } = file
  return { file_id, file_unique_id, file_size, file_path }
}
