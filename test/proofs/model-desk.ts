import { connect, type Db } from '../../src/db/client.ts'
import { createKeyring } from '../../src/db/keyring.ts'
import type { Appeal } from '../../src/desk/appeals.ts'
import * as appeals from '../../src/desk/appeals.ts'
import { type Action, type Actor, authorize } from '../../src/desk/authorize.ts'
import * as bans from '../../src/desk/bans.ts'
import * as cancelling from '../../src/desk/cancelling.ts'
import * as citizens from '../../src/desk/citizens.ts'
import * as closing from '../../src/desk/closing.ts'
import { contextOf } from '../../src/desk/context.ts'
import type { Desk, Line } from '../../src/desk/desk.ts'
import * as desks from '../../src/desk/desks.ts'
import * as handoff from '../../src/desk/handoff.ts'
import * as lapsing from '../../src/desk/lapsing.ts'
import { relayFromCitizen } from '../../src/desk/messages.ts'
import * as moves from '../../src/desk/moves.ts'
import * as operators from '../../src/desk/operators.ts'
import * as overdue from '../../src/desk/overdue.ts'
import { setReach } from '../../src/desk/returning.ts'
import { setPresence } from '../../src/desk/shifts.ts'
import { createLog } from '../../src/log.ts'
import { loadTexts } from '../../src/texts.ts'
import { DATA_KEY, GROUP } from '../house.ts'
import { type Deed, MOST, PEOPLE } from './model-life.ts'

/** What befalls the database during a deed: nothing, or the answer of a transaction that is lost before, within or after it. */
export type Fault = 'none' | 'before' | 'within' | 'after'
type Real = { desk: Desk; db: Db; people: operators.Operator[]; fault: Fault; message: number }

/** The desk's own deeds on a real database, as its handlers call them: the appeal as it is now, authorize, the deed. */
export const openDesk = async (url: string) => {
  const db = connect(url)
  const texts = loadTexts()
  const real: Real = { db, desk: null as never, people: [], fault: 'none', message: 1_000 }
  const transaction: Db['transaction'] = async (work) => {
    const fault = real.fault
    real.fault = 'none'
    if (fault === 'before') throw new Error('cut before')
    const done = await db.transaction(async (tx) => {
      const result = await work(tx)
      if (fault === 'within') throw new Error('cut within')
      return result
    })
    if (fault === 'after') throw new Error('cut after')
    return done
  }
  const keys = createKeyring(db, DATA_KEY)
  real.desk = { db: { ...db, transaction }, keys, log: createLog('silent'), texts: () => texts }
  await desks.register(real.desk, GROUP, 'Desk')
  await operators.enrol(
    real.desk,
    PEOPLE.map(({ role }, n) => ({ externalId: n + 1, roles: ['operator', role] })),
  )
  for (const [n, { lines }] of PEOPLE.entries())
    for (const line of lines)
      await db.run('insert into operator_lines select id, $2 from operators where external_id = $1', [n + 1, line])
  await db.run('update operators set capacity = $1', [MOST])
  for (const n of PEOPLE.keys()) {
    const found = await operators.find(real.desk, n + 1)
    if (found) real.people.push(found)
    await setReach(real.desk, found?.id ?? 0, [GROUP])
  }
  return real
}

export type Opened = Awaited<ReturnType<typeof openDesk>>

export const perform = async (real: Opened, deed: Deed, run: number): Promise<void> => {
  const { desk, people } = real
  const me = people[deed.who] as operators.Operator
  if (deed.kind === 'presence') return void (await setPresence(desk, me.id, deed.says))
  if (deed.kind === 'oldest') return void (await handoff.takeOldest(desk, me))
  if (deed.kind === 'open') return await open(real, deed, run)
  const [row] = await desk.db.run<{ id: number }>('select id from appeals where origin = $1', [`${run}:${deed.on}`])
  const appeal = row && (await appeals.byId(desk, row.id))
  if (appeal) await DO[deed.kind]({ real, desk, appeal, me, deed })
}

type Acting = { real: Opened; desk: Desk; appeal: Appeal; me: operators.Operator; deed: Deed }
type Do = (acting: Acting) => Promise<unknown>
const may = (actor: Actor, action: Action, appeal: Appeal) => authorize(actor, action, appeal).allowed
const operator = (me: operators.Operator): Actor => ({ kind: 'operator', operator: me, member: true })
const owner = ({ citizenId }: Appeal): Actor => ({ kind: 'citizen', id: citizenId })
const placeOf = (key: string, chat: number) => ({
  at: { chat, message: numberOf(key) },
  content: { kind: 'text', text: 'слово' } as const,
})
/** One key, one message of the messenger. */
const numberOf = (key: string) => Number(key.slice(1))

/** The owner, a senior, or anybody while nobody has it. */
const passes = ({ appeal, me }: Acting) => {
  const senior = operators.isSenior(me) && appeal.ownerId !== me.id
  return may(operator(me), appeal.ownerId === null ? 'take' : senior ? 'assign' : 'transfer', appeal)
}

