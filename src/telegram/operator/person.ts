import { isLine } from '../../desk/desk.ts'
import * as moves from '../../desk/moves.ts'
import type { Operator, Role } from '../../desk/operators.ts'
import { type Colleague, everybody, find } from '../../desk/people.ts'
import * as queue from '../../desk/queue.ts'
import * as roster from '../../desk/roster.ts'
import type { Presence } from '../../desk/shifts.ts'
import { type Button, button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { setCommands } from '../lead.ts'
import { answerPress, show } from '../show.ts'
import { allowed, tell } from './actor.ts'
import { showPerson } from './people.ts'

type Press = Extract<Button, { verb: 'person' }>
type Deed = { ctx: Ctx; operator: Operator; person: Colleague; what: string }

/** A button on somebody's screen in /people. */
export const pressPerson = async (ctx: Ctx, { deed, person: id, what }: Press): Promise<void> => {
  if (deed === 'show') return await showPerson(ctx, id)
  const operator = await allowed(ctx, deed === 'grant' || deed === 'ungrant' ? 'grant' : 'manage-people')
  if (!operator) return
  const person = await find(ctx.house.desk, id)
  if (!person) return await tell(ctx, 'desk.stale')
  await DEEDS[deed]({ ctx, operator, person, what })
}

const by = ({ ctx, operator }: Deed): roster.By => ({ operator, key: ctx.key })

const setRole = async (deed: Deed, on: boolean): Promise<void> => {
  const { ctx, person, what } = deed
  if (!['operator', 'senior', 'admin'].includes(what)) return await tell(ctx, 'desk.stale')
  const to = { role: what as Role, on }
  const done = await roster.setRole(ctx.house.desk, { person: person.id, to, by: by(deed) })
  if (done === 'last-admin') return await tell(ctx, 'people.last_admin')
  if (what === 'admin') await setCommands({ api: ctx.api, desk: ctx.house.desk })
  await showPerson(ctx, person.id)
}

const setLine = async (deed: Deed, on: boolean): Promise<void> => {
  const { ctx, person, what } = deed
  if (!isLine(what)) return await tell(ctx, 'desk.stale')
  const done = await roster.setLine(ctx.house.desk, { person: person.id, to: { line: what, on }, by: by(deed) })
  if (done === 'last-line') return await tell(ctx, 'people.last_line')
  await showPerson(ctx, person.id)
}

const setRoom = async (deed: Deed): Promise<void> => {
  const { ctx, person, what } = deed
  if (what !== 'usual' && !/^\d{1,3}$/.test(what)) return await tell(ctx, 'desk.stale')
  const to = what === 'usual' ? null : Number(what)
  await roster.setCapacity(ctx.house.desk, { person: person.id, to, by: by(deed) })
  await showPerson(ctx, person.id)
}

const setShift = async (deed: Deed): Promise<void> => {
  const { ctx, person, what } = deed
  if (!['online', 'break', 'offline'].includes(what)) return await tell(ctx, 'desk.stale')
  await roster.setShift(ctx.house.desk, { person: person.id, to: what as Presence, by: by(deed) })
  await showPerson(ctx, person.id)
}

const empty = async ({ ctx, operator, person }: Deed): Promise<void> => {
  const ids = (await queue.inHand(ctx.house.desk, person.id)).map(({ id }) => id)
  const count = await moves.releaseAll(ctx.house.desk, ids, { from: person.id, by: operator })
  await showPerson(ctx, person.id, ctx.t('people.emptied', { count }))
}

/** Who could have all of it: on shift, with room. Whether each appeal fits is asked when it goes. */
const heirs = async ({ ctx, person }: Deed): Promise<void> => {
  const all = await everybody(ctx.house.desk)
  const fit = all.filter((one) => one.online && one.room && one.id !== person.id).slice(0, 8)
  await answerPress(ctx)
  const rows = fit.map((one) => [
    button(ctx.t('people.pick', { operator: one.name, in_hand: one.inHand, most: one.most }), {
      verb: 'person',
      deed: 'heir',
      person: person.id,
      what: String(one.id),
    }),
  ])
  const back = [button(person.name, { verb: 'person', deed: 'show', person: person.id, what: '' })]
  const words = fit.length > 0 ? 'people.heirs' : 'people.no_heirs'
  await show(ctx, { html: ctx.t(words, { operator: person.name, count: person.inHand }), rows: [...rows, back] })
}

const giveAll = async ({ ctx, operator, person, what }: Deed): Promise<void> => {
  const to = await find(ctx.house.desk, Number(what))
  if (!to?.online || !to.room) return await tell(ctx, 'people.not_there')
  const { went, stayed } = await roster.giveAll(ctx.house.desk, person.id, { to, by: operator })
  const said = ctx.t('people.gave_all', { operator: to.name, count: went })
  await showPerson(ctx, person.id, stayed > 0 ? `${said} ${ctx.t('people.stayed', { count: stayed })}` : said)
}

const DEEDS: Record<Exclude<Press['deed'], 'show'>, (deed: Deed) => Promise<void>> = {
  grant: (deed) => setRole(deed, true),
  ungrant: (deed) => setRole(deed, false),
  line: (deed) => setLine(deed, true),
  unline: (deed) => setLine(deed, false),
  room: setRoom,
  presence: setShift,
  empty,
  heirs,
  heir: giveAll,
}
