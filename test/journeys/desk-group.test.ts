import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, OLGA, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { citizen, inTopic, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  citizen(house.sandbox, OLGA).says('/start')
})
afterAll(() => house.stop())

const ALL = ['can_delete_messages', 'can_pin_messages', 'can_manage_topics', 'can_manage_chat']
const warnings = () =>
  citizen(house.sandbox, OLGA)
    .fromBot()
    .filter(({ text }) => text?.includes('не может писать в группу операторов'))

/** The desk has noticed, and leaves the group alone for a while. */
const untilSilent = async () => {
  const silent = () => house.db.run('select 1 from pace where chat = $1 and not_before > now()', [GROUP])
  while ((await silent()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

/**
 * The forum is switched off and on without a word to the bot: its own next look, a minute later, finds out. Topics that it
 * found missing meanwhile are made anew.
 */
const lookUntil = async (isThere: () => boolean) => {
  while (!isThere()) {
    await house.db.run('update pace set not_before = null')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const words = () => house.sandbox.messages(GROUP).flatMap(({ text }) => text?.split('\n') ?? [])

test.each([
  { what: 'kicked', broken: { bot: 'kicked' as const }, mended: { bot: 'administrator' as const } },
  { what: 'demoted', broken: { rights: ['can_delete_messages'] }, mended: { rights: ALL } },
  { what: 'without topics', broken: { is_forum: false }, mended: { is_forum: true } },
])(
  '$what: the admins are told in private, nothing is lost, and it goes on when that is mended',
  async ({ what, broken, mended }) => {
    const { sandbox } = house
    const known = await takenAppeal(sandbox)
    sandbox.group({ chat: GROUP, ...broken })
    const { citizen: vera, number } = await openAppeal(sandbox, 'Слышно меня?')
    for (const n of [1, 2, 3]) vera.says(`слово ${n}, ${what}`)
    known.citizen.says(`и меня, ${what}?`)
    await untilSilent()
    await until('the warning', () => warnings().length > 0)
    sandbox.group({ chat: GROUP, ...mended })
    const last = [`слово 3, ${what}`, `и меня, ${what}?`]
    if (what === 'without topics') await lookUntil(() => last.every((text) => words().includes(text)))
    const desk = await inTopic(sandbox, PETR, number)
    await desk.hears(`слово 3, ${what}`)
    // What waited for the group may have come together, line by line.
    const said = desk.fromBot().flatMap(({ text }) => text ?? [])
    const spoken = [1, 2, 3].map((n) => `слово ${n}, ${what}`)
    expect(said.slice(1).join('\n').split('\n')).toEqual(['Слышно меня?', ...spoken])
    const there = await inTopic(sandbox, PETR, known.number)
    await there.hears(`и меня, ${what}?`)
    await desk.presses('Взять')
    await delivered(sandbox, desk.says('Слышно'))
    // Once an hour is enough, whatever else breaks.
    expect(warnings()).toHaveLength(1)
  },
)

test('a group that moves takes its topics along', async () => {
  const { sandbox } = house
  const { citizen: vera } = await takenAppeal(sandbox)
  sandbox.group({ chat: GROUP, migrated_to: -1_002_000_000_008 })
  vera.says('Где вы?')
  await until('the words in the new group', () =>
    sandbox.messages(-1_002_000_000_008).some(({ text }) => text === 'Где вы?'),
  )
})
