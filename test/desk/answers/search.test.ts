import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Phrases } from '../../../src/desk/answers/phrases.ts'
import { createFinder } from '../../../src/desk/answers/search.ts'
import { smallTalk } from '../../../src/desk/answers/small-talk.ts'

const entry = (id: string, title: string, ask: string[]): Phrases[number] => ({
  id,
  lang: 'ru',
  title,
  answer: '',
  ask,
  words: [],
})
const phrases: Phrases = [
  entry('code', 'Не приходит код', ['код не приходит', 'нет смс с кодом', 'сообщение с кодом не дошло']),
  entry('password', 'Забыли пароль', ['забыл пароль', 'не помню пароль', 'как восстановить доступ']),
  entry('status', 'Где статус', ['где посмотреть статус заявления', 'на какой стадии заявка']),
  entry('none', '', ['какая погода завтра', 'рецепт борща', 'расскажи анекдот']),
]
const finder = createFinder(phrases)

describe('a question finds its entry', () => {
  test.each([
    ['код не приходит', 'code'],
    ['rjl yt ghb[jlbn', 'code'],
    ['kod ne prihodit', 'code'],
    ['нипреходит скодом смс', 'code'],
    ['забыла пороль', 'password'],
    ['на какой стадии моя заявка', 'status'],
  ])('%s → %s', (question, id) => expect(finder.find(question).entries[0]?.id).toBe(id))

  test('what is typed as in the phrases is answered at once', () =>
    expect(finder.find('где посмотреть статус заявления').verdict).toBe('answer'))

  test.each(['рецепт борща', 'qqq', '', '🙂', 'какая завтра погода'])('%j is left to a person', (question) =>
    expect(finder.find(question).verdict).toBe('none'),
  )
})

describe('whatever is typed', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(fc.constantFrom('код', 'gfhjkm', 'parol', '\ud800', '\udc00', '\u0000', "'", '[', '#', ' ', '\n', '😀'))
      .map((all) => all.join('')),
  )

  test('gives the three best, without the off-topic class, and the same again', () =>
    fc.assert(
      fc.property(anything, (question) => {
        const found = finder.find(question)
        expect(found.entries.map(({ id }) => id).sort()).toEqual(['code', 'password', 'status'])
        expect(found.entries.every(({ score }) => score >= 0 && score <= 1)).toBe(true)
        expect(finder.find(question)).toEqual(found)
        smallTalk(question)
      }),
    ))

  test.each(['а', 'gh ', "'[];", '\ud83d', 'не приходит код и что делать '])(
    '20,000 characters of %j are no trouble',
    (piece) => {
      const question = piece.repeat(20_000 / piece.length)
      const start = performance.now()
      expect(finder.find(question).entries).toHaveLength(3)
      smallTalk(question)
      expect(performance.now() - start).toBeLessThan(200)
    },
  )
})

describe('beside the matter', () => {
  test.each([
    ['привет', 'greeting'],
    ['ghbdtn', 'greeting'],
    ['Добрый день!', 'greeting'],
    ['hello there', 'greeting'],
    ['Здраствуйте!', 'greeting'],
    ['помогите пожалуйста', 'greeting'],
    ['I need help', 'greeting'],
    ['мне страшно', 'fear'],
    ['боюсь, не знаю что делать', 'fear'],
    ['I am scared', 'fear'],
    ['здравствуйте позовите оператора', 'person'],
    ['good morning I need an operator', 'person'],
    ['спасибо большое, разобралась', 'thanks'],
    ['spasibo poka', 'thanks'],
    ['thank you very much', 'thanks'],
    ['тупая железяка', 'abuse'],
    ['бот отстой', 'abuse'],
    ['you are useless', 'abuse'],
    ['ты робот?', 'robot'],
    ['are you a robot', 'robot'],
    ['это живой человек или бот', 'robot'],
    ['оператор!!!', 'person'],
    ['позовите человека', 'person'],
    ['lfq jgthfnjhf', 'person'],
    ['connect me to an agent now', 'person'],
    ['let me talk to a real person', 'person'],
    ['сфдд щзукфещк', 'person'],
    ['апиратора пазави', 'person'],
    ['не хочу с роботом разговаривать', 'person'],
    ['не приходит код, позовите оператора', 'person'],
    ['бот не помогает, дайте человека!', 'person'],
  ])('%s is %s', (text, kind) => expect(smallTalk(text)).toBe(kind))

  test.each([
    'спасибо, а где посмотреть статус',
    'боюсь не успеть подать заявление',
    'не знаю что делать',
    'добрый день, не приходит код',
    'что спросить у оператора',
    'оператор бросил трубку',
    'какие данные спросит оператор',
    'до скольки работают операторы',
    'хочу другого оператора',
    'можно ли забрать за другого человека',
    'за границей, нужна поддержка',
    'есть ли чат с поддержкой',
    'код из смс оператору нужен?',
    'какая цифра соединяет с сотрудником',
    'не приходит код',
    'на',
    '',
  ])('%j is a question', (text) => expect(smallTalk(text)).toBeNull())
})
