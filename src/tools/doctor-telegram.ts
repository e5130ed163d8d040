import type { Config } from '../config.ts'
import type { GroupFacts, TelegramFacts, WebhookFacts } from '../telegram/inspect.ts'
import type { Lack } from '../telegram/rights.ts'
import { bad, note, type Point, well } from './doctor-point.ts'

const MANY_PENDING = 100
const RECENT_MS = 60 * 60_000

type Remedy = (lack: Lack) => string

/** What Telegram says about the bot, its groups, its people and the way its updates come. */
export const telegramPoints = (facts: TelegramFacts, config: Config, remedyOf: Remedy): Point[] => {
  if (facts.reached === 'away') {
    return [bad('token', 'Telegram does not answer: check the network and BOT_API_ROOT.')]
  }
  if (facts.reached === 'wrong-token') {
    return [bad('token', 'Telegram does not know this BOT_TOKEN: take it again from @BotFather (/mybots → API Token).')]
  }
  return [
    well('token', `The bot is @${facts.username}.`),
    ...rosterPoints(config),
    ...groupPoints(facts.groups, remedyOf),
    privacyPoint(facts, remedyOf),
    ...receivingPoints(facts.webhook, config.webhook?.url.href ?? null),
  ]
}

const rosterPoints = ({ adminIds, operatorIds }: Config): Point[] => {
  if (adminIds.length > 0) return []
  const says = 'ADMIN_IDS names nobody, so nobody can register a group, admit operators or say /retry: set it.'
  return [operatorIds.length > 0 ? note('people', says) : bad('people', says)]
}

const groupPoints = (groups: GroupFacts[], remedyOf: Remedy): Point[] => {
  if (groups.length === 0) {
    return [bad('group', 'No desk group: set DESK_CHAT_ID, or let an admin send /desk in a forum group.')]
  }
  return groups.flatMap(({ chat, seen, lacks, absent }) => [
    ...(seen ? [] : [bad('group', `The bot cannot see the group ${chat}: add it there, or correct DESK_CHAT_ID.`)]),
    ...lacks.map((lack) => bad('rights', `In the group ${chat}: ${remedyOf(lack)}.`)),
    ...(seen && lacks.length === 0 ? [well('rights', `In the group ${chat} the bot may do all it needs.`)] : []),
    ...absent.map((id) =>
      bad('people', `${id} is not in the group ${chat} and so cannot work there: invite them, or take out the id.`),
    ),
  ])
}

type Sight = { readsAll: boolean; groups: GroupFacts[] }

const privacyPoint = ({ readsAll, groups }: Sight, remedyOf: Remedy): Point => {
  const blind = groups.some(({ seen, lacks }) => seen && lacks.includes('not_admin'))
  if (readsAll || !blind) return well('privacy', 'The bot sees what is written in its groups.')
  return bad('privacy', `The bot does not see what operators write: ${remedyOf('privacy')}.`)
}

const receivingPoints = (webhook: WebhookFacts, wanted: string | null): Point[] => {
  return [
    ...(wanted === null ? pollingPoints(webhook) : webhookPoints(webhook, wanted)),
    ...(webhook.pending_update_count > MANY_PENDING
      ? [note('updates', `${webhook.pending_update_count} updates wait at Telegram: start the desk; none is dropped.`)]
      : []),
  ]
}

const pollingPoints = ({ url }: WebhookFacts): Point[] =>
  url === ''
    ? [well('updates', 'They are fetched by long polling.')]
    : [
        bad(
          'updates',
          `Telegram sends them to ${hostOf(url)}, but WEBHOOK_URL is not set: set it, or start the desk, which takes that webhook away.`,
        ),
      ]

const webhookPoints = ({ url, lastErrorAt, last_error_message, unasked }: WebhookFacts, wanted: string): Point[] => {
  if (url !== wanted) {
    const now = url === '' ? 'no webhook is set' : `the webhook is ${hostOf(url)}`
    return [bad('updates', `At Telegram ${now}, not WEBHOOK_URL: start the desk, which sets it.`)]
  }
  const recent = lastErrorAt !== null && Date.now() - lastErrorAt.getTime() < RECENT_MS
  return [
    ...(recent
      ? [
          bad(
            'updates',
            `Telegram could not deliver at ${lastErrorAt.toISOString()}: ${last_error_message ?? 'no reason given'}.`,
          ),
        ]
      : [well('updates', 'Telegram sends them to WEBHOOK_URL.')]),
    ...(unasked.length > 0
      ? [bad('updates', `The webhook leaves out ${unasked.join(', ')}: start the desk, which asks for them.`)]
      : []),
  ]
}

/** Never the path: some put a secret there. */
const hostOf = (url = ''): string => (URL.canParse(url) ? new URL(url).host : 'another address')
