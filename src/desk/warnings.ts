import type { Appeal } from './appeals.ts'
import * as bans from './bans.ts'
import * as citizens from './citizens.ts'
import type { Desk } from './desk.ts'
import * as fraudHint from './fraud-hint.ts'
import type { Vars } from './letters.ts'

/** What whoever works on an appeal must not miss, as a phrase of locales. */
export type Warning = { phrase: string; vars?: Vars; moments?: Record<string, Date> }

/** The place for every warning of the card, in the order in which they are shown. Null: nothing to warn of. */
const WARNINGS: ((desk: Desk, appeal: Appeal) => Warning | null | Promise<Warning | null>)[] = [
  async (desk, { citizenId }) =>
    (await citizens.byId(desk, citizenId))?.unreachableSince ? { phrase: 'card.unreachable' } : null,
  async (desk, { id }) => ((await fraudHint.isSeen(desk, id)) ? { phrase: 'card.fraud_seen' } : null),
  async (desk, { citizenId }) => banned(await bans.of(desk, citizenId)),
  async (desk, { citizenId }) => ((await bans.of(desk, citizenId))?.shadow ? { phrase: 'ban.one_shadow' } : null),
  (_, { urgent, closedAt }) => (urgent && closedAt === null ? { phrase: 'card.urgent' } : null),
]

const banned = (ban: bans.Ban | null): Warning | null => {
  if (!ban) return null
  return ban.until === null ? { phrase: 'card.banned' } : { phrase: 'card.banned_until', moments: { until: ban.until } }
}

export const warningsOf = async (desk: Desk, appeal: Appeal): Promise<Warning[]> =>
  (await Promise.all(WARNINGS.map((warning) => warning(desk, appeal)))).filter((one) => one !== null)
