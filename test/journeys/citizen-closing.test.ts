import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type Opened, takenAppeal } from '../appeal.ts'
import { album, dataOf, labels, photo, pressOn, sends, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { newCitizen, type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const closed = async (how = '/close Код пришёл'): Promise<Opened & { desk: Phone }> => {
  const taken = await takenAppeal(house.sandbox)
  taken.desk.says(how)
  await taken.citizen.hears('Как прошёл разговор')
  return taken
}
const longAgo = async (number: string) =>
  await house.db.run(`update appeals set closed_at = now() - interval '31 days' where number = $1`, [
    number.replaceAll('-', ''),
  ])
const ratings = async (number: string) =>
  await house.db.run<{ score: number; word: Buffer | null }>(
    'select score, word from ratings r join appeals a on a.id = r.appeal_id where a.number = $1 order by closing',
    [number.replaceAll('-', '')],
  )

describe.concurrent('a closed appeal', () => {
  test('says how it ended, and asks how the conversation was', async () => {
    const { citizen, number } = await closed()
    const end = await citizen.hears(`${number}: «Завершено»`)
    expect(end.text).toContain('Код пришёл')
    expect(labels(end)).toEqual(['Открыть снова', 'Переписка файлом', 'Меню', 'Оператор'])
    expect(labels(await citizen.hears('Как прошёл разговор'))).toEqual([
      ...['1', '2', '3', '4', '5'],
      ...['Не оценивать', 'Меню', 'Оператор'],
    ])
    citizen.says(number)
    expect((await citizen.hears(`Обращение ${number}\n`)).text).toContain('Ответ при закрытии:\nКод пришёл')
  })

  test('says why it was rejected', async () => {
    const { citizen, number } = await closed('/reject Это вопрос к банку')
    const end = await citizen.hears(`${number}: «Отклонено»`)
    expect(end.text).toContain('Причина: Это вопрос к банку')
  })

  test('leaves «спасибо» and a digit what they are', async () => {
    const { citizen } = await closed()
    citizen.says('Спасибо большое!')
    await citizen.hears('Пожалуйста!')
    citizen.says('0')
    await citizen.hears('главном меню')
    expect(times(citizen, 'Дополнить его')).toBe(0)
  })

  test('asks whether more words belong to it: yes, all of them, and it is open again', async () => {
    const { citizen, number, desk } = await closed()
    citizen.says('Снова не приходит код')
    const question = await citizen.hears(`Обращение ${number} уже закрыто. Дополнить его`)
    expect(labels(question)).toEqual(['Дополнить обращение', 'Это новый вопрос', 'Меню', 'Оператор'])
    sends(house.sandbox, citizen, album('1.pdf', '2.pdf'))
    await until('one question for the album', () => times(citizen, 'Дополнить его') === 2)
    await citizen.presses('Дополнить обращение')
    await citizen.hears(`Добавил в обращение ${number} и открыл его снова`)
    await desk.hears(/^Снова не приходит код$/)
    await until('the album', () => desk.fromBot().filter(({ document }) => document).length === 2)
    expect(times(citizen, 'Добавил в обращение')).toBe(1)
    citizen.says(number)
    expect((await citizen.hears(`Обращение ${number}\n`)).text).toContain('В работе')
    await pressOn(house.sandbox, question, dataOf(question, 'Дополнить'))
    await citizen.hears('уже закончен')
    expect(times(desk, /^Снова не приходит код$/)).toBe(1)
  })

  test('asks whether more words belong to it: no, they are answered as a new question', async () => {
    const { citizen, number, desk } = await closed()
    citizen.says('не приходит код из смс')
    await citizen.hears('Дополнить его')
    await citizen.presses('Это новый вопрос')
    await citizen.hears(/^Не приходит код/)
    citizen.says('сколько стоит хлеб')
    await citizen.hears(/не хочу гадать|Похоже/)
    citizen.says(number)
    expect((await citizen.hears(`Обращение ${number}\n`)).text).toContain('Завершено')
    expect(times(desk, /не приходит код из смс/)).toBe(0)
  })

  test('hands a photo that is about something new to a person', async () => {
    const { citizen } = await closed()
    sends(house.sandbox, citizen, photo)
    await citizen.hears('Дополнить его')
    await citizen.presses('Это новый вопрос')
    await citizen.hears('Фото и файлы бот сам не понимает')
    await citizen.hears('Опишите')
  })

  test('opens again by its button for 30 days, in the same topic, and then no more', async () => {
    const { citizen, number, desk } = await closed()
    const end = await citizen.hears('«Завершено»')
    await citizen.presses('Открыть снова')
    await citizen.hears(`Обращение ${number} снова открыто`)
    citizen.says('я ещё не всё спросила')
    await desk.hears(/^я ещё не всё спросила$/)
    await desk.presses('Взять')
    desk.says('/close Теперь всё')
    await citizen.hears('Теперь всё')
    await longAgo(number)
    await pressOn(house.sandbox, end, dataOf(end, 'Открыть снова'))
    await citizen.hears(`Обращение ${number} закрыто больше 30 дней назад`)
    citizen.says('не приходит код из смс')
    await citizen.hears(/^Не приходит код/)
    const answer = citizen.fromBot().find(({ text }) => text?.includes('Теперь всё'))
    citizen.says('а всё-таки', { reply_to: answer?.message_id ?? 0 })
    await citizen.hears(/не хочу гадать|Похоже|Не то, что/)
    expect(times(desk, 'а всё-таки')).toBe(0)
  })

  test('of long ago does not take a reply away from the one in hand', async () => {
    const { citizen, desk, number } = await takenAppeal(house.sandbox)
    desk.says('Старый ответ')
    const old = await citizen.hears(/^Старый ответ$/)
    desk.says('/close Готово')
    await citizen.hears('Как прошёл разговор')
    await longAgo(number)
    citizen.says('/operator')
    await citizen.hears('Опишите')
    const second = await ask(citizen, 'новое дело')
    citizen.says('вдогонку', { reply_to: old.message_id })
    await citizen.hears(`${number} закрыто больше 30 дней назад`)
    citizen.says('вдогонку к новому')
    citizen.says(second)
    expect((await citizen.hears(`Обращение ${second}\n`)).text).toContain('Принято')
  })
})

describe.concurrent('a rating', () => {
  test('counts once, with a word if one likes', async () => {
    const { citizen, number, desk } = await closed()
    const question = await citizen.hears('Как прошёл разговор')
    await citizen.presses('5')
    await citizen.hears('Спасибо за оценку: 5')
    await citizen.hears('добавить пару слов')
    citizen.says('Очень терпеливый оператор')
    await citizen.hears('Спасибо, передадим!')
    await pressOn(house.sandbox, question, dataOf(question, '1'))
    await citizen.hears('Оценка уже есть')
    const [rating, ...others] = await ratings(number)
    expect(others).toEqual([])
    expect(rating?.score).toBe(5)
    expect(rating?.word?.length).toBeGreaterThan(20)
    expect(rating?.word?.toString('latin1')).not.toContain(Buffer.from('терпеливый').toString('latin1'))
    await desk.hears('Оценка: 5 из 5')
    expect(times(desk, 'терпеливый')).toBe(0)
  })

  test('needs no word, and a question soon after is a question', async () => {
    const { citizen, number } = await closed()
    await citizen.presses('3')
    await citizen.hears('добавить пару слов')
    await citizen.presses('Пропустить')
    await citizen.hears('просто напишите')
    expect((await ratings(number)).map(({ score, word }) => ({ score, word }))).toEqual([{ score: 3, word: null }])
    const other = await closed()
    await other.citizen.presses('4')
    await other.citizen.hears('добавить пару слов')
    await house.db.run(
      `update drafts set touched_at = now() - interval '16 minutes'
       where citizen_id = (select id from citizens where external_id = $1)`,
      [other.citizen.id],
    )
    other.citizen.says('Когда вы работаете?')
    await other.citizen.hears('Дополнить его')
  })

  test('is of its own closing: old buttons rate nothing, and nobody rates for another', async () => {
    const { citizen, number, desk } = await closed()
    const question = await citizen.hears('Как прошёл разговор')
    await citizen.presses('Открыть снова')
    await citizen.hears('снова открыто')
    const gone = await pressOn(house.sandbox, question, dataOf(question, '1'))
    expect(gone.text).toContain('Оценить можно после последнего закрытия')
    await desk.presses('Взять')
    desk.says('/close И правда всё')
    await citizen.hears('И правда всё')
    expect((await pressOn(house.sandbox, question, dataOf(question, '1'))).text).toContain('после последнего закрытия')
    const stranger = newCitizen(house.sandbox)
    stranger.says('/menu')
    const screen = await stranger.hears('главном меню')
    const forged = await pressOn(house.sandbox, screen, dataOf(question, '1'))
    expect(forged.text).toContain('больше не действует')
    expect(await ratings(number)).toEqual([])
  })
})
