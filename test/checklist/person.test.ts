import { expect } from 'vitest'
import { album, heard, labels, photo, sends } from '../citizen.ts'
import { numberIn } from '../people.ts'
import { checklist } from './walk.ts'

const { row } = checklist()

row('row-06 a person on request, by a display name, with number and history', async (on) => {
  const { me, by, restart } = on
  const number = await on.calls(by('Справка не пришла', 'The paper did not come'))
  const petr = await on.desk(number)
  await petr.presses('Взять')
  const taken = await me.hears(by('Отвечает', 'is answering'))
  expect(taken.text).toContain(number)
  expect(taken.text).not.toMatch(/@|\d{4,}$/)
  petr.says(by('Здравствуйте, меня зовут Пётр', 'Hello, my name is Pyotr'))
  await me.hears(by('Здравствуйте, меня зовут', 'Hello, my name is'))
  await restart()
  me.says(by('Когда её ждать?', 'When will it come?'))
  await petr.hears(by('Когда её ждать?', 'When will it come?'))
  await on.told(by('Мои обращения', 'My appeals'), by('Ваше обращение', 'Your appeal'))
  await me.presses(number)
  await me.hears(by('Статус: «В работе»', 'Status: “In progress”'))
})

row('row-07 a longer matter goes to specialists with a note, and nothing is asked twice', async (on) => {
  const { me, by, restart } = on
  const number = await on.calls(
    by('Ведомство и портал называют разные сроки', 'The body and the portal name different terms'),
  )
  const petr = await on.desk(number)
  await petr.presses('Взять')
  await me.hears(by('В работе', 'In progress'))
  petr.says('/note Нужен тот, кто знает сроки')
  petr.says('/transfer решения')
  await me.hears(by('передано другим специалистам', /passed|transferred|other/i))
  await restart()
  const marina = await on.desk(number, 5003)
  await marina.hears('· Решения')
  await marina.presses('Взять')
  await me.hears(by('Отвечает', 'is answering'))
  marina.says(by('Срок указан в описании услуги', 'The term is in its description'))
  await me.hears(by('Срок указан в описании', 'The term is in its description'))
  expect(heard(me).join()).not.toContain('Нужен тот, кто знает')
})

row('row-13 waiting: the place, other ways, and words that prove who calls', async (on) => {
  const { me, by, restart } = on
  me.says(by('Оператор', 'Operator'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Опишите', 'Describe'))
  const told = await on.told(by('Очень жду', 'I am waiting'), by('Место в очереди', 'Place in the queue'))
  const number = numberIn(told)
  expect(labels(told)).toEqual(
    expect.arrayContaining([by('Перезвоните мне', 'Call me back'), by('Оставлю вам', 'Leave it with you')]),
  )
  await restart()
  await me.presses(by('Перезвоните мне', 'Call me back'))
  await me.hears(by('На какой номер', 'Which number'))
  await on.told('+7 999 765-43-21', by('Когда вам удобно', 'When would it suit'))
  await me.presses(/\d\d:00–\d\d:00/)
  // What it is about was said before.
  const review = await me.hears(by('Проверьте перед отправкой', 'Please check'))
  expect(review.text).toContain(by('Очень жду', 'I am waiting'))
  await me.presses(/^(Отправить|Send)$/)
  await me.hears(by('назовёт два слова', 'says two words first'))
  expect(number).toMatch(/\d{3}-\d{3}-\d{3}/)
})

row('row-15 the chat: files travel, history stays, and a call goes on where the chat stopped', async (on) => {
  const { me, by, house, restart } = on
  const number = await on.calls(by('Вот что у меня', 'Here is what I have'))
  const petr = await on.desk(number)
  await petr.presses('Взять')
  await me.hears(by('В работе', 'In progress'))
  const before = petr.fromBot().length
  sends(house.sandbox, me, photo)
  sends(house.sandbox, me, album('одно.pdf', 'два.pdf'))
  me.says(by('Это всё', 'That is all'))
  await petr.hears(by('Это всё', 'That is all'))
  expect(
    petr
      .fromBot()
      .slice(before)
      .filter((one) => one.photo || one.document),
  ).toHaveLength(3)
  await restart()
  me.says('/callback')
  await me.hears(by('На какой номер', 'Which number'))
  await on.told(by('Отмена', 'Cancel'), by(/ничего не отправлено|Остановились/, /nothing|Stopped/i))
  // The chat is where it was.
  petr.says(by('Вижу файлы', 'I see the files'))
  await me.hears(by('Вижу файлы', 'I see the files'))
})

row('row-21 good manners: a greeting, thanks, and “anything else”', async (on) => {
  const { me, by, restart } = on
  await on.told(by('здравствуйте', 'hello'), by('Расскажите, что случилось', /what happened/i))
  const number = await on.calls(by('Как переоформить?', 'How do I renew it?'))
  const petr = await on.desk(number)
  await petr.presses('Взять')
  await me.hears(by('В работе', 'In progress'))
  await restart()
  petr.says(by('Правильно ли я понял: вам нужен новый бланк?', 'Did I understand: you need a new form?'))
  await me.hears(by('Правильно ли я понял', 'Did I understand'))
  petr.says('/close Бланк выслан')
  await me.hears(by('от 1 до 5', '1 to 5'))
  await me.presses('5')
  await me.hears(by('Спасибо за оценку', 'Thank you'))
  await me.presses(by('Пропустить', 'Skip'))
  await on.told(by('спасибо', 'thank you'), by('Если понадобится ещё', /anything else|more/i))
})

row('row-22 one number a matter, a closing comment that cannot be left out, and a journal', async (on) => {
  const { me, by, house, restart } = on
  const number = await on.calls(by('Запишите это', 'Write this down'))
  const petr = await on.desk(number)
  await petr.presses('Взять')
  await me.hears(by('В работе', 'In progress'))
  await restart()
  petr.says('/close')
  await petr.hears('чем закончилось')
  await on.told(number, by('Статус: «В работе»', 'Status: “In progress”'))
  petr.says('Записано и закрыто')
  await me.hears(/Записано и закрыто/)
  const events = await house.db.run<{ kind: string }>(
    'select e.kind from events e join appeals a on a.id = e.appeal_id where a.number = $1 order by e.id',
    [number.replaceAll('-', '')],
  )
  expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['opened', 'taken']))
})

