import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { createKeyring } from '../../src/db/keyring.ts'
import * as appeals from '../../src/desk/appeals.ts'
import * as citizens from '../../src/desk/citizens.ts'
import { contextOf } from '../../src/desk/context.ts'
import type { Desk } from '../../src/desk/desk.ts'
import * as handoff from '../../src/desk/handoff.ts'
import * as moves from '../../src/desk/moves.ts'
import * as operators from '../../src/desk/operators.ts'
import { createLog } from '../../src/log.ts'
import { loadTexts } from '../../src/texts.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { DATA_KEY } from '../house.ts'

let database: TestDatabase
let db: Db
let desk: Desk
let people: operators.Operator[]
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url)
  const texts = loadTexts()
  desk = { db, keys: createKeyring(db, DATA_KEY), log: createLog('silent'), texts: () => texts }
  const ids = [1, 2, 3, 4]
  await operators.enrol(
    desk,
    ids.map((externalId) => ({ externalId, roles: ['operator'] as operators.Role[] })),
  )
  people = (await Promise.all(ids.map((id) => operators.find(desk, id)))).filter((one) => one !== null)
  await db.run('update operators set capacity = 2')
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

let opened = 0
const anAppeal = async () => {
  opened += 1
  const citizen = await citizens.meet(desk, { externalId: 1_000 + opened, lang: 'ru', name: 'Вера' })
  const { appeal } = await appeals.open(desk, {
    origin: `o:${opened}`,
    citizen,
    kind: 'operator',
    line: 'services',
    context: contextOf('operator', []),
    said: [],
    current: true,
  })
  return appeal.id
}

type Deed = { kind: 'take' | 'release' | 'give' | 'takeover'; who: number; to: number; which: number }

const act = async (ids: number[], { kind, who, to, which }: Deed) => {
  const [me, you, id] = [people[who], people[to], ids[which]]
  if (!me || !you || id === undefined) return
  const appeal = await appeals.byId(desk, id)
  if (!appeal) return
  if (kind === 'take') await handoff.take(desk, id, me)
  else if (kind === 'release') await moves.release(desk, appeal, me)
  else await moves.give(desk, appeal, { to: you, by: me, how: kind === 'give' ? 'given' : 'takeover' })
}

/** What happened to an appeal, in order: an owner is followed by nobody or by another owner, never by two. */
const historyOf = async (id: number) =>
  await db.run<{ kind: string; version: string; operator: number }>(
    `select kind, split_part(key, ':', 3) as version, operator_id as operator from events
     where appeal_id = $1 and kind in ('taken', 'released') order by split_part(key, ':', 3)::int`,
    [id],
  )

test('whatever several people do at once, an appeal has one owner at most, and nobody more than fits', {
  timeout: 60_000,
}, async () => {
  const deed = fc.record({
    kind: fc.constantFrom<Deed['kind']>('take', 'take', 'release', 'give', 'takeover'),
    who: fc.nat(3),
    to: fc.nat(3),
    which: fc.nat(2),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(deed, { minLength: 2, maxLength: 6 }), { maxLength: 4 }), async (rounds) => {
      const ids = [await anAppeal(), await anAppeal(), await anAppeal()]
      for (const round of rounds) {
        await Promise.all(round.map((one) => act(ids, one)))
        const most = await db.run<{ n: number }>(
          'select count(*)::int as n from appeals where owner_id is not null and closed_at is null group by owner_id',
        )
        for (const { n } of most) expect(n).toBeLessThanOrEqual(2)
      }
      for (const id of ids) {
        const appeal = await appeals.byId(desk, id)
        const history = await historyOf(id)
        // Each version of an appeal is one deed; the last one says whose it is.
        expect(new Set(history.map(({ version }) => version)).size).toBe(history.length)
        const last = history.at(-1)
        expect(appeal?.ownerId ?? null).toBe(last?.kind === 'taken' ? last.operator : null)
        expect(appeal?.waitingSince === null).toBe(appeal?.ownerId !== null)
      }
      await db.run('update appeals set closed_at = now(), waiting_since = null where closed_at is null')
    }),
    { numRuns: 12 },
  )
})
