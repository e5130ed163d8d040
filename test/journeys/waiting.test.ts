import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, MARINA, OLGA, openAppeal, PETR, takenAppeal, untilClosed } from '../appeal.ts'
import { labels, times } from '../citizen.ts'
import { alwaysOpen, ring } from '../hours.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, type Phone, until } from '../people.ts'
import type { WordsFolder } from '../words-folder.ts'

let house: House
let words: WordsFolder
beforeAll(async () => {
  words = alwaysOpen()
  words.write('waiting.yaml', 'default: { limit_minutes: 60, reserve: access }\n')
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house.stop()
  words.remove()
})

const bare = (number: string): string => number.replaceAll('-', '')
/** The one message that tells how things stand. */
const standing = (citizen: Phone) =>
  citizen.fromBot().findLast(({ text }) => /^Ваш номер обращения|снова в очереди\. Место/.test(text ?? ''))
const place = (citizen: Phone): number => Number(/Место в очереди: (\d+)/.exec(standing(citizen)?.text ?? '')?.[1] ?? 0)
const onLine = async (numbers: string[], line: string) =>
  await house.db.run('update appeals set line = $2 where number in (select unnest(string_to_array($1, $3)))', [
    numbers.map(bare).join(),
    line,
    ',',
  ])
const samples = async (line: string, { count, minutes }: { count: number; minutes: number }) =>
  await house.db.run(
    `insert into appeals (number, origin, citizen_id, line, kind, lang, context, waiting_since, opened_at, first_answer_at, closed_at)
     select lpad((n + (random() * 900000000)::int)::text, 9, '0'), 'sample:' || $1 || n || random(), (select min(id) from citizens), $1, 'operator', 'ru', '\\x00', null,
       now() - interval '7 days', now() - interval '7 days' + make_interval(mins => $3 + n % 2), now()
     from generate_series(1, $2) n`,
    [line, count, minutes],
  )

test('the place is right while others are taken, given back and passed on, in one message', async () => {
  const [first, second, third] = [
    await openAppeal(house.sandbox, 'первый'),
    await openAppeal(house.sandbox, 'второй'),
    await openAppeal(house.sandbox, 'третий'),
  ]
  await onLine([first.number, second.number, third.number], 'appeals')
  const messages = times(third.citizen, /./)
  await ring(house.db, 'queue')
  await until('third', () => place(third.citizen) === 3)
  const desk = await inTopic(house.sandbox, PETR, first.number)
  await desk.presses('Взять')
  await first.citizen.hears(/В работе/)
  await until('taken', () => standing(first.citizen)?.text?.includes('у оператора'))
  expect(labels(standing(first.citizen) as never)).not.toContain('Отменить')
  await ring(house.db, 'queue')
  await until('second', () => place(second.citizen) === 1 && place(third.citizen) === 2)
  const other = await inTopic(house.sandbox, MARINA, second.number)
  other.says('/transfer fraud')
  await second.citizen.hears('передано')
  await ring(house.db, 'queue')
  await until('passed on', () => place(third.citizen) === 1 && place(second.citizen) === 1)
  desk.says('/release')
  await first.citizen.hears(/вернулось в очередь[\s\S]*Место в очереди/)
  await ring(house.db, 'queue')
  await until('both have a place', () => place(first.citizen) + place(third.citizen) === 3)
  // One message each, edited: nothing new came to the third.
  expect(times(third.citizen, /./)).toBe(messages)
  expect(times(third.citizen, 'Место в очереди')).toBe(1)
})

test('the usual wait is measured, and said only when there is enough to measure', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  await onLine([number], 'fraud')
  await samples('fraud', { count: 19, minutes: 12 })
  await ring(house.db, 'queue')
  citizen.says(number)
  await citizen.hears(`Обращение ${number}\n`)
  expect(standing(citizen)?.text).not.toContain('обычно')
  await samples('fraud', { count: 10, minutes: 42 })
  await ring(house.db, 'queue')
  const text = await until('a range', () => /обычно приходит через 15 мин – 45 мин/.exec(standing(citizen)?.text ?? ''))
  expect(text).not.toBeNull()
  await house.db.run(`update appeals set waiting_since = now() - interval '50 minutes' where number = $1`, [
    bare(number),
  ])
  await ring(house.db, 'queue')
  await until('longer than usual', () => standing(citizen)?.text?.includes('дольше обычного'))
})

test('left with us it is quiet; waiting here again it is told', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  await onLine([number], 'complaints')
  await citizen.presses('Оставлю вам')
  await until('left', () => standing(citizen)?.text?.includes('оставляем у нас'))
  await house.db.run(`update appeals set waiting_since = now() - interval '3 hours' where number = $1`, [bare(number)])
  await ring(house.db, 'queue')
  citizen.says(number)
  await citizen.hears(`Обращение ${number}\n`)
  expect(times(citizen, 'ждёт дольше')).toBe(0)
  await citizen.presses('Подожду здесь')
  await until('live', () => standing(citizen)?.text?.includes('обновляется само'))
})

