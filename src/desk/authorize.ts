import type { Appeal } from './appeals.ts'
import { isSenior, type Operator } from './operators.ts'

/** Who acts, as the messenger has proved it. Membership is a fact of the moment, never remembered for long. */
export type Actor =
  | { kind: 'citizen'; id: number }
  | { kind: 'operator'; operator: Operator; member: boolean; seniors?: readonly number[] }
  | { kind: 'nobody' }

export type Action =
  | 'read-own'
  | 'write-own'
  | 'rate'
  | 'reopen-own'
  | 'take'
  | 'answer'
  | 'release'
  | 'transfer'
  | 'close'
  | 'reject'
  | 'note'
  | 'release-held'
  | 'publish-scheme'
  /** Decides over an appeal that is somebody else's: takeover, giving it to a colleague. */
  | 'assign'
  | 'shift'
  | 'see-people'
  | 'manage-people'
  | 'grant'
  | 'reveal'
  | 'hide'
  | 'withdraw'
  | 'reopen'
  | 'see-queue'
  | 'find'
  | 'see-stats'
  | 'approve'
  | 'register-desk'
  | 'retry'
  | 'check-fact'
  | 'see-words'
  | 'see-audit'
  | 'resume'
  | 'own-data'
  | 'second'
  | 'mark-outage'
  | 'broadcast'
  | 'ban'
  | 'see-bans'

export type Verdict =
  | { allowed: true }
  | {
      allowed: false
      why:
        | 'not-yours'
        | 'not-operator'
        | 'not-member'
        | 'not-owner'
        | 'not-admin'
        | 'not-senior'
        | 'closed'
        | 'not-closed'
        | 'about-you'
        | 'seniors-only'
        | 'forgotten'
        | 'not-senior'
    }

type Case =
  | (Pick<Appeal, 'citizenId' | 'ownerId' | 'closedAt'> & Partial<Pick<Appeal, 'kind' | 'barredId' | 'forgottenAt'>>)
  | null

/** Stands before every effect; what is not named here is denied. */
export const authorize = (actor: Actor, action: Action, appeal: Case = null): Verdict => {
  if (actor.kind === 'nobody') return no('not-operator')
  if (actor.kind === 'citizen') return ofCitizen(actor.id, action, appeal)
  const { operator, member } = actor
  const working = operator.state === 'active' && operator.roles.length > 0
  if (!working) return no('not-operator')
  if (!member) return no('not-member')
  if (action === 'second') return operator.roles.some((role) => role !== 'operator') ? yes : no('not-admin')
  if (ADMIN.has(action)) return operator.roles.includes('admin') ? yes : no('not-admin')
  if (action === 'see-stats') return operator.roles.some((role) => role !== 'operator') ? yes : no('not-senior')
  if (action === 'broadcast' || action === 'see-bans') return leads(operator) ? yes : no('not-senior')
  if (appeal?.forgottenAt && !LOOKING.has(action)) return no('forgotten')
  return ofComplaint(actor, action, appeal) ?? ofOperator(operator, action, appeal)
}

const ADMIN: ReadonlySet<Action> = new Set([
  'approve',
  'register-desk',
  'retry',
  'check-fact',
  'see-words',
  'see-audit',
  'resume',
  'grant',
])
const OWNER: ReadonlySet<Action> = new Set(['answer', 'release', 'transfer', 'close', 'reject', 'reveal'])
const DESK: ReadonlySet<Action> = new Set([
  'take',
  'note',
  'release-held',
  'hide',
  'withdraw',
  'see-queue',
  'find',
  'reopen',
])
const LOOKING: ReadonlySet<Action> = new Set(['see-queue', 'find'])

const ofCitizen = (id: number, action: Action, appeal: Case): Verdict => {
  if (action === 'own-data') return yes
  if (!['read-own', 'write-own', 'rate', 'reopen-own'].includes(action)) return no('not-operator')
  // What was forgotten is nobody's any more, a row of numbers and dates.
  if (appeal === null || appeal.citizenId !== id || appeal.forgottenAt) return no('not-yours')
  if (action === 'write-own') return appeal.closedAt === null ? yes : no('closed')
  if (action === 'rate' || action === 'reopen-own') return appeal.closedAt === null ? no('not-closed') : yes
  return yes
}

/** A complaint is never in the hands or the sight of the one it is about; seniors and admins handle it where there is another one. */
const ofComplaint = (
  { operator, seniors = [] }: Extract<Actor, { kind: 'operator' }>,
  action: Action,
  appeal: Case,
): Verdict | null => {
  if (appeal?.kind !== 'complaint') return null
  if (appeal.barredId === operator.id) return no('about-you')
  if (LOOKING.has(action)) return null
  const others = seniors.filter((id) => id !== appeal.barredId)
  return others.length === 0 || others.includes(operator.id) ? null : no('seniors-only')
}

const leads = ({ roles }: Operator): boolean => roles.includes('senior') || roles.includes('admin')

const ofOperator = (operator: Operator, action: Action, appeal: Case): Verdict => {
  if (action === 'see-queue' || action === 'find' || action === 'mark-outage') return yes
  if (action === 'publish-scheme') return isSenior(operator) ? yes : no('not-senior')
  if (action === 'shift' || action === 'see-people') return yes
  if (action === 'manage-people') return isSenior(operator) ? yes : no('not-senior')
  if (appeal === null) return no('not-operator')
  if (action === 'assign') return ofReleasing(operator, appeal)
  if (action === 'ban') return isSenior(operator) ? yes : no('not-senior')
  if (OWNER.has(action)) {
    if (appeal.closedAt !== null) return no('closed')
    const senior = operator.roles.includes('senior') && action !== 'answer' && action !== 'reveal'
    return appeal.ownerId === operator.id || senior ? yes : no('not-owner')
  }
  if (!DESK.has(action)) return no('not-operator')
  if (action === 'release-held') return ofReleasing(operator, appeal)
  if (action === 'take') return appeal.closedAt === null ? yes : no('closed')
  if (action === 'reopen') return appeal.closedAt === null ? no('not-closed') : yes
  return yes
}

/** What a guard stopped, or what is in other hands, a senior or an admin may decide on. */
const ofReleasing = (operator: Operator, { closedAt }: NonNullable<Case>): Verdict => {
  if (closedAt !== null) return no('closed')
  return isSenior(operator) ? yes : no('not-senior')
}

const yes: Verdict = { allowed: true }
const no = (why: Extract<Verdict, { allowed: false }>['why']): Verdict => ({ allowed: false, why })
