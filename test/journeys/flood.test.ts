import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAppeal, PETR } from '../appeal.ts'
import { times } from '../citizen.ts'
import { eventually } from '../hours.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone, until } from '../people.ts'

/** Telegram's limits thrice: sixty a minute into the group, and twenty words of one citizen in twenty seconds are too many. */
let house: House
/** The same ten times as quick, for what is only sent. */
let quick: House
beforeAll(async () => {
  house = await openHouse({ pace: 3 })
  quick = await openHouse({ pace: 30 })
})
afterAll(async () => {
  await house.stop()
  await quick.stop()
})

/** The group has no room until it is opened. */
const hold = async ({ db }: House) => {
  await db.run(
    `insert into pace (chat, not_before) values ($1, now() + interval '1 hour')
     on conflict (chat) do update set not_before = excluded.not_before`,
    [GROUP],
  )
}
const letGo = async ({ db }: House) => {
  await db.run('update pace set not_before = null where chat = $1', [GROUP])
}
const waiting = async ({ db }: House): Promise<number> => {
  const rows = await db.run<{ n: number }>(
    `select count(*)::int as n from outbox where state = 'new' and lane like 'appeal:%' and payload is not null`,
  )
  return rows[0]?.n ?? 0
}
const kept = async (citizen: Phone): Promise<number> => {
  const rows = await house.db.run<{ n: number }>('select count(*)::int as n from messages where origin_chat = $1', [
    citizen.id,
  ])
  return rows[0]?.n ?? 0
}

test('a burst is kept, joined and in order; others feel nothing; the citizen is told once', async () => {
  const one = await openAppeal(house.sandbox, 'первый')
  const other = await openAppeal(house.sandbox, 'второй')
  const desk = await inTopic(house.sandbox, PETR, one.number)
  await desk.hears(/^первый$/)
  const second = await inTopic(house.sandbox, PETR, other.number)
  await second.hears(/^второй$/)
  await eventually('nothing to wait', async () => (await waiting(house)) === 0)
  await hold(house)
  const words = Array.from({ length: 30 }, (_, n) => `слово ${n + 1}`)
  const written = words.map((word) => one.citizen.says(word))
  await eventually('all to be kept', async () => (await kept(one.citizen)) === 31)
  other.citizen.says('а я тихо')
  await eventually('the quiet one', async () => (await kept(other.citizen)) === 2)
  // Thirty words and one: two bursts and a word wait, not thirty-one rows.
  expect(await waiting(house)).toBe(3)
  await letGo(house)
  await second.hears(/^а я тихо$/)
  await desk.hears(/слово 30$/)
  const said = desk.fromBot().flatMap(({ text }) => (text?.startsWith('слово') ? text.split('\n') : []))
  expect(said).toEqual(words)
  expect(times(one.citizen, 'быстрее, чем мы успеваем')).toBe(1)
  expect(times(other.citizen, 'быстрее, чем мы успеваем')).toBe(0)

  // Each of them is still found: an edit changes the whole, a reply to the whole answers its last words.
  const third = written[2]
  house.sandbox.edit({
    from: one.citizen.id,
    chat: one.citizen.chat,
    message_id: third?.message_id ?? 0,
    text: 'третье',
  })
  const edited = await desk.hears(/слово 2\nтретье\nслово 4[\s\S]*раньше было:\nслово 3$/)
  await desk.presses('Взять')
  await one.citizen.hears('В работе')
  desk.says('Отвечаю', { reply_to: edited.message_id })
  const answer = await until('the answer', () => one.citizen.fromBot().find(({ text }) => text === 'Отвечаю'))
  expect(answer.reply_to_message?.message_id).toBe(written[19]?.message_id)
})

test('a burst that cannot be joined takes turns with the others in its group', async () => {
  const one = await openAppeal(quick.sandbox, 'много фото')
  const other = await openAppeal(quick.sandbox, 'одно слово')
  const desk = await inTopic(quick.sandbox, PETR, one.number)
  const second = await inTopic(quick.sandbox, PETR, other.number)
  await second.hears(/^одно слово$/)
  await desk.hears(/^много фото$/)
  await eventually('nothing to wait', async () => (await waiting(quick)) === 0)
  await hold(quick)
  for (let n = 0; n < 6; n += 1)
    quick.sandbox.write({
      from: one.citizen.id,
      chat: one.citizen.chat,
      files: [{ name: `${n}.pdf`, type: 'application/pdf', bytes: new TextEncoder().encode(`${n}`) }],
    })
  await eventually('six files', async () => (await waiting(quick)) === 6)
  other.citizen.says('я после всех')
  await eventually('the other', async () => (await waiting(quick)) === 7)
  await letGo(quick)
  await until('all files', () => desk.fromBot().filter(({ document }) => document).length === 6)
  const late = await second.hears(/^я после всех$/)
  const files = desk.fromBot().filter(({ document }) => document)
  // Who came last goes before the second of the six.
  expect(late.message_id).toBeLessThan(files[1]?.message_id ?? 0)
  expect(files.map(({ document }) => document?.file_name)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `${n}.pdf`))
})
