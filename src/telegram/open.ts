import { setTimeout } from 'node:timers/promises'
import { Api, type Bot, GrammyError, HttpError } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { Config } from '../config.ts'
import type { Finder } from '../desk/answers/search.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import * as desks from '../desk/desks.ts'
import * as operators from '../desk/operators.ts'
import * as outages from '../desk/outages.ts'
import { StartFailure } from '../failure.ts'
import { fault, outage } from '../log.ts'
import type { Outcome } from '../mail/deliver.ts'
import { type InboxRow, store as storeByItself } from '../mail/inbox.ts'
import type { Copy, OutboxRow } from '../mail/outbox.ts'
import { type Alarm, keepAlarm } from './alarm.ts'
import { type Alive, webhookAlive } from './alive.ts'
import { clientOptions, createBot } from './bot.ts'
import type { Ctx } from './context.ts'
import { createDeliver } from './deliver.ts'
import type { Memory } from './from-memory.ts'
import { createHandle, createSetAside } from './handle.ts'
import { tellTelegram } from './lead.ts'
import { createMembership } from './membership.ts'
import { type Polling, poll } from './poll.ts'
import { keepQuiet } from './quiet.ts'
import { isUpdate, receive, type Store } from './receive.ts'
import { isUnable, lacks } from './rights.ts'

export type Telegram = {
  handle(row: InboxRow): Promise<void>
  setAside(row: InboxRow): Promise<void>
  deliver(row: OutboxRow): Promise<Outcome>
  late(row: OutboxRow, copies: Copy[]): Promise<void>
  receive(update: unknown): Promise<'stored' | 'not-an-update'>
  /** Why no updates come in; null while they can. */
  alive: Alive
  /** Starts receiving, into this store. */
  begin(store: Store): void
  stop(): Promise<void>
}
type Opening = {
  config: Config
  desk: Desk
  owner: string
  finder: () => Finder
  memory: Memory
  halt: AbortSignal
  restored: boolean
}

/** Everything that knows Telegram, put together. @throws {StartFailure} when the token is wrong. */
export const openTelegram = async (opening: Opening): Promise<Telegram> => {
  const { config, desk, owner, finder, memory, halt, restored } = opening
  const api = apiOf(config)
  const me = await whoAmI(api, desk, halt)
  const membership = createMembership(api, desk.log)
  const known = await outages.follow(desk)
  memory.show(known)
  const { answered } = memory
  const house = { desk, pace: config.pace, finder, outages: known, answered, isMember: membership.isMember }
  const bot: Bot<Ctx> = createBot({ token: config.botToken, me, apiRoot: config.botApiRoot, house })
  bot.api.config.use(await keepQuiet(desk))
  await enrol(desk, config)
  await settle({ api, desk, config, me })
  if (restored) await tellPaused(api, desk)
  await tellTelegram({ api, desk, owner, webhook: config.webhook }).catch((error) =>
    desk.log.warn('lead.failed', fault(error)),
  )
  let polling: Polling | null = null
  let alarm: Alarm | null = null
  const webhook = config.webhook && webhookAlive(api, config.webhook.url)
  let store: Store = (rows) => storeByItself(desk.db, rows)
  return {
    handle: createHandle({ bot, desk, membership }),
    setAside: createSetAside(desk),
    deliver: createDeliver({ api, desk }),
    late: async (row, copies) => {
      desk.log.warn('outbox.late', { row: row.id, copies: copies.length })
      for (const { chat, copy } of copies) await api.deleteMessage(chat, copy).catch(() => {})
    },
    receive: async (update) => {
      if (!isUpdate(update)) return 'not-an-update'
      await receive({ desk, store, memory }, [update as Update])
      return 'stored'
    },
    alive: async () => (await (polling?.alive ?? webhook)?.()) ?? null,
    begin: (into) => {
      store = into
      if (!config.webhook) polling = poll({ api, desk, owner, store, memory })
      // A restored copy says nothing to anybody.
      if (!restored) alarm = keepAlarm({ api, desk, owner })
    },
    stop: async () => {
      await Promise.all([polling?.stop(), alarm?.stop()])
    },
  }
}

export const apiOf = ({ botToken, botApiRoot }: Config): Api => new Api(botToken, clientOptions(botApiRoot))

/** Past the outbox, which is what stands still. */
const tellPaused = async (api: Api, desk: Desk): Promise<void> => {
  for (const chat of await desks.chats(desk)) {
    await api.sendMessage(chat, desk.texts().t(DESK_LANG, 'resume.paused')).catch(() => {})
  }
}

const whoAmI = async (api: Api, desk: Desk, halt: AbortSignal): Promise<UserFromGetMe> => {
  for (;;) {
    try {
      return await api.getMe(halt as Parameters<Api['getMe']>[0])
    } catch (error) {
      halt.throwIfAborted()
      if (error instanceof GrammyError && [401, 404].includes(error.error_code)) {
        throw new StartFailure(
          'Telegram does not know this BOT_TOKEN: take the token again from @BotFather (/mybots → API Token).',
        )
      }
      if (!(error instanceof HttpError || error instanceof GrammyError)) throw error
      desk.log.error('telegram.away', {
        remedy: 'check the network and BOT_API_ROOT; I go on trying',
        ...outage(error),
      })
      await setTimeout(3_000, null, { signal: halt })
    }
  }
}

/** Logs are read by whoever runs the machine. */
const LOG_LANG = 'en'

const enrol = async (desk: Desk, config: Config): Promise<void> => {
  await operators.enrol(desk, [
    ...config.adminIds.map((externalId) => ({ externalId, roles: ['operator', 'admin'] as operators.Role[] })),
    ...config.operatorIds.map((externalId) => ({ externalId, roles: ['operator'] as operators.Role[] })),
  ])
}

/** The first desk group; what it lacks is said with its remedy, and does not keep citizens from their answers. */
const settle = async ({
  api,
  desk,
  config,
  me,
}: {
  api: Api
  desk: Desk
  config: Config
  me: UserFromGetMe
}): Promise<void> => {
  if (config.adminIds.length === 0)
    desk.log.warn('roster.no_admin', { remedy: 'set ADMIN_IDS to the Telegram ids of the admins' })
  if (config.deskChatId === null) {
    if ((await desks.chats(desk)).length === 0) {
      desk.log.warn('desk.none', { remedy: 'set DESK_CHAT_ID, or let an admin send /desk in a forum group' })
    }
    return
  }
  const group = await api.getChat(config.deskChatId).catch(() => null)
  await desks.register(desk, config.deskChatId, group?.title ?? '')
  const seen = await lacks(api, config.deskChatId, me.id).catch((error): null => {
    desk.log.error('desk.unseen', { remedy: 'add the bot to the group DESK_CHAT_ID names', ...outage(error) })
    return null
  })
  if (seen && !isUnable(seen)) await desks.restore(desk, config.deskChatId)
  const missing = seen ?? []
  // Privacy mode hides words from a bot that is no administrator.
  if (missing.includes('not_admin') && !me.can_read_all_group_messages) missing.push('privacy')
  for (const lack of missing) desk.log.error('desk.lacks', { lack, remedy: desk.texts().t(LOG_LANG, `lack.${lack}`) })
}
