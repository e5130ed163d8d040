import { conversations } from '@grammyjs/conversations'
import { Bot, type NextFunction } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import * as bans from '../desk/bans.ts'
import * as citizens from '../desk/citizens.ts'
import { DESK_LANG } from '../desk/desk.ts'
import { masked } from '../desk/secrets/hidden.ts'
import { warnOfSecrets } from './citizen/secrets.ts'
import { clean } from './content.ts'
import type { Ctx, House } from './context.ts'
import { deskGroup, place } from './group.ts'
import { privateChat } from './private.ts'
import { conversationStore } from './states.ts'
import { inTurn } from './turns.ts'

export type BotOptions = { token: string; me: UserFromGetMe; apiRoot: string | null; house: House }

/** The whole order of handling on one screen. An error here is the inbox's: it tries again or sets the update aside. */
export const createBot = ({ token, me, apiRoot, house }: BotOptions): Bot<Ctx> => {
  const bot = new Bot<Ctx>(token, { botInfo: me, client: clientOptions(apiRoot) })
  bot.api.config.use(inTurn(house))
  bot.use(async (ctx, next) => {
    ctx.key = `tg:${ctx.update.update_id}`
    ctx.house = { ...house, desk: { ...house.desk, db: house.desk.db.causedBy(ctx.key) } }
    ctx.operator = null
    ctx.appealId = null
    ctx.isDesk = false
    ctx.talk = null
    await next()
  })

  const direct = bot.chatType('private')
  direct.use(meet)
  direct.use(warnOfSecrets)
  direct.use(conversations<Ctx, Ctx>({ storage: { type: 'context', version: 1, adapter: conversationStore() } }))
  direct.use(privateChat())

  const group = bot.chatType(['group', 'supergroup'])
  group.use(inDeskWords)
  group.use(place)
  group.use(deskGroup())
  return bot
}

/** Longer than any lease of a row would be too long: a call is given up before its row is taken by somebody else. */
export const clientOptions = (apiRoot: string | null) => ({
  ...(apiRoot ? { apiRoot } : {}),
  timeoutSeconds: 25,
  canUseWebhookReply: () => false,
})

const meet = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  if (!ctx.from || ctx.from.is_bot) return
  const texts = ctx.house.desk.texts()
  const name = masked(clean([ctx.from.first_name, ctx.from.last_name].filter(Boolean).join(' '))).slice(0, 100)
  const person = { externalId: ctx.from.id, lang: texts.lang(ctx.from.language_code), name }
  ctx.citizen = await citizens.meet(ctx.house.desk, person, { key: ctx.key, speaks: ctx.message !== undefined })
  ctx.ban = ctx.citizen.banned ? await bans.of(ctx.house.desk, ctx.citizen.id) : null
  ctx.lang = ctx.citizen.lang
  ctx.t = (key, vars) => texts.t(ctx.lang, key, vars)
  await next()
}

const inDeskWords = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const texts = ctx.house.desk.texts()
  ctx.lang = DESK_LANG
  ctx.t = (key, vars) => texts.t(DESK_LANG, key, vars)
  await next()
}
