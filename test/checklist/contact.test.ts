import { expect } from 'vitest'
import { labels, photo, sends } from '../citizen.ts'
import { numberIn } from '../people.ts'
import { checklist, type Walk } from './walk.ts'

const { row } = checklist()

const PHONE = /8[ -]?800|\+\d[\d ()-]{8,}|\b\d{3}-\d{2}-\d{2}\b/
const contacts = ({ by }: Walk) => by('Оператор и связь', 'Operator and contact')
const calling = ({ by }: Walk) => by('Позвонить на линию', 'Calling the hotline')

/** What the button copies. */
const copiedBy = (message: { reply_markup?: unknown }): string => JSON.stringify(message.reply_markup ?? '')

row('row-08 no number that nobody has checked, and the way to the official list', async (on) => {
  const { me, by, restart } = on
  await on.reads(calling(on), by('Номер горячей линии', 'The hotline number'))
  const answer = await me.hears(by('Горячая линия:', 'Hotline:'))
  expect(answer.text).not.toMatch(PHONE)
  await me.presses(by('Официальные номера и адреса', 'Official numbers and addresses'))
  const list = await me.hears(by('Полиция', 'Police'))
  expect(list.text).not.toMatch(/8[ -]?800/)
  await restart()
  const typed = await on.told(
    by('какой телефон горячей линии', 'what is the hotline number'),
    by('Горячая линия:', 'Hotline:'),
  )
  expect(typed.text).not.toMatch(PHONE)
})

row('row-09 no placeholder numbers for calls from abroad', async (on) => {
  const { by, restart } = on
  await on.reads(calling(on), by('Звонок из другой страны', 'Calling from another country'))
  await restart()
  const typed = await on.told(
    by('как позвонить из-за границы', 'how do I call from abroad'),
    by('другой страны', /another country|abroad/i),
  )
  expect(typed.text).not.toMatch(/\+44|\+49|\+33|123-45-67|1234 5678/)
})

row('row-10 what to have at hand, and that none of it is to be sent here', async (on) => {
  const { me, by, restart } = on
  await on.reads(contacts(on), by('Что приготовить', 'What to have ready'))
  await restart()
  await me.presses(by('Карточка подготовки', 'Preparation card'))
  await me.hears(
    by(
      /под рукой[\s\S]*Сюда не присылайте:[\s\S]*паспорт[\s\S]*пароли и коды/,
      /at hand[\s\S]*Do not send here:[\s\S]*passport[\s\S]*codes/,
    ),
  )
})

row('row-11 questions worth asking, to be copied', async (on) => {
  const { me, by, restart } = on
  await on.reads(contacts(on), by('Что спросить у оператора', 'What to ask the operator'))
  await restart()
  await me.presses(by(/^Что спросить$/, /^What to ask$/))
  const list = await me.hears(by('скопируйте и отметьте', 'copy it and tick off'))
  expect(copiedBy(list)).toContain(by('Каков мой статус', 'What is my status'))
})

