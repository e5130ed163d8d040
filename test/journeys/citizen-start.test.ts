import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { heard, labels, times } from '../citizen.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { newCitizen } from '../people.ts'
import { watchOf } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const keyboard = (chat: number) => watchOf(house.sandbox).chats.get(chat)?.keyboard?.rows.flat()
const MENU_RU = ['Вопросы', 'Оператор', 'Обратная связь', 'Мои обращения', 'Оспорить решение', 'Мошенники']
const MENU_EN = ['Questions', 'Operator', 'Feedback', 'My appeals', 'Contest a decision', 'Fraud']

describe.concurrent('/start', () => {
  test('says who runs this, that it is not the portal and asks for no codes, and shows the menu', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/start')
    const hello = await vera.hears('Окошко')
    expect(hello.text).toMatch(/Кто ведёт этот бот/)
    expect(hello.text).toMatch(/не портал Госуслуг/)
    expect(hello.text).toMatch(/никогда не спрашиваем коды из СМС, пароли и данные карт/)
    expect(hello.entities?.some(({ type }) => type === 'bold')).toBe(true)
    expect(keyboard(vera.chat)).toEqual(MENU_RU)
  })

  test('speaks English to everybody who reads neither Russian nor a language of the neighbourhood', async () => {
    for (const [code, words] of [
      ['en-GB', 'This is Okoshko'],
      ['de', 'This is Okoshko'],
      ['uk', 'Это «Окошко»'],
    ] as const) {
      const person = newCitizen(house.sandbox, code)
      person.says('/start')
      await person.hears(words)
    }
  })

  test.each(['access.no_code', 'access-no_code'])('%s opens that entry', async (payload) => {
    const vera = newCitizen(house.sandbox)
    vera.says(`/start ${payload}`)
    await vera.hears('Это «Окошко»')
    expect(labels(await vera.hears(/^Не приходит код/))).toEqual(expect.arrayContaining(['Помогло', 'Не помогло']))
  })

  test.each(['access.nothing', '../../etc', 'section', '__proto__', '🙂', 'draft:resume:1'])(
    '%s is no entry: the greeting, and nothing else',
    async (payload) => {
      const vera = newCitizen(house.sandbox)
      vera.says(`/start ${payload}`)
      await vera.hears('Это «Окошко»')
      vera.says('/language')
      await vera.hears('На каком языке')
      expect(heard(vera)).toHaveLength(2)
    },
  )
})

describe.concurrent('the language', () => {
  test('is the messenger’s until one is chosen', async () => {
    const vera = newCitizen(house.sandbox, 'ru')
    vera.says('/menu')
    await vera.hears('Вы в главном меню')
    house.sandbox.person({ id: vera.id, language_code: 'en' })
    vera.says('/menu')
    await vera.hears('You are in the main menu')
    vera.says('/language')
    await vera.presses('Русский')
    await vera.hears('говорим по-русски')
    expect(keyboard(vera.chat)).toEqual(MENU_RU)
    vera.says('/menu')
    await vera.hears('Вы в главном меню')
    vera.says('/lang')
    await vera.presses('English')
    await vera.hears('we will speak English')
    expect(keyboard(vera.chat)).toEqual(MENU_EN)
    house.sandbox.person({ id: vera.id, language_code: 'ru' })
    vera.says('/help')
    await vera.hears('What you can do here')
  })
})

describe.concurrent('the menu', () => {
  const screens: [ru: string, en: string, inRussian: RegExp, inEnglish: RegExp][] = [
    ['Вопросы', 'Questions', /Выберите раздел/, /Choose a section/],
    ['Оператор', 'Operator', /Прежде чем писать человеку/, /Before you write to a person/],
    ['Обратная связь', 'Feedback', /Прежде чем писать человеку/, /Before you write to a person/],
    ['Мои обращения', 'My appeals', /Обращений пока нет/, /No appeals yet/],
    ['Оспорить решение', 'Contest a decision', /Если вы не согласны с решением/, /If you disagree with a decision/],
    ['Мошенники', 'Fraud', /Если уже случилось/, /If it has already happened/],
  ]

  test.each(screens)('«%s» · “%s” opens its screen by either keyboard, in the reader’s language', async (...screen) => {
    const [ru, en, inRussian, inEnglish] = screen
    for (const [lang, words] of [
      ['ru', inRussian],
      ['en', inEnglish],
    ] as const) {
      for (const typed of [ru, en, `${ru.toLowerCase()}.`, ` ${en.toUpperCase()}! `]) {
        const person = newCitizen(house.sandbox, lang)
        person.says(typed)
        await person.hears(words)
      }
    }
  })

  test('knows the short word and a stroke before it', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('оспорить')
    await vera.hears('Если вы не согласны с решением')
    vera.says('/мошенники')
    await vera.hears('Признаки мошенников')
  })

  test('is the same by commands', async () => {
    const john = newCitizen(house.sandbox, 'en')
    for (const [command, words] of [
      ['/questions', 'Choose a section'],
      ['/operator', 'Before you write to a person'],
      ['/feedback', 'Before you write to a person'],
      ['/appeals', 'No appeals yet'],
      ['/contest', 'If you disagree with a decision'],
      ['/fraud', 'If it has already happened'],
      ['/menu', 'You are in the main menu'],
      ['/help', 'What you can do here'],
    ] as const) {
      john.says(command)
      await john.hears(words)
    }
  })

  test('says that a command does not exist', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/stop')
    expect(labels(await vera.hears('Такой команды нет'))).toEqual(['Меню', 'Оператор'])
    expect(times(vera, '')).toBe(1)
  })
})

test('each sees only the commands that are theirs, in their language', () => {
  const commands = house.sandbox.state().commands
  const names = (key: string) => commands[key]?.map(({ command }) => command)
  const forCitizens = expect.arrayContaining(['start', 'menu', 'questions', 'operator', 'feedback', 'appeals', 'fraud'])
  expect(names('1001:1001')).toEqual(forCitizens)
  expect(names('1002:1002')).toEqual(names('1001:1001'))
  expect(commands['1001:1001']?.[0]?.description).toMatch(/Начало/)
  expect(commands['1002:1002']?.[0]?.description).toMatch(/Start/)
  expect(names('1001:1001')).not.toContain('take')
  expect(names(`5002:${GROUP}`)).toEqual(
    expect.arrayContaining(['take', 'release', 'transfer', 'close', 'reject', 'note']),
  )
  expect(names(`5002:${GROUP}`)).not.toContain('retry')
  expect(names(`5001:${GROUP}`)).toEqual(expect.arrayContaining(['take', 'retry']))
  const scopes = house.sandbox
    .journal()
    .entries.filter(({ method }) => method === 'setMyCommands')
    .map(({ params }) => [(params.scope as { type: string }).type, params.language_code ?? ''].join(':'))
  expect(scopes).toEqual(
    expect.arrayContaining([
      'all_private_chats:ru',
      'all_private_chats:en',
      'all_private_chats:',
      'chat:',
      'chat_member:',
    ]),
  )
})
