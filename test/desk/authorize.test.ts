import { expect, test } from 'vitest'
import { type Action, type Actor, authorize } from '../../src/desk/authorize.ts'
import type { Operator, Role } from '../../src/desk/operators.ts'

const CITIZEN = 11
const ME = 21

const person = (roles: Role[], extra: Partial<Operator> = {}): Operator => ({
  id: ME,
  externalId: 5002,
  name: 'Пётр',
  state: 'active',
  roles,
  lines: [],
  ...extra,
})
const atDesk = (operator: Operator, member = true): Actor => ({ kind: 'operator', operator, member })

const ACTORS = {
  stranger: { kind: 'nobody' },
  seen: atDesk(person([], { state: 'seen' })),
  'roles but left the desk': atDesk(person(['operator'], { state: 'left' })),
  'active without a role': atDesk(person([])),
  'not in the group': atDesk(person(['operator', 'senior', 'admin']), false),
  'the citizen': { kind: 'citizen', id: CITIZEN },
  'another citizen': { kind: 'citizen', id: CITIZEN + 1 },
  operator: atDesk(person(['operator'])),
  senior: atDesk(person(['operator', 'senior'])),
  admin: atDesk(person(['operator', 'admin'])),
} satisfies Record<string, Actor>

const appeal = (ownerId: number | null, closed: boolean) => ({
  citizenId: CITIZEN,
  ownerId,
  closedAt: closed ? new Date() : null,
})
const CASES = {
  none: null,
  free: appeal(null, false),
  mine: appeal(ME, false),
  theirs: appeal(ME + 1, false),
  'mine, closed': appeal(ME, true),
  'theirs, closed': appeal(ME + 1, true),
}
type Where = keyof typeof CASES

const ACTIONS: Action[] = [
  'read-own',
  'write-own',
  'rate',
  'reopen-own',
  'take',
  'answer',
  'release',
  'transfer',
  'close',
  'reject',
  'note',
  'release-held',
  'publish-scheme',
  'reveal',
  'hide',
  'withdraw',
  'reopen',
  'see-queue',
  'find',
  'approve',
  'register-desk',
  'retry',
  'check-fact',
  'see-words',
  'mark-outage',
  'broadcast',
  'assign',
  'shift',
  'see-people',
  'manage-people',
  'grant',
  'ban',
  'see-bans',
]

const everywhere = Object.keys(CASES) as Where[]
const open: Where[] = ['free', 'mine', 'theirs']
const closed: Where[] = ['mine, closed', 'theirs, closed']
const owned: Partial<Record<Action, Where[]>> = {
  release: ['mine'],
  transfer: ['mine'],
  close: ['mine'],
  reject: ['mine'],
}
const desk: Partial<Record<Action, Where[]>> = {
  take: open,
  answer: ['mine'],
  reveal: ['mine'],
  hide: [...open, ...closed],
  ...owned,
  note: [...open, ...closed],
  withdraw: [...open, ...closed],
  reopen: closed,
  'see-queue': everywhere,
  find: everywhere,
  'mark-outage': everywhere,
  shift: everywhere,
  'see-people': everywhere,
}
const over: Partial<Record<Action, Where[]>> = { assign: open, 'manage-people': everywhere }
/** Everything that is allowed at all; what is not written here is denied. */
const ALLOWED: Partial<Record<keyof typeof ACTORS, Partial<Record<Action, Where[]>>>> = {
  'the citizen': { 'read-own': [...open, ...closed], 'write-own': open, rate: closed, 'reopen-own': closed },
  operator: desk,
  senior: {
    ...desk,
    ...over,
    'release-held': open,
    'publish-scheme': everywhere,
    release: open,
    transfer: open,
    close: open,
    reject: open,
    broadcast: everywhere,
    ban: [...open, ...closed],
    'see-bans': everywhere,
  },
  admin: {
    ...desk,
    ...over,
    grant: everywhere,
    'release-held': open,
    'publish-scheme': everywhere,
    approve: everywhere,
    'register-desk': everywhere,
    retry: everywhere,
    'check-fact': everywhere,
    'see-words': everywhere,
    broadcast: everywhere,
    ban: [...open, ...closed],
    'see-bans': everywhere,
  },
}