const DO: { [K in Exclude<Deed['kind'], 'open' | 'presence' | 'oldest'>]: Do } = {
  write: async ({ desk, appeal, deed }) => {
    if (!may(owner(appeal), 'write-own', appeal) || (await bans.of(desk, appeal.citizenId))) return
    await desk.db.transaction((tx) => relayFromCitizen(tx, desk, appeal, placeOf(deed.key, 77)))
  },
  cancel: async ({ desk, appeal }) => may(owner(appeal), 'write-own', appeal) && cancelling.cancel(desk, appeal),
  reopen: async ({ desk, appeal, deed }) => {
    if (!may(owner(appeal), 'reopen-own', appeal) || (await bans.of(desk, appeal.citizenId))) return
    await closing.reopen(desk, appeal, { by: null, said: placeOf(deed.key, 77) })
  },
  reopenBy: async ({ desk, appeal, me }) =>
    may(operator(me), 'reopen', appeal) && closing.reopen(desk, appeal, { by: me }),
  rate: async ({ desk, appeal }) => {
    if (!may(owner(appeal), 'rate', appeal) || appeal.status === 'cancelled') return
    await closing.rate(desk, { appeal: appeal.id, closing: appeal.version, score: 5 })
  },
  take: async ({ desk, appeal, me }) => may(operator(me), 'take', appeal) && handoff.take(desk, appeal.id, me),
  release: async ({ desk, appeal, me }) => may(operator(me), 'release', appeal) && moves.release(desk, appeal, me),
  transfer: async (acting) =>
    passes(acting) &&
    moves.transfer(acting.desk, acting.appeal, { operator: acting.me, line: acting.deed.line as Line }),
  give: async (acting) => {
    const to = acting.real.people[acting.deed.to] as operators.Operator
    const above = operators.isSenior(acting.me)
    if (passes(acting)) await moves.give(acting.desk, acting.appeal, { to, by: acting.me, above })
  },
  takeover: async ({ desk, appeal, me }) =>
    may(operator(me), 'assign', appeal) && moves.give(desk, appeal, { to: me, by: me, how: 'takeover', above: true }),
  answer: async ({ desk, appeal, me, deed }) =>
    may(operator(me), 'answer', appeal) &&
    handoff.answer(desk, appeal, { said: placeOf(deed.key, GROUP), operator: me.id }),
  close: async ({ desk, appeal, me, deed }) =>
    may(operator(me), 'close', appeal) &&
    closing.close(desk, appeal, { operator: me, outcome: deed.ending, comment: 'готово' }),
  ban: async ({ desk, appeal, me, deed }) =>
    may(operator(me), 'ban', appeal) &&
    bans.ban(desk, appeal, { by: me, reason: 'шум', hours: null, shadow: false, key: deed.key }),
  unban: async ({ desk, appeal, me, deed }) => {
    const ban = may(operator(me), 'ban', appeal) ? await bans.of(desk, appeal.citizenId) : null
    if (ban) await bans.lift(desk, ban.id, { by: me.id, key: deed.key })
  },
  overdue: async ({ desk, real, appeal }) => {
    await real.db.run(
      `update appeals set answer_due = now() - interval '1 s' where id = $1 and answer_due is not null`,
      [appeal.id],
    )
    const [row] = await real.db.run<{ lease: number }>('select lease from appeals where id = $1', [appeal.id])
    await overdue.ring(desk, { kind: 'answer', appeal: appeal.id, lease: row?.lease ?? 0, step: 'return', again: 0 })
  },
  lapse: async ({ desk, real, appeal }) => {
    const [row] = await real.db.run<{ id: number }>(
      `select max(id) as id from messages where appeal_id = $1 and author = 'operator'`,
      [appeal.id],
    )
    const timer = await real.db.run(`select 1 from inbox where key like $1`, [
      `timer:nudge:${appeal.id}:${appeal.version}:${row?.id}:%`,
    ])
    if (row?.id && timer.length > 0)
      await lapsing.ring(desk, { kind: 'lapse', appeal: appeal.id, version: appeal.version, message: row.id })
  },
  age: async ({ real, appeal }) =>
    real.db.run(`update appeals set closed_at = closed_at - interval '31 days' where id = $1`, [appeal.id]),
}

const open = async ({ desk }: Opened, { key, citizen: which, line }: Deed, run: number) => {
  const citizen = await citizens.meet(desk, { externalId: run * 100 + which + 1_000, lang: 'ru', name: 'Вера' })
  if (await bans.of(desk, citizen.id)) return
  const said = [placeOf(key, 77)]
  const context = contextOf('operator', [])
  await appeals.open(desk, {
    origin: `${run}:${key}`,
    citizen,
    kind: 'operator',
    line: line as Line,
    context,
    said,
    current: true,
  })
}
