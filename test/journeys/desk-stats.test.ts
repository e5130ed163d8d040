import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inGeneral, newCitizen, citizen as personIn } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const uploaded = async (file: string | undefined): Promise<Buffer> => {
  const answer = await fetch(`${house.url}/bot7000000001:journey-token-journey-token/getFile?file_id=${file}`)
  const { result } = (await answer.json()) as { result: { file_path: string } }
  const found = await fetch(`${house.url}/file/bot7000000001:journey-token-journey-token/${result.file_path}`)
  return Buffer.from(await found.arrayBuffer())
}

const inChat = async (chat: number, what: 'photo' | 'document', after = 0) =>
  await untilEvent(house.sandbox, `a ${what} in ${chat}`, () =>
    (
      house.sandbox.messages(chat) as unknown as {
        message_id: number
        photo?: { file_id: string }[]
        document?: { file_id: string; file_name: string }
        caption?: string
      }[]
    ).findLast((message) => message.message_id > after && message[what] !== undefined),
  )

test('a week without anything is drawn too', async () => {
  const olga = inGeneral(house.sandbox, OLGA)
  olga.says('/stats')
  const drawn = await inChat(GROUP, 'photo')
  expect(drawn.caption).toMatch(/^Неделя .* (ноября|декабря|января|[а-я]+)$/)
  expect((await olga.hears('По дням')).text).toContain('Обращений: 0, закрыто: 0')
})

test('/stats: a picture of the week, the same in words below it, and a table', async () => {
  const asker = newCitizen(house.sandbox)
  asker.says('не приходит код из смс')
  await asker.hears('код')
  const { citizen, desk } = await takenAppeal(house.sandbox)
  desk.says('Проверьте, пожалуйста')
  await citizen.hears('Проверьте')
  desk.says('/close Готово')
  await citizen.presses('4')
  await citizen.hears('Спасибо за оценку')
  const olga = inGeneral(house.sandbox, OLGA)
  const { message_id: asked } = olga.says('/stats')
  const { photo, message_id: drawn } = await inChat(GROUP, 'photo', asked)
  const png = await uploaded(photo?.at(-1)?.file_id)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20) > 1_000]).toEqual([1080, true])

  const words = await olga.hears('Обращений: 1, закрыто: 1')
  expect(words.message_id).toBeGreaterThan(drawn)
  expect(words.text).toMatch(/Первый ответ \(рабочее время\): медиана до минуты/)
  expect(words.text).toMatch(/Бот ответил сам: 50 % \(1 из 2\)/)
  expect(words.text).toContain('Средняя оценка: 4,0, оценок: 1')
  expect(words.text).toMatch(/Услуги: первый ответ до минуты при плане 30 мин, в срок 100 %; закрытие до минуты/)

  const { document, message_id: table } = await inChat(GROUP, 'document', asked)
  expect(table).toBeGreaterThan(words.message_id)
  expect(document?.file_name).toMatch(/^okoshko-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/)
  const csv = (await uploaded(document?.file_id)).toString()
  expect(csv).toContain('opened;;1\r\nclosed;;1\r\nfirst_answer_count;;1\r\n')
  expect(csv).toContain('contacts;;2\r\nanswered_by_bot_alone;;1\r\nratings;;1\r\nrating_average;;4\r\n')
  expect(csv).toContain('first_answer_within_plan_percent;services;100\r\n')
})

test('who said that an answer did not help was not answered by the bot alone', async () => {
  const asker = newCitizen(house.sandbox)
  asker.says('не приходит код из смс')
  await asker.presses('Не помогло')
  await asker.hears('оператор')
  const olga = inGeneral(house.sandbox, OLGA)
  olga.says('/stats')
  await olga.hears('(1 из 3)')
})

test('operators are told that it is for seniors', async () => {
  const petr = inGeneral(house.sandbox, PETR)
  petr.says('/stats')
  await petr.hears('Это может только старший или администратор')
})

test('on Monday seniors get the week before, in General and in private', async () => {
  const olga = personIn(house.sandbox, OLGA)
  olga.says('/start')
  await olga.hears('никогда')
  const rung = await house.db.run(`update inbox set due_at = now() where key like 'timer:digest:%' returning key`)
  expect(rung).toHaveLength(1)
  const { caption } = await inChat(OLGA, 'photo')
  expect(caption).toMatch(/^Неделя /)
  await inChat(OLGA, 'document')
  await olga.hears('Неделя: вопросы без ответа')
  await inGeneral(house.sandbox, OLGA).hears('Неделя: вопросы без ответа')
})
