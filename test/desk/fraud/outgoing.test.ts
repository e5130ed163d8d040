import { expect, test } from 'vitest'
import { knownFrom, objectionTo } from '../../../src/desk/fraud/outgoing.ts'
import { loadTexts } from '../../../src/texts.ts'

const known = knownFrom(['gosuslugi.ru, раздел «Контакты»', '8 800 100-70-10', '102 или 112'])
const why = (text: string) => objectionTo({ text }, known)

test.each([
  ['Назовите код из СМС', 'code'],
  ['Пришлите, пожалуйста, код, который вам пришёл', 'code'],
  ['Код из смс сюда напишите', 'code'],
  ['Какой код вам пришёл?', 'code'],
  ['Вам сейчас придёт СМС с кодом. Продиктуйте его мне.', 'code'],
  ['Введите код сюда, в чат', 'code'],
  ['Для проверки мне нужен код из сообщения', 'code'],
  ['Жду цифры из смс', 'code'],
  ['Пришлите скриншот смс', 'code'],
  ['Можете прислать код подтверждения?', 'code'],
  ['Нaзовитe кoд из СМC', 'code'],
  ['Please send me the code you received', 'code'],
  ['Скажите ваш пароль от кабинета', 'password'],
  ['Какой у вас пароль?', 'password'],
  ['Напишите логин и пароль, я посмотрю', 'password'],
  ['What is your password?', 'password'],
  ['Пришлите номер карты и срок действия', 'card'],
  ['Сообщите три цифры с оборота', 'card'],
  ['Пришлите фото карты с двух сторон', 'card'],
  ['Переведите 300 рублей на карту, и мы ускорим', 'prepayment'],
  ['Нужна предоплата 500 рублей', 'prepayment'],
  ['Внесите аванс по реквизитам', 'prepayment'],
  ['Подробности на gosuslugi.top', 'link'],
  ['Ссылка: https://gosuslugi.ru@evil.example/login', 'link'],
  ['Пишите в наш чат @gosuslugi_help', 'link'],
  ['Вот анкета: bit.ly/3abc', 'link'],
  ['Пишите на help@example.org', 'link'],
  ['Позвоните по номеру +7 943 555-01-27', 'phone'],
  ['Звоните 8 (495) 000-11-22, добавочный 3', 'phone'],
  ['Тел. 8-800-555-00-01', 'phone'],
  ['Счёт 40817810523683386502 в банке', 'account'],
])('«%s» is held: %s', (text, reason) => {
  expect(why(text)).toBe(reason)
})

test.each([
  'Никому не сообщайте код из СМС, даже нам.',
  'Мы никогда не спрашиваем пароль и данные карты.',
  'Пожалуйста, не присылайте сюда коды и пароли.',
  'Код мне не нужен.',
  'Скажите, приходит ли вам код?',
  'Напишите, пожалуйста, если код не придёт.',
  'Сообщите код ошибки и время.',
  'Напишите код услуги или её название.',
  'Введите код на портале и нажмите «Продолжить».',
  'Запросите код ещё раз через десять минут.',
  'Если код не приходит, напишите нам.',
  'Смените пароль на портале и завершите чужие входы.',
  'Если вас просят назвать код, положите трубку: это мошенники.',
  'Уточните, на какой номер приходит код?',
  'Назовите номер заявления, а код и пароль не называйте.',
  'Опишите, что было на экране, когда вы ввели пароль.',
  'Оплатите госпошлину на портале, в карточке заявления.',
  'Платить за это не нужно: услуга бесплатная, предоплаты не бывает.',
  'Пошлину вернут на карту после отказа.',
  'Наберите адрес сами: gosuslugi.ru',
  'Страница: https://www.gosuslugi.ru/600226/1/form',
  'Звоните 8 (800) 100-70-10.',
  'Ваш номер обращения 482-913-057, заявление 4821903377 от 12.11.2026.',
  'Срок 30 дней, решение № 12-345/2026, ст. 12 59-ФЗ.',
  'Приложите файл заявление.pdf или скан в jpg, и т.д.',
  'Приходите в МФЦ 25.11.2026 к 10:30, окно 5.',
  'Put the code into the form on the portal, and tell nobody.',
  'Never share your code or password with anyone.',
])('«%s» passes', (text) => {
  expect(why(text)).toBeNull()
})

test('a hidden link and a program are seen, too', () => {
  expect(objectionTo({ text: 'Смотрите здесь', targets: ['https://gosuslugi.ru.evil.example'] }, known)).toBe('link')
  expect(objectionTo({ text: '', file: 'Gosuslugi.apk' }, known)).toBe('file')
  expect(objectionTo({ text: 'Смотрите здесь', targets: ['https://lk.gosuslugi.ru/x'] }, known)).toBeNull()
})

test.each(['ru', 'en'])('every canned reply and every answer of the FAQ in %s would pass', (lang) => {
  const texts = loadTexts()
  const shown = texts.langs.flatMap((one) => texts.facts().map(({ key }) => texts.fact(one, key)))
  const ours = [...texts.replies(lang).map(({ text }) => text), ...texts.entries(lang).map(({ answer }) => answer)]
  const held = ours.flatMap((text) => {
    const reason = objectionTo({ text: text.replace(/<[^>]*>/g, '') }, knownFrom(shown))
    return reason ? [`${reason}: ${text}`] : []
  })
  expect(ours.length).toBeGreaterThan(50)
  expect(held).toEqual([])
})
