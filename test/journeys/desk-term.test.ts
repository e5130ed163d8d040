import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, MARINA, OLGA, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, untilSo } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

/** The next timer of an appeal's term rings now; `over`: and the term has run out. */
const ring = async (number: string, { over = false } = {}) => {
  const [row] = await house.db.run<{ id: number }>('select id from appeals where number = $1', [bare(number)])
  if (over)
    await house.db.run('update appeals set answer_due = now() where id = $1 and answer_due is not null', [row?.id ?? 0])
  const key = `timer:answer:${row?.id}:%`
  await house.db.run(`update inbox set due_at = now() where key like $1 and state = 'later'`, [key])
}
const bare = (number: string) => number.replaceAll('-', '')
const termOf = async (number: string) =>
  (
    await house.db.run<{ owner: number | null; due: string | null }>(
      'select owner_id as owner, answer_due as due from appeals where number = $1',
      [bare(number)],
    )
  )[0]
const timersLeft = async (number: string) =>
  (
    await house.db.run<{ n: number }>(
      `select count(*)::int as n from inbox where key like 'timer:answer:' || (select id from appeals where number = $1) || ':%'
       and state in ('later', 'new', 'working')`,
      [bare(number)],
    )
  )[0]?.n

test('whoever takes and does not answer is reminded, then the appeal is back at its old place and the seniors know', async () => {
  const { sandbox } = house
  const { citizen, number, desk } = await takenAppeal(sandbox)
  const later = await openAppeal(sandbox, 'Я пришла позже')
  await ring(number)
  const reminder = await desk.hears('Пётр, гражданин ждёт ответа')
  expect(reminder.entities?.some((one) => one.type === 'text_mention' || one.url === `tg://user?id=${PETR}`)).toBe(true)
  expect((await termOf(number))?.owner).not.toBeNull()
  await untilSo('the second timer', async () => (await timersLeft(number)) === 1)
  await ring(number, { over: true })
  await desk.hears('Ответа в срок не было (Пётр): обращение снова в очереди')
  await desk.hears(/В работе · ждёт с/)
  await citizen.hears('вернулось в очередь')
  const general = inGeneral(sandbox, OLGA)
  const told = await general.hears(`Ответа в срок не было (Пётр). Обращение ${number}`)
  expect(told.reply_markup?.inline_keyboard[0]?.[0]?.url).toContain('https://t.me/c/')
  const marina = inGeneral(sandbox, MARINA)
  marina.says('/take')
  expect((await marina.hears('Вы взяли')).text).toContain(number)
  const order = await house.db.run<{ number: string }>('select number from appeals order by queued_at')
  expect(order.map((row) => row.number)).toEqual([bare(number), bare(later.number)])
  const times = general.fromBot().filter(({ text }) => text?.includes(`не было (Пётр). Обращение ${number}`))
  expect(times).toHaveLength(1)
})

test('an answer ends the term; the citizen’s next word begins a new one; a late timer of the old one does nothing', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  await delivered(house.sandbox, desk.says('Смотрю'))
  expect((await termOf(number))?.due).toBeNull()
  await ring(number)
  citizen.says('Спасибо, и ещё вопрос')
  await desk.hears('и ещё вопрос')
  const begun = await termOf(number)
  expect(new Date(begun?.due ?? 0).getTime()).toBeGreaterThan(Date.now())
  await ring(number)
  await desk.hears('гражданин ждёт ответа')
  await delivered(house.sandbox, desk.says('Ответил'))
  await ring(number, { over: true })
  await delivered(house.sandbox, desk.says('Я ещё здесь'))
  expect((await termOf(number))?.owner).not.toBeNull()
  expect(desk.fromBot().filter(({ text }) => text?.includes('Ответа в срок не было'))).toHaveLength(0)
})

test('what the owner wrote before the term ran out counts, though it is handled after', async () => {
  const { sandbox } = house
  const { citizen, number, desk } = await takenAppeal(sandbox)
  await ring(number)
  await desk.hears('гражданин ждёт ответа')
  // The answer is stored and in nobody's hand yet when the timer rings.
  const [topic] = await house.db.run<{ lane: string }>(
    `select 'group:' || t.chat_id || ':' || t.thread_id as lane from topics t join appeals a on a.id = t.appeal_id where a.number = $1`,
    [bare(number)],
  )
  await house.db.run(
    `insert into inbox (key, lane, state, body, owner, lease_until) values ('held-up', $1, 'working', '\\x00', 'test', now() + interval '1 hour')`,
    [topic?.lane ?? ''],
  )
  desk.says('Успел ответить')
  await ring(number, { over: true })
  const again = `select 1 from inbox where key like 'timer:answer:%:return:1'`
  await untilSo('the timer to wait its turn', async () => (await house.db.run(again)).length > 0)
  await house.db.run(`delete from inbox where key = 'held-up'`)
  await citizen.hears('Успел ответить')
  await ring(number, { over: true })
  await delivered(sandbox, desk.says('И ещё слово'))
  expect((await termOf(number))?.owner).not.toBeNull()
})