row('row-26 a long wait is told honestly and can be left without losing the place', async (on) => {
  const { me, by, restart } = on
  me.says(by('Оператор', 'Operator'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Опишите', 'Describe'))
  const told = await on.told(by('Подожду сколько нужно', 'I can wait'), by('Место в очереди', 'Place in the queue'))
  // Nothing is promised that nobody measured.
  expect(told.text).not.toMatch(/через \d|within \d/)
  const number = numberIn(told)
  await me.presses(by('Оставлю вам', 'Leave it with you'))
  await me.hears(by('оставляем у нас', 'we keep it'))
  await restart()
  const petr = await on.desk(number)
  await petr.presses('Взять')
  await me.hears(by('Отвечает', 'is answering'))
})

row('row-27 a complaint about an operator goes to a senior, never to that operator', async (on) => {
  const { me, by, restart } = on
  const first = await on.calls(by('Где мой документ?', 'Where is my document?'))
  const petr = await on.desk(first)
  await petr.presses('Взять')
  await me.hears(by('В работе', 'In progress'))
  await on.reads(
    by('Оператор и связь', 'Operator and contact'),
    by('Пожаловаться на оператора', 'Complain about an operator'),
  )
  await me.presses(by(/^Пожаловаться на оператора$/, /^Complain about an operator$/))
  await me.hears(by('Что произошло', 'What happened?'))
  await on.told(by('Отвечал грубо', 'Was rude'), by('В каком обращении', 'Which appeal was it'))
  await restart()
  await me.presses(first)
  await me.hears(by('Чего вы хотите', 'What would you like'))
  await on.told(by('Новый ответ', 'A new answer'), by('Проверьте перед отправкой', 'Please check'))
  await me.presses(/^(Отправить|Send)$/)
  const number = numberIn(await me.hears(by('а не тот оператор', 'not the operator it is about')))
  const about = await on.desk(number)
  about.says('/take')
  await about.hears('Это обращение разбирает другой человек')
  const olga = await on.desk(number, 5001)
  olga.says('/take')
  await me.hears(by('Отвечает', 'is answering'))
  olga.says(by('Разобрались, вот новый ответ', 'We looked into it, here is a new answer'))
  await me.hears(by('вот новый ответ', 'here is a new answer'))
})