row('row-12 the voice menu explained, and its digits in the chat', async (on) => {
  const { me, by, restart } = on
  await on.reads(calling(on), by('Голосовое меню', 'The voice menu'))
  await me.hears(by(/0 — назад[\s\S]*9 — оператор/, /0[\s\S]*back[\s\S]*9[\s\S]*operator/))
  await on.told('0', by('главном меню', 'main menu'))
  await restart()
  await on.told('#', by('Разговор закончен', /conversation/i))
  await on.told('9', by('Согласны', 'Do you agree'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Опишите', 'Describe'))
})

row('row-14 the line is busy: a call at a time of one’s own choice, number and time kept', async (on) => {
  const { me, by, restart } = on
  await on.reads(calling(on), by('Линия занята', 'Line busy'))
  await me.presses(by('Заказать звонок', 'Ask for a call'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('На какой номер', 'Which number'))
  const times = await on.told('8 (999) 123-45-67', by('Когда вам удобно', 'When would it suit'))
  // Only hours in which somebody works.
  expect(labels(times).filter((label) => /\d\d:00–\d\d:00/.test(label)).length).toBeGreaterThanOrEqual(3)
  await restart()
  await me.presses(/\d\d:00–\d\d:00/)
  await me.hears(by('О чём поговорим', 'What is it about'))
  await me.presses(by('Пропустить', 'Skip'))
  await me.hears(by('Проверьте перед отправкой', 'Please check'))
  await me.presses(/^(Отправить|Send)$/)
  const told = await me.hears(by('назовёт два слова', 'says two words first'))
  expect(told.text).toMatch(/\d\d:00–\d\d:00/)
  const words =
    /(\p{L}+ \p{L}+)\./u.exec((told.text ?? '').split(by('два слова: ', 'two words first: '))[1] ?? '')?.[1] ??
    'no words'
  await (await on.desk(numberIn(told))).hears(words)
  // The next form knows the number already.
  await on.told('/callback', by('На какой номер', 'Which number'))
  await me.presses(by('Как раньше', 'As before'))
  await me.hears(by('Когда вам удобно', 'When would it suit'))
})

row('row-16 the feedback form: text, contact, old number, review, and the answer by the same way', async (on) => {
  const { me, by, restart } = on
  await on.told(by('Обратная связь', 'Feedback'), by('Согласны', 'Do you agree'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Напишите, что хотите сообщить', 'Write what you would like'))
  await on.told(
    by('Спасибо за помощь в мае', 'Thanks for your help in May'),
    by('Как ещё с вами связаться', 'How else'),
  )
  await restart()
  await on.told('vera@example.org', by('прежним обращением', 'earlier'))
  await on.told('12', by('не похоже на номер', 'does not look like'))
  await me.presses(by('Пропустить', 'Skip'))
  await me.hears(by('Пришлите фото', /photos/i))
  sends(on.house.sandbox, me, photo)
  await me.hears(by('Принято: 1', 'Received 1'))
  await me.presses(by('Готово', 'Done'))
  const review = await me.hears(by('Проверьте перед отправкой', 'Please check'))
  expect(review.text).toContain('vera@example.org')
  await me.presses(/^(Отправить|Send)$/)
  const number = numberIn(await me.hears(by('Ваш номер обращения', 'Your appeal number')))
  const petr = await on.desk(number)
  await petr.presses('Взять')
  await me.hears(by('В работе', 'In progress'))
  petr.says(by('Передали коллегам', 'We passed it on'))
  await me.hears(by('Передали коллегам', 'We passed it on'))
})

row('row-17 a letter, composed and to be copied, and that it files nothing', async (on) => {
  const { me, by, restart } = on
  me.says(by('как перенести запись собаки к <врачу>', 'how do I move the booking of my <dog>'))
  await me.hears(/./)
  await on.reads(contacts(on), by('Электронная почта', 'E-mail'))
  await restart()
  await me.presses(by('Шаблон письма', 'E-mail template'))
  const letter = await me.hears(by('письмо их не заменяет', 'does not replace them'))
  expect(letter.text).toMatch(by(/Тема: [\s\S]*Здравствуйте![\s\S]*<врачу>/, /Subject: [\s\S]*Hello,[\s\S]*<dog>/))
  expect(letter.entities?.some(({ type }) => type === 'pre')).toBe(true)
})

row('row-18 a visit to an MFC: what to take, where to book, a note', async (on) => {
  const { me, by, restart } = on
  const number = await on.calls(by('Нужна справка о прописке', 'I need a paper on my address'))
  await on.reads(contacts(on), by('Прийти в МФЦ', 'Visit an MFC'))
  await restart()
  await me.presses(by('Записка для визита', 'A note for your visit'))
  const note = await me.hears(by('С собой: паспорт', 'With me: passport'))
  expect(note.text).toContain(number)
})
