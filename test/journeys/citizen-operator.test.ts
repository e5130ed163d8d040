import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAppeal, takenAppeal } from '../appeal.ts'
import { album, file, heard, labels, photo, sends, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const consents = async (person: Phone) =>
  await house.db.run<{ policy: string }>(
    'select policy from consents k join citizens c on c.id = k.citizen_id where c.external_id = $1',
    [person.id],
  )

describe.concurrent('the consent', () => {
  test('is asked for once and stored with the version of its text', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('Оператор')
    const asked = await vera.hears('Прежде чем писать человеку')
    const version = /версия (\S+):/.exec(asked.text ?? '')?.[1]
    expect(labels(asked)).toEqual(['Согласен / согласна', 'Не согласен / не согласна'])
    expect(await consents(vera)).toEqual([])
    await vera.presses(/^Согласен/)
    const question = await vera.hears('Опишите, что случилось')
    expect(question.text).toContain('Он никогда не спросит код, пароль или карту')
    expect(await consents(vera)).toEqual([{ policy: version }])
    await vera.presses('Отмена')
    await vera.hears('ничего не отправлено')
    vera.says('Оператор')
    await vera.hears('Опишите, что случилось')
    expect(times(vera, 'Прежде чем писать')).toBe(1)
  })

  test('may be refused: answers, the fraud screen and appeals stay', async () => {
    const john = newCitizen(house.sandbox, 'en')
    john.says('Operator')
    await john.presses('I do not agree')
    await john.hears('nothing is passed on')
    expect(await consents(john)).toEqual([])
    for (const [said, answer] of [
      ['Questions', 'Choose a section'],
      ['Fraud', 'If it has already happened'],
      ['My appeals', 'No appeals yet'],
      ['I do not get the code', 'Not what you were looking for'],
      ['Operator', 'Before you write to a person'],
    ] as const) {
      john.says(said)
      await john.hears(answer)
    }
  })

  test('may be typed', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/operator')
    await vera.hears('Прежде чем')
    vera.says('НЕ согласна!')
    await vera.hears('ничего не передаём')
    vera.says('/operator')
    await vera.hears('Прежде чем')
    vera.says('Согласна')
    await vera.hears('Опишите')
  })
})

