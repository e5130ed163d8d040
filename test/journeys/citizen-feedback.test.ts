import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAppeal } from '../appeal.ts'
import { album, file, heard, labels, photo, sends, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const begins = async (lang = 'ru'): Promise<Phone> => {
  const person = newCitizen(house.sandbox, lang)
  person.says('/feedback')
  await person.presses(/^Согласен|^I agree/)
  await person.hears(/Напишите, что хотите сообщить|Write what you would like/)
  return person
}

/** Up to the question for attachments. */
const atAttachments = async (): Promise<Phone> => {
  const vera = await begins()
  vera.says('Спасибо оператору Петру')
  await vera.hears('Как ещё с вами связаться')
  vera.says('нет')
  await vera.hears('Это связано с прежним обращением')
  await vera.presses('Пропустить')
  await vera.hears('Пришлите фото или файлы')
  return vera
}

describe.concurrent('feedback', () => {
  test('with everything there is to say', async () => {
    const { citizen, number } = await openAppeal(house.sandbox)
    citizen.says('Обратная связь')
    await citizen.hears('Напишите, что хотите сообщить')
    citizen.says('Долго ждала ответа')
    await citizen.hears('Как ещё с вами связаться')
    citizen.says('vera@example.org')
    await citizen.hears('Это связано с прежним обращением')
    citizen.says('12345')
    await citizen.hears('не похоже на номер обращения')
    citizen.says(number)
    await citizen.hears('Пришлите фото или файлы, до 10')
    citizen.says('сейчас пришлю')
    await citizen.hears('Здесь жду фото, файл или голосовое')
    sends(house.sandbox, citizen, photo)
    await citizen.hears('Принято: 1 из 10')
    sends(house.sandbox, citizen, album('а.pdf', 'б.pdf', 'в.pdf'))
    await citizen.hears('Принято: 4 из 10')
    expect(times(citizen, 'Принято:')).toBe(2)
    await citizen.presses('Готово')
    const review = await citizen.hears('Проверьте перед отправкой')
    expect(review.text).toContain('Сообщение: Долго ждала ответа')
    expect(review.text).toContain('Контакт: vera@example.org')
    expect(review.text).toContain(`Прежний номер: ${number}`)
    expect(review.text).toContain('Вложения: 4 файла')
    expect(labels(review)).toEqual(['Отправить', '‹ Назад', 'Отмена', 'Оператор'])
    await citizen.presses('Отправить')
    const sent = numberIn(await citizen.hears('Спасибо! Ваш номер обращения'))
    const desk = await inTopic(house.sandbox, 5002, sent)
    await desk.hears(/^Долго ждала ответа$/)
    expect((await desk.hears('v•••@example.org')).text).toContain(number)
    await desk.presses('Взять')
    await citizen.hears(`${sent}: «В работе»`)
    expect(await desk.presses('Показать скрытое')).toMatchObject({ text: 'почта: vera@example.org' })
    desk.says('Спасибо, разберёмся')
    await citizen.hears('Спасибо, разберёмся')
    await until('four files', () => desk.fromBot().filter((one) => one.photo ?? one.document).length === 4)
  })

  test('with nothing but its words, in English', async () => {
    const john = await begins('en')
    john.says('Thank you')
    for (const question of ['How else can we reach you', 'Is this about an earlier appeal', 'Send photos or files']) {
      await john.hears(question)
      await john.presses('Skip')
    }
    const review = await john.hears('Please check before sending')
    expect(review.text?.match(/skipped/g)).toHaveLength(2)
    expect(review.text).toContain('0 files')
    await john.presses('Send')
    await john.hears('Thank you! Your appeal number')
    john.says('My appeals')
    await john.hears('Your appeal')
  })

  test('takes no more than ten files, even of one album too many', async () => {
    const vera = await atAttachments()
    sends(house.sandbox, vera, album('1.pdf', '2.pdf', '3.pdf', '4.pdf', '5.pdf', '6.pdf'))
    await vera.hears('Принято: 6 из 10')
    sends(house.sandbox, vera, album('7.pdf', '8.pdf', '9.pdf', '10.pdf', '11.pdf', '12.pdf'))
    await vera.hears('уже не войдёт')
    expect(times(vera, 'Проверьте перед отправкой')).toBe(1)
    await vera.presses('Отправить')
    const desk = await inTopic(house.sandbox, 5002, numberIn(await vera.hears('Ваш номер обращения')))
    vera.says('/menu')
    await desk.hears('Спасибо оператору')
    const names = () => desk.fromBot().flatMap(({ document }) => document?.file_name ?? [])
    await until('ten files', () => names().length === 10)
    expect(names()).toEqual(Array.from({ length: 10 }, (_, n) => `${n + 1}.pdf`))
  })

  test('goes back step by step, and keeps the files when only «Готово» was too early', async () => {
    const vera = await atAttachments()
    sends(house.sandbox, vera, file('а.pdf'))
    await vera.hears('Принято: 1 из 10')
    await vera.presses('Готово')
    await vera.hears('Проверьте перед отправкой')
    await vera.presses('Назад')
    await vera.hears('Принято: 1 из 10')
    await vera.presses('Назад')
    await vera.hears('Это связано с прежним обращением')
    vera.says('назад')
    await vera.hears('Как ещё с вами связаться')
    await vera.presses('Назад')
    await vera.hears('Напишите, что хотите сообщить')
    vera.says('Другие слова')
    await vera.hears('Как ещё с вами связаться')
  })

  test('is corrected before it is sent', async () => {
    const vera = await begins()
    const wrong = vera.says('Спосибо')
    await vera.hears('Как ещё с вами связаться')
    house.sandbox.edit({ from: vera.id, chat: vera.chat, message_id: wrong.message_id, text: 'Спасибо' })
    await vera.hears('Исправление учтено')
    for (const question of ['Как ещё', 'Это связано', 'Пришлите фото']) {
      await vera.hears(question)
      await vera.presses('Пропустить')
    }
    expect((await vera.hears('Проверьте')).text).toContain('Сообщение: Спасибо')
  })

  test('is cancelled, and gone on with, or begun anew', async () => {
    const vera = await begins()
    vera.says('первые слова')
    await vera.hears('Как ещё с вами связаться')
    vera.says('Отмена')
    await vera.hears('сохранилось')
    vera.says('Обратная связь')
    expect(labels(await vera.hears('«Обратная связь». Сохранён 1 ответ. Продолжить?'))).toEqual([
      'Продолжить',
      'Начать заново',
      'Меню',
      'Оператор',
    ])
    await vera.presses('Продолжить')
    await vera.hears('Как ещё с вами связаться')
    vera.says('/menu')
    await vera.hears('главном меню')
    vera.says('/feedback')
    await vera.presses('Начать заново')
    await vera.hears('Напишите, что хотите сообщить')
    vera.says('вторые слова')
    for (const question of ['Как ещё', 'Это связано', 'Пришлите фото']) {
      await vera.hears(question)
      await vera.presses('Пропустить')
    }
    const review = await vera.hears('Проверьте')
    expect(review.text).toContain('вторые слова')
    expect(review.text).not.toContain('первые слова')
    await vera.presses('Отмена')
    vera.says('/appeals')
    await vera.hears('Обращений пока нет')
  })

  test('wants words where it asks for words', async () => {
    const vera = await begins()
    sends(house.sandbox, vera, photo)
    await vera.hears('Здесь нужен текст')
    vera.says('я'.repeat(4_001))
    await vera.hears('длиннее 4000 знаков')
    vera.says('/какая-то команда из буфера')
    await vera.hears('Как ещё с вами связаться')
    vera.says('/foo')
    await vera.hears('Такой команды нет')
    vera.says('8 900 000-00-00')
    await vera.hears('Это связано с прежним обращением')
    expect(heard(vera).join()).not.toContain('undefined')
  })
})

describe.concurrent('a contested decision', () => {
  test.each([
    ['ru', 'Оспорить решение', 'не поданная жалоба', /Решение: отказ в пособии/],
    ['en', 'Contest a decision', 'not a filed complaint', /отказ в пособии/],
  ])('%s: is explained first, and its number is said to be no filed complaint', async (lang, word, honest, onCard) => {
    const person = newCitizen(house.sandbox, lang)
    person.says(word)
    expect(labels(await person.hears(/^(Если вы не согласны|If you disagree)/))).toHaveLength(2)
    await person.presses(/^Согласен|^I agree/)
    await person.hears(/Какое решение|Which decision/)
    person.says('отказ в пособии, № 12 от 3 мая')
    await person.hears(/С чем вы не согласны|What do you disagree/)
    person.says('справка была приложена')
    await person.hears(/Чего вы хотите|What would you like/)
    await person.presses(/Пропустить|Skip/)
    await person.hears(/Пришлите снимки|Send pictures/)
    sends(house.sandbox, person, file('решение.pdf'))
    await person.presses(/Готово|Done/)
    await person.hears(/Проверьте|Please check/)
    person.says(lang === 'ru' ? 'Всё верно' : 'Confirm')
    const number = numberIn(await person.hears(honest))
    const desk = await inTopic(house.sandbox, 5002, number)
    await desk.hears(onCard)
    await desk.hears(/^справка была приложена$/)
    person.says(number)
    await person.hears(honest)
  })
})