test('cancelled: asked once, the topic closed, the operator told, no rating asked, open again by one tap', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  const desk = await inTopic(house.sandbox, PETR, number)
  await citizen.presses('Отменить')
  await citizen.hears(`Отменить обращение ${number}?`)
  await citizen.presses('Нет, жду дальше')
  await citizen.hears('остаётся в очереди')
  await citizen.presses(/^Отменить$/)
  await citizen.presses('Да, отменить')
  await citizen.hears('отменено, как вы просили')
  await desk.hears('Гражданин отменил обращение')
  await untilClosed(house.sandbox, number)
  await until('ended', () => standing(citizen)?.text?.includes('Обращение закрыто'))
  expect(times(citizen, 'Как прошёл разговор')).toBe(0)
  citizen.says(number)
  expect((await citizen.hears(`Обращение ${number}\n`)).text).toContain('Отменено вами')
  citizen.says('/menu')
  await citizen.presses('Открыть снова')
  await citizen.hears('снова открыто')
  await untilClosed(house.sandbox, number, false)
})

test('past the limit another way is offered once: the reserve line keeps the time, a call takes its place', async () => {
  const { citizen, number } = await openAppeal(house.sandbox, 'Не вижу документ')
  await house.db.run(`update appeals set waiting_since = now() - interval '61 minutes' where number = $1`, [
    bare(number),
  ])
  await ring(house.db, 'queue')
  const offer = await citizen.hears('ждёт дольше, чем мы рассчитывали')
  expect(labels(offer)).toEqual(['Передать: «Вход»', 'Перезвоните мне', 'Подожду здесь', 'Меню', 'Оператор'])
  await citizen.presses('Передать: «Вход»')
  await citizen.hears('теперь ждёт в другой линии')
  const desk = await inTopic(house.sandbox, PETR, number)
  await desk.hears('Гражданин выбрал резервную линию')
  const [row] = await house.db.run<{ line: string; kept: boolean }>(
    `select line, waiting_since < now() - interval '60 minutes' as kept from appeals where number = $1`,
    [bare(number)],
  )
  expect(row).toEqual({ line: 'access', kept: true })
  await ring(house.db, 'queue')
  citizen.says('/menu')
  await citizen.hears('главном меню')
  expect(times(citizen, 'ждёт дольше, чем')).toBe(0)
  expect(times(citizen, 'теперь ждёт в другой линии')).toBe(1)
  await citizen.presses('Перезвоните мне')
  await citizen.hears('На какой номер')
  citizen.says('8 (999) 123-45-67')
  await citizen.hears('Когда вам удобно')
  await citizen.presses(/^\p{L}+, \d+ \p{L}+, \d\d:\d\d–\d\d:\d\d$/u)
  const review = await citizen.hears('Проверьте перед отправкой')
  expect(review.text).toContain(`По обращению ${number}. Не вижу документ`)
  await citizen.presses('Отправить')
  await citizen.hears('назовёт два слова')
  await desk.hears('Гражданин попросил перезвонить: теперь это обращение')
  await untilClosed(house.sandbox, number)
})

test('who was answered does not wait, and a second question has a place of its own', async () => {
  const { citizen } = await takenAppeal(house.sandbox)
  citizen.says('/operator')
  await citizen.presses('Это новый вопрос')
  await citizen.hears('Опишите')
  expect(await ask(citizen, 'второе дело')).toMatch(/\d{3}-/)
  expect(place(citizen)).toBeGreaterThan(0)
})

test('a reserve line with a group of its own has the appeal there, where its people can take it', async () => {
  const { sandbox, db } = house
  const second = -1_002_000_000_018
  sandbox.newGroup({ id: second, title: 'Вход', is_forum: true })
  const rights = ['can_delete_messages', 'can_pin_messages', 'can_manage_topics', 'can_manage_chat']
  sandbox.group({ chat: second, bot: 'administrator', rights })
  const olga = inGeneral(sandbox, OLGA, second)
  olga.says('/desk')
  await olga.hears('Эта группа теперь принимает обращения')
  await db.run(`insert into desk_lines (desk_id, line) select id, 'access' from desks where chat_id = $1`, [second])
  const { citizen, number } = await openAppeal(sandbox, 'Очень жду')
  await db.run(`update appeals set waiting_since = now() - interval '2 hours' where number = $1`, [bare(number)])
  await ring(db, 'queue')
  await citizen.presses('Передать: «Вход»')
  await citizen.hears('теперь ждёт в другой линии')
  const there = await inTopic(sandbox, OLGA, number, second)
  await there.hears('Гражданин выбрал резервную линию')
  await there.presses('Взять')
  await citizen.hears('В работе')
})
