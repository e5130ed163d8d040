import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { album, file, heard, labels, photo, sends, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

describe.concurrent('a typed question', () => {
  test('that is clear gets its answer, and a person gets the question with the way that was gone', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('не приходит код из смс')
    const answer = await vera.hears(/^Не приходит код/)
    expect(answer.text).toContain('Не то, что вы искали?')
    expect(labels(answer)).toEqual(expect.arrayContaining(['Помогло', 'Не помогло', 'Меню', 'Оператор']))
    await vera.presses('Не помогло')
    await vera.presses('Спросить оператора')
    await vera.presses(/^Согласен/)
    await vera.hears('Или отправьте то, что вы уже спросили: «не приходит код из смс»')
    await vera.presses('Отправить')
    const number = numberIn(await vera.hears('Ваш номер обращения'))
    const desk = await inTopic(house.sandbox, 5002, number)
    const card = await desk.hears('не приходит код из смс')
    expect(card.text).toContain('Не приходит код')
    await desk.hears(/^не приходит код из смс$/)
    expect(times(desk, /^не приходит код из смс$/)).toBe(1)
  })

  test('that is clear gets, below its answer, the two that may be meant as well', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/start contact-abroad')
    const opened = labels(await vera.hears('Звонок из другой страны'))
    vera.says('как позвонить из-за границы')
    const answer = await vera.hears('Не то, что вы искали?')
    // One of the two is related anyway, the other is there for this question only.
    expect(labels(answer)).toContain('Номер горячей линии')
    const next = labels(answer).filter((label) => !opened.includes(label))
    expect(next).toHaveLength(1)
    await vera.presses(next[0] ?? '')
    await vera.hears(new RegExp(`^${next[0]}`))
  })

  test('that is less clear gets guesses, and a person if it is none of them', async () => {
    const vera = newCitizen(house.sandbox)
    // Which question is unclear is the search's to say; one of these is.
    const vague = ['ошибка', 'жалоба номер', 'не получается', 'не могу войти']
    let asked = ''
    for (; times(vera, 'Похоже') === 0 && vague.length > 0; await vera.hears(/./)) {
      asked = vague.shift() ?? ''
      vera.says(asked)
    }
    const guesses = labels(await vera.hears('Похоже, вам подойдёт'))
    expect(guesses.length).toBeGreaterThanOrEqual(4)
    expect(guesses).toEqual(expect.arrayContaining(['Меню', 'Оператор']))
    await vera.presses('Нет нужного')
    await vera.presses(/^Согласен/)
    await vera.hears(`«${asked}»`)
  })

  test('about something else gets no guess', async () => {
    const john = newCitizen(house.sandbox, 'en')
    john.says('§§ 12345 §§')
    const none = await john.hears('do not want to guess')
    expect(labels(none)).toEqual(['Ask an operator', 'All questions', 'Menu'])
    await john.presses('Ask an operator')
    await john.presses(/^I agree/)
    await john.hears('“§§ 12345 §§”')
    john.says('I mean the state fee')
    const number = numberIn(await john.hears('Your appeal number'))
    const desk = await inTopic(house.sandbox, 5002, number)
    await desk.hears(/^I mean the state fee$/)
    john.says('/operator')
    await john.presses('It is a new question')
    const again = await john.hears('Describe what happened')
    expect(again.text).not.toContain('12345')
  })

  test('typed before the consent is not asked for twice', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/operator')
    await vera.hears('Прежде чем писать человеку')
    vera.says('у меня украли телефон с кабинетом')
    await vera.hears('Пока ничего не отправлено')
    vera.says('да')
    await vera.hears('«у меня украли телефон с кабинетом»')
    vera.says('отправить')
    const number = numberIn(await vera.hears('Ваш номер обращения'))
    await (await inTopic(house.sandbox, 5002, number)).hears(/^у меня украли телефон с кабинетом$/)
  })

  test('may hold anything a keyboard can do', async () => {
    const vera = newCitizen(house.sandbox)
    for (const text of [
      '<b>&amp;</b> {{fact.hotline}} $t(menu.here)',
      '𝕐 👩‍👩‍👧‍👦',
      '‮перевёрнутое',
      '9'.repeat(4096),
    ]) {
      const before = heard(vera).length
      vera.says(text)
      await vera.hears(/./)
      expect(heard(vera).length).toBe(before + 1)
    }
    vera.says('/operator')
    await vera.presses(/^Согласен/)
    expect((await vera.hears('Опишите')).text).toContain('999…»')
  })
})

describe.concurrent('small talk', () => {
  test.each([
    ['ru', 'привет', 'Здравствуйте! Расскажите'],
    ['ru', 'спасибо большое', 'Пожалуйста!'],
    ['ru', 'вы робот или человек?', 'Да, я бот'],
    ['ru', 'тупой бот', 'Понимаю, что вы сердитесь'],
    ['ru', 'позовите оператора', 'Прежде чем писать человеку'],
    ['en', 'hello', 'Tell me what happened'],
    ['en', 'thank you', 'You are welcome'],
    ['en', 'are you a robot?', 'I am a bot'],
    ['en', 'useless stupid bot', 'you are angry'],
    ['en', 'I want to talk to a person', 'Before you write to a person'],
  ])('%s: %s', async (lang, text, words) => {
    const person = newCitizen(house.sandbox, lang)
    person.says(text)
    const answer = await person.hears(words)
    expect(labels(answer).join()).toMatch(/Оператор|Operator|Согласен|I agree/)
  })

  test.each([
    ['0', 'Вы в главном меню'],
    ['9', 'Прежде чем писать человеку'],
    ['#', 'Разговор закончен'],
  ])('%s as in the voice menu', async (digit, words) => {
    const vera = newCitizen(house.sandbox)
    vera.says(digit)
    await vera.hears(words)
  })
})

describe.concurrent('another kind of message', () => {
  test.each([
    ['a photo', photo],
    ['a document', file('скан.pdf')],
    ['a voice message', { ...file('голос.ogg'), as: 'voice' as const }],
    ['a video', { ...file('видео.mp4'), as: 'video' as const }],
    ['a round video', { ...file('круг.mp4'), as: 'video_note' as const }],
    ['a sticker', { ...file('кот.webp'), as: 'sticker' as const }],
    ['a place', { location: { latitude: 55.75, longitude: 37.62 } }],
    ['a contact', { contact: { phone_number: '+79990000000', first_name: 'Пётр' } }],
    ['a poll', { poll: { question: 'Кто?', options: ['я', 'не я'] } }],
    ['a die', { dice: '🎲' }],
    ['a story', { extra: { story: { chat: { id: 1, type: 'private', first_name: 'x' }, id: 1 } } }],
  ])('%s gets an honest answer and the way to a person', async (_, what) => {
    const vera = newCitizen(house.sandbox)
    sends(house.sandbox, vera, what)
    const answer = await vera.hears('бот сам не поймёт')
    expect(labels(answer)).toEqual(['Меню', 'Оператор'])
  })

  test('a service message gets none', async () => {
    const vera = newCitizen(house.sandbox)
    sends(house.sandbox, vera, { extra: { message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } } })
    vera.says('/menu')
    await vera.hears('Вы в главном меню')
    expect(heard(vera)).toHaveLength(1)
  })

  test('an album gets one answer, not one for each part', async () => {
    const vera = newCitizen(house.sandbox)
    sends(house.sandbox, vera, album('1.pdf', '2.pdf', '3.pdf'))
    await vera.hears('бот сам не поймёт')
    vera.says('/menu')
    await vera.hears('Вы в главном меню')
    expect(times(vera, 'бот сам не поймёт')).toBe(1)
  })
})
