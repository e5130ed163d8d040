import type { Api } from 'grammy'
import type { BotCommand, BotCommandScope } from 'grammy/types'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import * as desks from '../desk/desks.ts'
import * as operators from '../desk/operators.ts'
import { fault } from '../log.ts'
import { hold, letGo } from '../mail/leases.ts'
import { ALLOWED_UPDATES } from './receive.ts'

type Webhook = { url: URL; secrets: [string, ...string[]] } | null
type Lead = { api: Api; desk: Desk; owner: string; webhook: Webhook }

const CITIZEN = [
  'start',
  'menu',
  'questions',
  'operator',
  'feedback',
  'appeals',
  'contest',
  'fraud',
  'check',
  'aid',
  'report',
  'about',
  'recovery',
  'status',
  'callback',
  'news',
  'sources',
  'service',
  'plain',
  'mydata',
  'consent',
  'forget',
  'language',
  'help',
]
const OPERATOR = [
  'take',
  'release',
  'transfer',
  'close',
  'reject',
  'note',
  'scheme',
  'r',
  'unsend',
  'was',
  'reopen',
  'takeover',
  'online',
  'break',
  'offline',
  'people',
  'queue',
  'mine',
  'find',
  'history',
  'stats',
  'outage',
  'help',
]
const ADMIN = [
  ...OPERATOR,
  'facts',
  'gaps',
  'content',
  'reload',
  'desk',
  'retry',
  'resume',
  'broadcast',
  'audit',
  'ban',
  'unban',
  'bans',
]

/** What one replica tells Telegram at the start: where updates go, and which commands each person sees. */
export const tellTelegram = async (lead: Lead): Promise<void> => {
  if (!(await hold(lead.desk.db, { name: 'lead', owner: lead.owner, seconds: 20 }))) return
  try {
    await setReceiving(lead)
    await setCommands(lead).catch((error) => lead.desk.log.warn('commands.failed', fault(error)))
  } finally {
    // Kept, it would silence a replica that starts a moment later with another WEBHOOK_URL.
    await letGo(lead.desk.db, 'lead', lead.owner)
  }
}

/** What waits at Telegram is never dropped. */
const setReceiving = async ({ api, webhook }: Lead): Promise<void> => {
  const info = await api.getWebhookInfo()
  if (!webhook) {
    if (info.url) await api.deleteWebhook()
    return
  }
  await api.setWebhook(webhook.url.href, {
    secret_token: webhook.secrets[0],
    allowed_updates: ALLOWED_UPDATES,
    max_connections: 40,
  })
}

export const setCommands = async ({ api, desk }: Pick<Lead, 'api' | 'desk'>): Promise<void> => {
  const texts = desk.texts()
  for (const lang of texts.langs) {
    const scope: BotCommandScope = { type: 'all_private_chats' }
    const commands = described(desk, lang, CITIZEN)
    // Telegram's list without a language is for everyone who speaks none of the others.
    if (lang === 'en') await api.setMyCommands(commands, { scope })
    await api.setMyCommands(commands, { scope, language_code: lang as 'en' })
  }
  for (const chat_id of await desks.chats(desk)) {
    await api.setMyCommands(described(desk, DESK_LANG, OPERATOR), { scope: { type: 'chat', chat_id } })
    for (const user_id of await operators.admins(desk)) {
      const scope: BotCommandScope = { type: 'chat_member', chat_id, user_id }
      await api.setMyCommands(described(desk, DESK_LANG, ADMIN), { scope }).catch(() => {})
    }
  }
}

const described = (desk: Desk, lang: string, names: string[]): BotCommand[] =>
  names.map((command) => ({ command, description: desk.texts().t(lang, `command.${command}`) }))
