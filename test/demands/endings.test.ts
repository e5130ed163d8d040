import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA, openAppeal, takenAppeal, untilClosed } from '../appeal.ts'
import { dataOf, labels, pressOn, times } from '../citizen.ts'
import { alwaysOpen, eventually, ring } from '../hours.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, type Phone, until } from '../people.ts'
import type { WordsFolder } from '../words-folder.ts'

/** A desk that never closes: waiting, silence, rating and bans as a citizen meets them. */
let house: House
let words: WordsFolder
beforeAll(async () => {
  words = alwaysOpen()
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house.stop()
  words.remove()
})

const bare = (number: string): string => number.replaceAll('-', '')
const standing = (citizen: Phone): string =>
  citizen.fromBot().findLast(({ text }) => text?.startsWith('Ваш номер обращения'))?.text ?? ''
/** So many people of the services line got their first answer so many minutes after they came, a week ago at this hour. */
const answered = async (count: number, minutes: number) =>
  await house.db.run(
    `insert into appeals (number, origin, citizen_id, line, kind, lang, context, waiting_since, opened_at, first_answer_at, closed_at)
     select lpad((n + (random() * 900000000)::int)::text, 9, '0'), 'measured:' || n || random(), (select min(id) from citizens),
       'services', 'operator', 'ru', '\\x00', null,
       now() - interval '7 days', now() - interval '7 days' + make_interval(mins => $2), now()
     from generate_series(1, $1) n`,
    [count, minutes],
  )

test('demand-16-queue-place: a place and a measured range, hidden while there is too little to measure, in one message', async () => {
  const first = await openAppeal(house.sandbox)
  const second = await openAppeal(house.sandbox)
  await until('the second place', () => standing(second.citizen).includes('Место в очереди: 2.'))
  await answered(19, 10)
  await ring(house.db, 'queue')
  await second.citizen.presses('Подожду здесь')
  expect(standing(second.citizen)).not.toContain('обычно')
  await answered(10, 40)
  const messages = times(second.citizen, /./)
  await ring(house.db, 'queue')
  await until('the range', () => standing(second.citizen).includes('обычно приходит через 10 мин – 40 мин'))
  const desk = await inTopic(house.sandbox, OLGA, first.number)
  await desk.presses('Взять')
  await first.citizen.hears(/В работе/)
  await ring(house.db, 'queue')
  await until('the first place', () => standing(second.citizen).includes('Место в очереди: 1.'))
  expect(times(second.citizen, /./)).toBe(messages)
})

test('demand-17-a-way-out: waiting has ways out, and nothing is closed without a question before', async () => {
  const waiting = await openAppeal(house.sandbox)
  const letter = await waiting.citizen.hears(waiting.number)
  expect(labels(letter)).toEqual(
    expect.arrayContaining(['Подожду здесь', 'Перезвоните мне', 'Оставлю вам', 'Отменить']),
  )
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  desk.says('Проверьте раздел «Спам»')
  await citizen.hears('Проверьте раздел')
  await ring(house.db, 'lapse')
  await ring(house.db, 'nudge')
  await citizen.hears('удалось решить вопрос?')
  expect(times(citizen, 'Ответа от вас не было')).toBe(0)
  await ring(house.db, 'lapse')
  const end = await citizen.hears('Ответа от вас не было')
  await untilClosed(house.sandbox, number)
  await pressOn(house.sandbox, end, dataOf(end, 'Открыть снова'))
  await untilClosed(house.sandbox, number, false)
})

test('demand-25-rating-in-the-chat: five buttons and a word, about this talk only, once, and nobody has to', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  desk.says('/close Готово')
  const question = await citizen.hears('Как прошёл разговор')
  expect(question.text).toContain(`по обращению ${number}`)
  expect(labels(question)).toEqual(['1', '2', '3', '4', '5', 'Не оценивать', 'Меню', 'Оператор'])
  await citizen.presses('4')
  await citizen.hears('добавить пару слов')
  await citizen.presses('Пропустить')
  await pressOn(house.sandbox, question, dataOf(question, '1'))
  await citizen.hears('Оценка уже есть')
  const rated = await house.db.run<{ score: number }>(
    'select score from ratings r join appeals a on a.id = r.appeal_id where a.number = $1',
    [bare(number)],
  )
  expect(rated.map(({ score }) => score)).toEqual([4])
  const other = await takenAppeal(house.sandbox)
  other.desk.says('/close Готово')
  await other.citizen.hears('Как прошёл разговор')
  await other.citizen.presses('Не оценивать')
  await other.citizen.hears('без оценки')
  expect(times(other.citizen, 'Как прошёл разговор')).toBe(0)
})

test('demand-26-blocking-that-blocks: reason, term, author; reads on, reaches nobody, objects, and it runs out', async () => {
  const { citizen, number } = await takenAppeal(house.sandbox)
  const olga = await inTopic(house.sandbox, OLGA, number)
  olga.says('/ban 3d Оскорбления')
  expect((await olga.hears('доступ закрыт до')).text).toMatch(/^Ольга: .*Причина: Оскорбления/)
  expect((await citizen.hears('не передаются операторам до')).text).toMatch(/Причина: Оскорбления[\s\S]*Не согласны/)
  const seen = olga.fromBot().length
  citizen.says('ну погодите')
  await eventually('the refusal', async () => times(citizen, 'не передаются операторам до') === 2)
  citizen.says('/fraud')
  await citizen.hears('Признаки мошенников')
  const rows = await house.db.run(`select 1 from messages where origin_chat = $1`, [citizen.id])
  expect(rows).toHaveLength(1)
  expect(olga.fromBot().length).toBe(seen)
  await house.db.run('update bans set until = now() where over_at is null')
  await ring(house.db, 'ban')
  await citizen.hears('Ограничение снято')
  citizen.says('извините')
  await olga.hears(/^извините$/)
})
