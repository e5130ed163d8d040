import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, MARINA, OLGA, openAppeal, PETR, takenAppeal, topicOf } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, newCitizen, numberIn } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ replicas: 2 })
})
afterAll(() => house.stop())

test('the card says who waits and the way that led here, and is edited in place', async () => {
  const { sandbox } = house
  const vera = newCitizen(sandbox, 'en', 'Вера <b>')
  vera.says('/start')
  await vera.presses('Questions')
  await vera.presses(/Signing|Sign-in/)
  await vera.presses(/code/i)
  await vera.presses('Operator')
  await vera.presses('I agree')
  const number = await ask(vera, 'No code for three days')

  const petr = await inTopic(sandbox, PETR, number)
  const card = await petr.hears(number)
  const words = card.text ?? ''
  expect(topicOf(sandbox, number)?.name).toMatch(new RegExp(`^${number} · \\S`))
  expect(words).toMatch(/Гражданин: Вера <b> · язык: \S+/)
  expect(words).toMatch(/Принято · ждёт с \d\d\.\d\d\.\d{4}, \d\d:\d\d/)
  expect(words).toMatch(/открыл: .*код/i)
  expect(words.split('\n').every((line) => line.length <= 120)).toBe(true)
  expect(card.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual(['Взять', 'Передать', 'Подробнее'])

  await petr.presses('Взять')
  const taken = await petr.hears('отвечает Пётр')
  expect(taken.message_id).toBe(card.message_id)
  expect(taken.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual([
    'Вернуть',
    'Передать',
    'Завершить',
    'Отклонить',
    'Поздороваться',
    'Верно ли я понял?',
    'Заготовки',
    'Подробнее',
  ])
  petr.says('/close Сделано')
  const final = await petr.hears(/Завершено · закрыто/)
  expect(final.message_id).toBe(card.message_id)
  expect(final.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual(['Открыть снова', 'Подробнее'])
  await vera.presses('4')
  await petr.hears('Оценка: 4 из 5')

  vera.says('/operator')
  await vera.hears('Describe')
  const second = await ask(vera, 'It is back')
  const again = await inTopic(sandbox, PETR, second)
  const next = await again.hears(second)
  expect(next.text).toContain(`${number} · `)
  expect(next.text).toContain('Завершено')
})

test('answers of a form stand on the card', async () => {
  const anna = newCitizen(house.sandbox, 'ru')
  anna.says('/contest')
  await anna.presses(/Согласен/)
  await anna.hears('Какое решение')
  anna.says('Отказ от 12 мая, № 77')
  await anna.hears('не согласны и почему')
  anna.says('Документы были в порядке')
  await anna.hears('Чего вы хотите')
  await anna.presses('Пропустить')
  await anna.hears('Пришлите снимки')
  await anna.presses('Пропустить')
  await anna.hears('Проверьте')
  await anna.presses('Отправить')
  const number = numberIn(await anna.hears('Ваш номер обращения'))
  const petr = await inTopic(house.sandbox, PETR, number)
  const card = await petr.hears(number)
  expect(card.text).toContain('Отказ от 12 мая, № 77')
  await petr.hears('Документы были в порядке')
})

test('of fifty presses at once one wins, and the others see who', async () => {
  const { sandbox } = house
  const { citizen, number } = await openAppeal(sandbox)
  const people = [OLGA, PETR, MARINA]
  const phones = await Promise.all(people.map((id) => inTopic(sandbox, id, number)))
  const card = await phones[0]?.hears(number)
  const data = card?.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? ''
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      sandbox.press({ from: people[n % 3] ?? OLGA, chat: GROUP, message_id: card?.message_id ?? 0, data }),
    ),
  )
  const owned = await phones[0]?.hears(/отвечает (Ольга|Пётр|Марина)/)
  const winner = /отвечает (\S+)/.exec(owned?.text ?? '')?.[1] ?? ''
  const losers = answers.filter(({ text }) => text !== undefined)
  expect(answers.every(({ answered }) => answered)).toBe(true)
  expect(losers.length).toBeGreaterThanOrEqual(33)
  for (const { text, show_alert } of losers) {
    expect(text).toBe(`Уже взято: отвечает ${winner}.`)
    expect(show_alert).toBe(true)
  }
  await citizen.hears('В работе')
  expect(citizen.fromBot().filter(({ text }) => text?.includes('В работе'))).toHaveLength(1)
})

test('/take in a topic takes it; whoever has it already is told so', async () => {
  const { desk, number } = await takenAppeal(house.sandbox, { by: MARINA })
  desk.says('/take')
  await desk.hears(`Обращение ${number} ваше`)
  const petr = await inTopic(house.sandbox, PETR, number)
  petr.says('/take')
  await petr.hears('Уже взято: отвечает Марина')
})

test('/take in General takes the oldest, with a way to its topic', async () => {
  const { sandbox } = house
  const general = inGeneral(sandbox, OLGA)
  const first = await openAppeal(sandbox, 'Первый вопрос')
  const second = await openAppeal(sandbox, 'Второй вопрос')
  for (const { number } of [first, second]) {
    let said = ''
    while (!said.includes(number)) {
      general.says('/take')
      const taken = await general.hears('Вы взяли')
      said = taken.text ?? ''
      expect(taken.reply_markup?.inline_keyboard[0]?.[0]?.url).toMatch(/^https:\/\/t\.me\/c\/2000000001\/\d+$/)
      if (said.includes(second.number)) expect(number).toBe(second.number)
    }
  }
  general.says('/take')
  await general.hears('никто не ждёт')
})