describe.concurrent('an appeal', () => {
  test('has a number to copy, a place in the queue, and what happens next', async () => {
    const { citizen } = await openAppeal(house.sandbox, 'Помогите войти')
    const letter = await citizen.hears('Ваш номер обращения')
    expect(letter.text).toMatch(/Ваш номер обращения: \d{3}-\d{3}-\d{3}\n/)
    expect(letter.text).toMatch(/«Принято»\. Место в очереди: \d+\./)
    expect(letter.text).toMatch(/Часы работы/)
    const copy = letter.reply_markup?.inline_keyboard[0]?.[0]
    expect(copy).toEqual({ text: 'Скопировать номер', copy_text: { text: numberIn(letter) } })
    await citizen.presses('Мои обращения')
    await citizen.hears('Ваше обращение')
    expect(citizen.fromBot().find(({ message_id }) => message_id === letter.message_id)?.text).toBe(letter.text)
  })

  test('may begin with a voice message or a photo', async () => {
    for (const what of [
      { ...file('голос.ogg'), as: 'voice' as const },
      { ...photo, text: 'вот что пишет' },
    ]) {
      const vera = newCitizen(house.sandbox)
      vera.says('/operator')
      await vera.presses(/^Согласен/)
      await vera.hears('Опишите')
      sends(house.sandbox, vera, what)
      const desk = await inTopic(house.sandbox, 5002, numberIn(await vera.hears('Ваш номер обращения')))
      await untilEvent(house.sandbox, 'the description', () =>
        desk.fromBot().find(({ voice, photo }) => voice ?? photo),
      )
    }
  })

  test('gets everything the citizen says from then on, as it is and in order', async () => {
    const { citizen, desk } = await takenAppeal(house.sandbox)
    citizen.says('раз')
    sends(house.sandbox, citizen, { ...photo, text: 'снимок' })
    sends(house.sandbox, citizen, file('справка.pdf'))
    sends(house.sandbox, citizen, { ...file('1.ogg'), as: 'voice' })
    sends(house.sandbox, citizen, { ...file('2.mp4'), as: 'video' })
    sends(house.sandbox, citizen, { ...file('3.mp4'), as: 'video_note' })
    sends(house.sandbox, citizen, { ...file('4.mp3'), as: 'audio' })
    sends(house.sandbox, citizen, { ...file('5.gif'), as: 'animation' })
    sends(house.sandbox, citizen, { ...file('6.webp'), as: 'sticker' })
    sends(house.sandbox, citizen, { location: { latitude: 55.75, longitude: 37.62 } })
    sends(house.sandbox, citizen, { dice: '🎲' })
    citizen.says('два')
    await desk.hears(/^два$/)
    const got = desk.fromBot().slice(desk.fromBot().findIndex(({ text }) => text === 'раз'))
    const kinds = ['photo', 'document', 'voice', 'video', 'video_note', 'audio', 'animation', 'sticker', 'location']
    expect(got.slice(1, 10).map((message) => kinds.findLast((kind) => kind in message))).toEqual(kinds)
    expect(got[10]?.text).toContain('🎲')
    expect(got[1]?.caption).toBe('снимок')
    expect(got[11]?.text).toBe('два')
    // The die went as words, and nothing else was said about all this.
    expect(heard(citizen).at(-1)).toMatch(/увидит его словами/)
  })

  test('gets an album whole and in order', async () => {
    const { citizen, desk } = await takenAppeal(house.sandbox)
    sends(house.sandbox, citizen, { ...album('1.pdf', '2.pdf', '3.pdf', '4.pdf'), text: 'все страницы' })
    citizen.says('это всё')
    await desk.hears(/^это всё$/)
    const pages = desk.fromBot().filter(({ document }) => document)
    expect(pages.map(({ document }) => document?.file_name)).toEqual(['1.pdf', '2.pdf', '3.pdf', '4.pdf'])
    expect(new Set(pages.map(({ media_group_id }) => media_group_id)).size).toBe(1)
    expect(pages[0]?.caption).toBe('все страницы')
  })

  test('gets in words what cannot travel, and the citizen knows', async () => {
    const { citizen, desk } = await takenAppeal(house.sandbox)
    sends(house.sandbox, citizen, { contact: { phone_number: '+79990000000', first_name: 'Пётр' } })
    // The number is shown to the owner on demand.
    await desk.hears(/Пётр: \+•+0+$/)
    await citizen.hears('увидит его словами')
    sends(house.sandbox, citizen, { poll: { question: 'Что нажать?', options: ['Да', 'Нет'] } })
    await desk.hears(/Что нажать\?\n– Да\n– Нет/)
    sends(house.sandbox, citizen, { extra: { game: { title: 'x', description: 'x', photo: [] } } })
    await citizen.hears('такое оператору не передать')
  })

  test('shows what the citizen corrects, with what it was before', async () => {
    const { citizen, desk } = await takenAppeal(house.sandbox)
    const wrong = citizen.says('Номер заявления 100')
    await desk.hears('Номер заявления 100')
    house.sandbox.edit({
      from: citizen.id,
      chat: citizen.chat,
      message_id: wrong.message_id,
      text: 'Номер заявления 101',
    })
    const mended = await desk.hears('Номер заявления 101')
    expect(mended.text).toContain('Номер заявления 100')
    expect(times(desk, 'Номер заявления')).toBe(1)
  })

  test('knows when the citizen is away, and back', async () => {
    const { citizen, desk } = await takenAppeal(house.sandbox)
    house.sandbox.person({ id: citizen.id, blocked: true })
    await desk.hears('заблокировал')
    house.sandbox.person({ id: citizen.id, blocked: false })
    await desk.hears(/снова/)
    citizen.says('я вернулась')
    await desk.hears(/^я вернулась$/)
    desk.says('Хорошо!')
    await citizen.hears(/^Хорошо!$/)
  })
})
