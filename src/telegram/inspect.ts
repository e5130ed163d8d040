import { Api, GrammyError } from 'grammy'
import type { WebhookInfo } from 'grammy/types'
import { clientOptions } from './bot.ts'
import { ALLOWED_UPDATES } from './receive.ts'
import { type Lack, lacks } from './rights.ts'

export type GroupFacts = { chat: number; seen: boolean; lacks: Lack[]; absent: number[] }
export type WebhookFacts = Pick<WebhookInfo, 'url' | 'pending_update_count' | 'last_error_message'> & {
  lastErrorAt: Date | null
  /** Kinds of updates the desk needs and Telegram does not send. */
  unasked: string[]
}
export type TelegramFacts =
  | { reached: 'away' }
  | { reached: 'wrong-token' }
  | { reached: 'yes'; username: string; readsAll: boolean; webhook: WebhookFacts; groups: GroupFacts[] }
type Wanted = { token: string; apiRoot: string | null; chats: number[]; people: number[] }

/** Looks at the bot, its groups and its webhook; changes nothing. */
export const inspectTelegram = async ({ token, apiRoot, chats, people }: Wanted): Promise<TelegramFacts> => {
  const api = new Api(token, { ...clientOptions(apiRoot), timeoutSeconds: 8 })
  try {
    const me = await api.getMe()
    const groups: GroupFacts[] = []
    for (const chat of chats) groups.push(await inspectGroup(api, chat, { bot: me.id, people }))
    const webhook = webhookFacts(await api.getWebhookInfo())
    return { reached: 'yes', username: me.username, readsAll: me.can_read_all_group_messages, webhook, groups }
  } catch (error) {
    const refused = error instanceof GrammyError && [401, 404].includes(error.error_code)
    return { reached: refused ? 'wrong-token' : 'away' }
  }
}

/** How far this machine's clock is behind Telegram's (negative: ahead), to a second; null: it did not say. */
export const clockOfTelegram = async (apiRoot: string | null): Promise<number | null> => {
  const before = Date.now()
  const answer = await fetch(apiRoot ?? 'https://api.telegram.org', {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(8_000),
  }).catch(() => null)
  const told = Date.parse(answer?.headers.get('date') ?? '')
  return Number.isNaN(told) ? null : told + 500 - (before + Date.now()) / 2
}

const inspectGroup = async (
  api: Api,
  chat: number,
  { bot, people }: { bot: number; people: number[] },
): Promise<GroupFacts> => {
  try {
    const missing = await lacks(api, chat, bot)
    const standing = await Promise.all(people.map((person) => isInside(api, chat, person)))
    return { chat, seen: true, lacks: missing, absent: people.filter((_, n) => !standing[n]) }
  } catch (error) {
    if (error instanceof GrammyError && error.error_code !== 401) return { chat, seen: false, lacks: [], absent: [] }
    throw error
  }
}

const isInside = async (api: Api, chat: number, person: number): Promise<boolean> => {
  try {
    const member = await api.getChatMember(chat, person)
    return member.status === 'restricted' ? member.is_member : !['left', 'kicked'].includes(member.status)
  } catch (error) {
    if (error instanceof GrammyError) return false
    throw error
  }
}

const webhookFacts = (info: WebhookInfo): WebhookFacts => ({
  url: info.url ?? '',
  pending_update_count: info.pending_update_count,
  last_error_message: info.last_error_message,
  lastErrorAt: info.last_error_date === undefined ? null : new Date(info.last_error_date * 1_000),
  unasked: ALLOWED_UPDATES.filter((kind) => !(info.allowed_updates?.includes(kind) ?? !ONLY_WHEN_ASKED.has(kind))),
})

/** Telegram's own choice, where no kinds were named, leaves these out. */
const ONLY_WHEN_ASKED: ReadonlySet<string> = new Set(['chat_member', 'message_reaction'])
