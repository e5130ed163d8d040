import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Action, type Actor, authorize } from '../../src/desk/authorize.ts'
import type { Operator, Role } from '../../src/desk/operators.ts'

const DOC = 'docs/authorization.md'
const [CITIZEN, ME, OTHER] = [11, 21, 22]

/** Every action there is, as the source has it: one that is added without a row here fails the test. */
const source = readFileSync('src/desk/authorize.ts', 'utf8')
const union = source.slice(source.indexOf('export type Action ='), source.indexOf('export type Verdict'))
const ACTIONS = [...union.matchAll(/\| '([a-z-]+)'/g)].map(([, name]) => name as Action)

const person = (roles: Role[], state: Operator['state'] = 'active'): Operator => ({
  id: ME,
  externalId: 5002,
  name: 'Пётр',
  state,
  roles,
  lines: [],
})
const SENIORS = [OTHER]
const desk = (
  roles: Role[],
  { member = true, state = 'active' as Operator['state'], seniors = [] as number[] } = {},
): Actor => ({
  kind: 'operator',
  operator: person(roles, state),
  member,
  seniors,
})

const ACTORS: Record<string, Actor> = {
  nobody: { kind: 'nobody' },
  'the citizen': { kind: 'citizen', id: CITIZEN },
  'another citizen': { kind: 'citizen', id: CITIZEN + 1 },
  'only seen': desk(['operator', 'senior', 'admin'], { state: 'seen' }),
  'left the desk': desk(['operator', 'senior', 'admin'], { state: 'left' }),
  'no role': desk([]),
  'left the group': desk(['operator', 'senior', 'admin'], { member: false }),
  operator: desk(['operator']),
  'operator, seniors there': desk(['operator'], { seniors: SENIORS }),
  senior: desk(['operator', 'senior'], { seniors: [ME] }),
  'one of two seniors': desk(['operator', 'senior'], { seniors: [ME, OTHER] }),
  admin: desk(['operator', 'admin'], { seniors: [ME] }),
  'senior and admin': desk(['operator', 'senior', 'admin'], { seniors: [ME, OTHER] }),
}

const HANDS = { free: null, mine: ME, theirs: OTHER }
const STATES = { accepted: false, 'in progress': false, completed: true, rejected: true }
const KINDS = { usual: {}, complaint: { barredId: null }, 'about me': { barredId: ME } }

type Case = { name: string; appeal: Parameters<typeof authorize>[2] }
const CASES: Case[] = [
  { name: 'no appeal', appeal: null },
  ...Object.entries(STATES).flatMap(([state, closed]) =>
    Object.entries(HANDS).flatMap(([hands, ownerId]) =>
      Object.entries(KINDS).flatMap(([kind, complaint]) =>
        [false, true].map((forgotten) => ({
          name: [state, hands, kind, ...(forgotten ? ['forgotten'] : [])].join(', '),
          appeal: {
            citizenId: CITIZEN,
            ownerId,
            closedAt: closed ? new Date(0) : null,
            kind: kind === 'usual' ? ('operator' as const) : ('complaint' as const),
            ...complaint,
            forgottenAt: forgotten ? new Date(0) : null,
          },
        })),
      ),
    ),
  ),
]

/** What is allowed of one action to one actor, case by case: «+» and «·» in the order of CASES. */
const now = (actor: Actor, action: Action): string =>
  CASES.map(({ appeal }) => (authorize(actor, action, appeal).allowed ? '+' : '·')).join('')

const letterOf = (n: number): string => String.fromCharCode(65 + (n % 26)) + (n < 26 ? '' : String(Math.floor(n / 26)))

const draw = (): string => {
  const known = new Map<string, string>([
    ['·'.repeat(CASES.length), '–'],
    ['+'.repeat(CASES.length), 'always'],
  ])
  const labelOf = (pattern: string): string => {
    if (!known.has(pattern)) known.set(pattern, letterOf(known.size - 2))
    return known.get(pattern) ?? ''
  }
  const rows = ACTIONS.map((action) => [
    `\`${action}\``,
    ...Object.values(ACTORS).map((actor) => labelOf(now(actor, action))),
  ])
  const labels = [...known].slice(2)
  const legend = CASES.map(({ name }, at) => [name, ...labels.map(([pattern]) => (pattern[at] === '+' ? '+' : '·'))])
  const table = (head: string[], lines: string[][]) =>
    [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return `# Who may do what

Drawn from \`src/desk/authorize.ts\` by \`UPDATE=1 npx vitest run test/house/authorization.test.ts\`, read by people, and walked cell by cell
(${ACTIONS.length} actions × ${Object.keys(ACTORS).length} actors × ${CASES.length} cases) by the same test without \`UPDATE\`: an action without a row, or a rule that changed, fails it.

Nobody is: a stranger, an anonymous admin, a channel, another bot, a forwarded command. A role counts only together with fresh membership of the group.
«–»: never. «always»: whatever the appeal. A letter: in the cases of the second table.

${table(['action', ...Object.keys(ACTORS)], rows)}

## The cases

State of the appeal, in whose hands, what kind (a complaint may be about the very person), and whether its citizen had it forgotten.

${table(['case', ...labels.map(([, label]) => label)], legend)}
`
}

/** Action and actor → what the document allows. */
const written = (): Map<string, string> => {
  const doc = readFileSync(DOC, 'utf8')
  const tables = doc.split('## The cases').map((part) =>
    part
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.slice(2, -2).split(' | ')),
  )
  const [actions = [], cases = []] = tables
  const labels = cases[0]?.slice(1) ?? []
  const patternOf = (label: string): string => {
    if (label === '–') return '·'.repeat(CASES.length)
    if (label === 'always') return '+'.repeat(CASES.length)
    const column = labels.indexOf(label) + 1
    return CASES.map(({ name }) => cases.find(([one]) => one === name)?.[column] ?? '?').join('')
  }
  const actors = actions[0]?.slice(1) ?? []
  return new Map(
    actions
      .slice(2)
      .flatMap(([action = '', ...cells]) =>
        cells.map((label, at) => [`${action.replaceAll('`', '')}: ${actors[at]}`, patternOf(label)] as const),
      ),
  )
}

test('every action, actor and case is as docs/authorization.md says', () => {
  if (process.env.UPDATE) writeFileSync(DOC, draw())
  const allowed = written()
  let cells = 0
  for (const action of ACTIONS) {
    for (const [name, actor] of Object.entries(ACTORS)) {
      const wanted = allowed.get(`${action}: ${name}`)
      expect(
        wanted,
        `docs/authorization.md has no row for ${action}, ${name}: draw it with UPDATE=1 and read it`,
      ).toBeDefined()
      const found = now(actor, action)
      for (const [at, { name: where }] of CASES.entries()) {
        cells += 1
        if (found[at] !== wanted?.[at])
          expect.fail(`${action}, ${name}, ${where}: the document says ${wanted?.[at]}, the code ${found[at]}`)
      }
    }
  }
  expect(cells).toBeGreaterThanOrEqual(3_000)
  expect(allowed.size).toBe(ACTIONS.length * Object.keys(ACTORS).length)
})

test('nobody, strangers and those who left may do nothing at all', () => {
  for (const action of ACTIONS)
    for (const name of ['nobody', 'only seen', 'left the desk', 'no role', 'left the group'])
      expect(now(ACTORS[name] as Actor, action), `${action}, ${name}`).not.toContain('+')
})