const rows = (Object.keys(ACTORS) as (keyof typeof ACTORS)[]).flatMap((actor) =>
  ACTIONS.map((action) => ({ actor, action })),
)

test.each(rows)('$actor: $action', ({ actor, action }) => {
  for (const where of everywhere) {
    const wanted = ALLOWED[actor]?.[action]?.includes(where) ?? false
    expect({ where, allowed: authorize(ACTORS[actor], action, CASES[where]).allowed }).toEqual({
      where,
      allowed: wanted,
    })
  }
})

test('whoever is refused learns the reason that helps', () => {
  const why = (actor: Actor, action: Action, where: Where) => {
    const verdict = authorize(actor, action, CASES[where])
    return verdict.allowed ? 'allowed' : verdict.why
  }
  expect(why(ACTORS.stranger, 'take', 'free')).toBe('not-operator')
  expect(why(ACTORS.seen, 'take', 'free')).toBe('not-operator')
  expect(why(ACTORS['not in the group'], 'take', 'free')).toBe('not-member')
  expect(why(ACTORS.operator, 'answer', 'free')).toBe('not-owner')
  expect(why(ACTORS.operator, 'answer', 'theirs')).toBe('not-owner')
  expect(why(ACTORS.operator, 'close', 'mine, closed')).toBe('closed')
  expect(why(ACTORS.operator, 'take', 'theirs, closed')).toBe('closed')
  expect(why(ACTORS.operator, 'reopen', 'mine')).toBe('not-closed')
  expect(why(ACTORS.operator, 'approve', 'none')).toBe('not-admin')
  expect(why(ACTORS.senior, 'retry', 'none')).toBe('not-admin')
  expect(why(ACTORS['another citizen'], 'read-own', 'mine')).toBe('not-yours')
  expect(why(ACTORS['the citizen'], 'take', 'free')).toBe('not-operator')
})

test('a complaint is never in the hands of the one it is about, and seniors handle it where there is another one', () => {
  const free = { ...appeal(null, false), kind: 'complaint' as const, barredId: ME + 5 }
  const from = (id: number, roles: Role[], seniors: number[], barredId: number | null = free.barredId) => {
    const actor = { ...atDesk(person(roles, { id })), seniors } as Actor
    const verdict = authorize(actor, 'take', { ...free, barredId })
    return verdict.allowed ? 'allowed' : verdict.why
  }
  expect(from(ME, ['operator', 'senior'], [ME])).toBe('allowed')
  expect(from(ME, ['operator'], [ME + 1])).toBe('seniors-only')
  expect(from(ME, ['operator'], [])).toBe('allowed')
  expect(from(ME, ['operator'], [ME + 5])).toBe('allowed')
  expect(from(ME + 5, ['operator', 'admin'], [ME + 5])).toBe('about-you')
  expect(from(ME, ['operator'], [ME + 1], null)).toBe('seniors-only')
})

test('a complaint is not looked at by the one it is about, and what was forgotten is nobody’s, also not its citizen’s', () => {
  const complaint = { ...appeal(null, false), kind: 'complaint' as const, barredId: ME }
  for (const action of ['find', 'see-queue', 'note', 'reveal'] as const)
    expect(authorize(ACTORS.admin, action, complaint)).toEqual({ allowed: false, why: 'about-you' })
  for (const action of ['read-own', 'write-own', 'rate', 'reopen-own'] as const)
    for (const closed of [false, true])
      expect(authorize(ACTORS['the citizen'], action, { ...appeal(null, closed), forgottenAt: new Date() })).toEqual({
        allowed: false,
        why: 'not-yours',
      })
})
