import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, takenAppeal, untilClosed } from '../appeal.ts'
import { dataOf, labels, pressOn, times } from '../citizen.ts'
import { alwaysOpen, eventually, ring } from '../hours.ts'
import { type House, openHouse } from '../house.ts'
import type { WordsFolder } from '../words-folder.ts'

let house: House
let words: WordsFolder
beforeAll(async () => {
  words = alwaysOpen()
  words.write('waiting.yaml', 'default: { nudge_hours: 5, grace_hours: 7 }\n')
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house.stop()
  words.remove()
})

const answered = async (text = 'Проверьте раздел «Спам»') => {
  const taken = await takenAppeal(house.sandbox)
  await delivered(house.sandbox, taken.desk.says(text))
  await taken.citizen.hears(text)
  return taken
}
/** Working hours until the timers of an appeal ring. */
const dueIn = async (kind: string, number: string) =>
  (
    await house.db.run<{ hours: number }>(
      `select round(extract(epoch from due_at - now()) / 3600)::int as hours from inbox
       where state = 'later' and key like 'timer:' || $1 || ':' || (select id from appeals where number = $2) || ':%'`,
      [kind, number.replaceAll('-', '')],
    )
  ).map(({ hours }) => hours)

test('nudge, grace, closing, and one tap opens it again', async () => {
  const { citizen, number, desk } = await answered()
  expect(await dueIn('nudge', number)).toEqual([5])
  await ring(house.db, 'nudge')
  const nudge = await citizen.hears(`Обращение ${number}: удалось решить вопрос?`)
  expect(nudge.text).toContain('ещё 7 ч')
  expect(labels(nudge)).toEqual(['Вопрос решён', 'Нужна ещё помощь', 'Меню', 'Оператор'])
  expect(await dueIn('lapse', number)).toEqual([7])
  await ring(house.db, 'lapse')
  const end = await citizen.hears('Ответа от вас не было')
  await desk.hears('не ответил после напоминания')
  await untilClosed(house.sandbox, number)
  await citizen.hears('Как прошёл разговор')
  await pressOn(house.sandbox, end, dataOf(end, 'Открыть снова'))
  await citizen.hears('снова открыто')
  await untilClosed(house.sandbox, number, false)
  expect(times(citizen, 'Ответа от вас не было')).toBe(1)
})

test('any word ends the silence, before the nudge and after it; so does a further answer', async () => {
  const { citizen, number, desk } = await answered()
  citizen.says('сейчас посмотрю')
  await desk.hears(/^сейчас посмотрю$/)
  await ring(house.db, 'nudge')
  await delivered(house.sandbox, desk.says('Хорошо, жду'))
  await citizen.hears(/^Хорошо, жду$/)
  expect(times(citizen, 'удалось решить')).toBe(0)
  await ring(house.db, 'nudge')
  await citizen.hears('удалось решить вопрос?')
  citizen.says('ещё нет')
  await desk.hears(/^ещё нет$/)
  await ring(house.db, 'lapse')
  citizen.says(number)
  expect((await citizen.hears(`Обращение ${number}\n`)).text).toContain('В работе')
  expect(times(citizen, 'удалось решить')).toBe(1)
})

test('a message that came and was not read yet is looked at before the timer', async () => {
  const { citizen, number } = await answered()
  await ring(house.db, 'nudge')
  await citizen.hears('удалось решить вопрос?')
  // Of one lane the timer is older, so it goes first: what waits behind it must still count.
  await house.db.run(
    `insert into inbox (key, lane, state, due_at, body) values ($1, $2, 'new', now() + interval '3 seconds', '\\x00')`,
    [`tg:waits${citizen.id}`, `private:${citizen.id}`],
  )
  await ring(house.db, 'lapse')
  await eventually('the timer to be put off', async () => (await dueIn('lapse', number)).length === 1)
  await house.db.run(`delete from inbox where key = $1`, [`tg:waits${citizen.id}`])
  citizen.says(number)
  expect((await citizen.hears(`Обращение ${number}\n`)).text).toContain('В работе')
  await ring(house.db, 'lapse')
  await citizen.hears('Ответа от вас не было')
})

test('the citizen says it is settled, or that it is not', async () => {
  const { citizen, number, desk } = await answered()
  await ring(house.db, 'nudge')
  await citizen.presses('Нужна ещё помощь')
  await citizen.hears(`обращение ${number} открыто`)
  await desk.hears('Гражданину нужна ещё помощь')
  await ring(house.db, 'lapse')
  await delivered(house.sandbox, desk.says('Тогда вот так'))
  await ring(house.db, 'nudge')
  await citizen.presses('Вопрос решён')
  await citizen.hears('Вы отметили, что вопрос решён')
  await desk.hears('отметил, что вопрос решён')
  await untilClosed(house.sandbox, number)
  expect(times(citizen, 'Ответа от вас не было')).toBe(0)
})

test('what is in the queue again is not silent: it waits for us', async () => {
  const { citizen, number, desk } = await answered()
  desk.says('/release')
  await citizen.hears('вернулось в очередь')
  await ring(house.db, 'nudge')
  citizen.says(number)
  await citizen.hears(`Обращение ${number}\n`)
  expect(times(citizen, 'удалось решить')).toBe(0)
})
