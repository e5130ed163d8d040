import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newNumber, showNumber } from '../../src/desk/appeal-number.ts'
import { ask, openAppeal, takenAppeal } from '../appeal.ts'
import { heard, labels, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const UNKNOWN = 'Среди ваших обращений такого номера нет'

/** One more matter of somebody who has one in hand. */
const another = async (citizen: Phone, text: string): Promise<string> => {
  citizen.says('/operator')
  await citizen.presses('Это новый вопрос')
  await citizen.hears('Опишите')
  return await ask(citizen, text)
}

const sendsFeedback = async (citizen: Phone, text: string) => {
  citizen.says('/feedback')
  await citizen.hears('Напишите, что хотите сообщить')
  citizen.says(text)
  for (const question of ['Как ещё с вами связаться', 'Это связано с прежним', 'Пришлите фото или файлы']) {
    await citizen.hears(question)
    await citizen.presses('Пропустить')
  }
  await citizen.hears('Проверьте перед отправкой')
  await citizen.presses('Отправить')
  return (await citizen.hears('Ваш номер обращения')).text?.match(/\d{3}-\d{3}-\d{3}/)?.[0] ?? ''
}

describe.concurrent('an appeal number', () => {
  test('typed in any way opens the citizen’s own appeal', async () => {
    const { citizen, number } = await openAppeal(house.sandbox)
    const digits = number.replaceAll('-', '')
    const ways = [
      number,
      digits,
      `№ ${number}`,
      `#${digits}`,
      number.replaceAll('-', ' '),
      number.replaceAll('-', ' – '),
      `номер ${digits}.`,
      `Моё обращение ${number}`,
    ]
    for (const way of ways) {
      citizen.says(way)
      const screen = await citizen.hears(`Обращение ${number}\n`)
      expect(screen.text).toMatch(/Статус: «Принято»\nОткрыто: \d+ \S+ \d{4}/)
    }
    const desk = await inTopic(house.sandbox, 5002, number)
    await desk.hears('Не приходит код')
    expect(times(desk, digits)).toBe(0)
  })

  test('of somebody else, of nobody and with a wrong digit gets the very same answer', async () => {
    const { number } = await openAppeal(house.sandbox)
    const vera = newCitizen(house.sandbox)
    const answers = []
    for (const typed of [number, showNumber(newNumber()), '123-456-789', '000000000']) {
      vera.says(typed)
      const { text, reply_markup } = await vera.hears(UNKNOWN)
      answers.push(JSON.stringify({ text, reply_markup }))
    }
    expect(new Set(answers).size).toBe(1)
  })

  test('that is not the citizen’s still reaches the operator who may have asked for it', async () => {
    const { citizen, desk } = await takenAppeal(house.sandbox)
    citizen.says('482-913-057')
    await citizen.hears(UNKNOWN)
    await desk.hears(/^482-913-057$/)
  })
})

describe.concurrent('«Мои обращения»', () => {
  test('lists the citizen’s own, newest first, at most eight, each with its status, date and number to copy', async () => {
    const { citizen, number } = await openAppeal(house.sandbox)
    const second = await sendsFeedback(citizen, 'Спасибо за помощь')
    citizen.says('Мои обращения')
    const list = labels(await citizen.hears('Ваши обращения'))
    expect(list[0]).toMatch(new RegExp(`^${second} · Принято · \\d`))
    expect(list[1]).toMatch(new RegExp(`^${number} · Принято · \\d`))
    await citizen.presses(new RegExp(`^${number}`))
    const screen = await citizen.hears(`Обращение ${number}\n`)
    expect(screen.text).toMatch(/Место в очереди: \d+/)
    expect(labels(screen)).toEqual([
      'Скопировать номер',
      'Написать оператору',
      'Переписка файлом',
      '‹ Назад',
      'Меню',
      'Оператор',
    ])
    expect(screen.reply_markup?.inline_keyboard[0]?.[0]?.copy_text).toEqual({ text: number })
    await citizen.presses('Назад')
    await citizen.hears('Ваши обращения')
  })

  test('says how to find what is not among the newest eight', async () => {
    const { citizen, number } = await openAppeal(house.sandbox)
    for (let n = 0; n < 8; n += 1) await another(citizen, `вопрос ${n}`)
    citizen.says('/appeals')
    const list = await citizen.hears('Более ранние найдутся по номеру')
    expect(labels(list).filter((label) => label.includes('Принято'))).toHaveLength(8)
    expect(labels(list).join()).not.toContain(number)
    citizen.says(number)
    await citizen.hears(`Обращение ${number}\n`)
  })
})

describe.concurrent('of several open appeals', () => {
  test('the newest is current, until the citizen or an operator turns to another', async () => {
    const { citizen, number: first } = await openAppeal(house.sandbox, 'первое')
    const second = await another(citizen, 'второе')
    const [one, two] = [await inTopic(house.sandbox, 5002, first), await inTopic(house.sandbox, 5003, second)]
    citizen.says('это ко второму')
    await two.hears(/^это ко второму$/)
    citizen.says(first)
    await citizen.hears(`Обращение ${first}\n`)
    await citizen.presses('Написать оператору')
    await citizen.hears(`попадёт в обращение ${first}`)
    citizen.says('это к первому')
    await one.hears(/^это к первому$/)
    await two.presses('Взять')
    await citizen.hears(new RegExp(`${second}: «В работе»`))
    two.says('Здравствуйте, я по второму')
    await citizen.hears('я по второму')
    citizen.says('и снова ко второму')
    await two.hears(/^и снова ко второму$/)
    expect(times(one, 'втором')).toBe(0)
  })

  test('a reply goes to the appeal of the message it answers', async () => {
    const { citizen, number: first, desk: one } = await takenAppeal(house.sandbox, { text: 'первое' })
    one.says('Какой у вас телефон?')
    const question = await citizen.hears('Какой у вас телефон?')
    const second = await another(citizen, 'второе')
    const two = await inTopic(house.sandbox, 5003, second)
    await two.hears(/^второе$/)
    citizen.says('кнопочный', { reply_to: question.message_id })
    const answer = await one.hears(/^кнопочный$/)
    expect(answer.reply_to_message?.text).toBe('Какой у вас телефон?')
    citizen.says('а это уже ко второму')
    await two.hears(/^а это уже ко второму$/)
    expect(heard(two)).not.toContain('кнопочный')
    expect(first).not.toBe(second)
  })

  test('asking for a person again asks which it is about', async () => {
    const { citizen, number } = await openAppeal(house.sandbox)
    citizen.says('9')
    await (await inTopic(house.sandbox, 5002, number)).hears(/^9$/)
    citizen.says('Оператор')
    expect(labels(await citizen.hears(`уже открыто обращение ${number}`))).toEqual([
      `Писать в ${number}`,
      'Это новый вопрос',
      'Меню',
      'Оператор',
    ])
    await citizen.presses(`Писать в ${number}`)
    await citizen.hears(`попадёт в обращение ${number}`)
  })
})
