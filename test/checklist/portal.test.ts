import { expect } from 'vitest'
import { dataOf, photo, sends } from '../citizen.ts'
import { inGeneral, numberIn } from '../people.ts'
import { checklist } from './walk.ts'

const { row } = checklist()

row('row-02 a service by its name: what is general here, what is exact where it is described', async (on) => {
  const { me, by, restart } = on
  await on.reads(by('Услуги и документы', 'Services and documents'), by('Сколько ждать', 'How long it takes'))
  await me.presses(by('Назвать услугу', 'Name the service'))
  await me.hears(by('О какой услуге', 'Which service is it about'))
  await restart()
  const about = await on.told(
    by('загранпаспорт', 'travel passport'),
    by('только в её описании', 'only in its description'),
  )
  expect(about.text).toContain(by('загранпаспорт', 'travel passport'))
  await me.presses(by('Какие нужны документы', 'Which documents are needed'))
  await me.hears(by(/свой список/, /list/i))
  await me.presses(by('Оператор', 'Operator'))
  await me.presses(by('Согласен', 'I agree'))
  // The name need not be said again.
  const ask = await me.hears(by('Опишите', 'Describe'))
  expect(ask.text).toContain(by('загранпаспорт', 'travel passport'))
  await me.presses(/^(Отправить|Send)$/)
  const number = numberIn(await me.hears(/\d{3}-\d{3}-\d{3}/))
  await (await on.desk(number)).hears(by('загранпаспорт', 'travel passport'))
})

row(
  'row-03 a fault is reported step by step, one step back, a picture, an old number, and gets a number',
  async (on) => {
    const { me, by, restart } = on
    await on.reads(by('Сбои на портале', 'Portal problems'), by('Форма не работает', 'The form does not work'))
    await me.presses(by('Сообщить о сбое', 'Report a fault'))
    await me.presses(by('Согласен', 'I agree'))
    const first = await me.hears(by('Когда случился сбой', 'When did it happen'))
    expect(first.text).toMatch(/Нельзя:[\s\S]*пароли|Never:[\s\S]*passwords/)
    await on.told(by('вчера', 'yesterday'), by('Где это было', 'Where was it'))
    await me.presses(by('‹ Назад', '‹ Back'))
    await me.hears(by('Когда случился сбой', 'When did it happen'))
    await on.told(by('сегодня в девять', 'today at nine'), by('Где это было', 'Where was it'))
    await restart()
    await on.told(
      by('в форме, с телефона', 'in the form, on a phone'),
      by('Что написано на экране', 'What does the screen say'),
    )
    await on.told(by('Внутренняя ошибка 500', 'Internal error 500'), by('Закройте на них', 'Cover personal data'))
    sends(on.house.sandbox, me, photo)
    await me.hears(by('Принято: 1 из 10', 'Received 1 of 10'))
    await me.presses(by('Готово', 'Done'))
    await me.hears(by('Вы уже обращались', 'written to us about this before'))
    await me.presses(by('Пропустить', 'Skip'))
    const review = await me.hears(by('Проверьте перед отправкой', 'Please check'))
    expect(review.text).toContain(by('сегодня в девять', 'today at nine'))
    expect(review.text).not.toContain(by('вчера', 'yesterday'))
    await me.presses(/^(Отправить|Send)$/)
    const number = numberIn(await me.hears(/\d{3}-\d{3}-\d{3}/))
    await (await on.desk(number)).hears(by('Внутренняя ошибка 500', 'Internal error 500'))
  },
)

row('row-04 the four statuses, own appeals by number, and no guess about the portal', async (on) => {
  const { me, by, restart } = on
  const number = await on.calls(by('Когда будет готово?', 'When will it be ready?'))
  await on.reads(by('Статус и номер', 'Status and appeal number'), by('Что значит статус', 'What a status means'))
  await me.presses(by('Узнать о статусе', 'Ask about a status'))
  await me.hears(by('разные вещи', 'different things'))
  await me.presses(by('Обращение в этот чат', 'An appeal in this chat'))
  const four = await me.hears(by('Статусы обращений', 'Statuses of appeals'))
  const names = by('Принято,В работе,Завершено,Отклонено', 'Accepted,In progress,Completed,Rejected')
  for (const status of names.split(',')) expect(four.text).toContain(status)
  await restart()
  await on.told(number, by('Статус: «Принято»', 'Status: “Accepted”'))
  await on.told('/status', by('разные вещи', 'different things'))
  await me.presses(by('Заявление на портале', 'An application on the portal'))
  await me.hears(by('отсюда не виден', 'cannot be seen from here'))
})

row('row-24 where the status is seen and how to be told of it', async (on) => {
  const { me, by, restart } = on
  await on.told('/status', by('разные вещи', 'different things'))
  await me.presses(by('Заявление на портале', 'An application on the portal'))
  await me.hears(by(/кабинет[\s\S]*приложени[\s\S]*СМС/, /account[\s\S]*app[\s\S]*SMS/))
  await restart()
  await me.presses(by('Уведомления о статусе', 'Status notifications'))
  await me.hears(by('Уведомления о статусе', 'Status notifications'))
  await me.presses(by('Помогло', 'It helped'))
  await me.hears(by('Хорошо, что получилось', 'Good'))
})

row('row-28 a known fault stands first, is not reported again, and its end is told', async (on) => {
  const { me, by, lang, restart, house } = on
  const petr = inGeneral(house.sandbox, lang === 'ru' ? 5002 : 5003)
  const what = lang === 'ru' ? 'Кабинет недоступен' : 'Файлы не загружаются / Files do not upload'
  const entry = by('portal-cabinet_down', 'portal-upload_failed')
  petr.says(`/outage ${what}`)
  // Both walk in one General: each looks at its own message only.
  const presses = async (words: string, on: Parameters<typeof dataOf>[0]) =>
    await house.sandbox.press({ from: petr.id, chat: petr.chat, message_id: on.message_id, data: dataOf(on, words) })
  const mark = await petr.hears(by('Кабинет недоступен с', 'Файлы не загружаются с'))
  await presses('Показать гражданам', mark)
  await restart()
  await on.told(`/start ${entry}`, by(/⚠️ Кабинет недоступен с \d\d:\d\d/, /⚠️ Files do not upload – since \d\d:\d\d/))
  await me.presses(by('Сообщите, когда заработает', 'Tell me when it works'))
  await me.hears(by('Напишем один раз', 'We will write once'))
  await restart()
  petr.says('/outage')
  const list = await petr.hears('Отмеченные сбои')
  const id = new RegExp(`(\\d+)\\. ${what.split(' / ')[0]}`).exec(list.text ?? '')?.[1] ?? ''
  petr.says(`/outage ${id}`)
  const own = await petr.hears(`/outage ${id} новый текст`)
  await presses('Заработало', own)
  await presses('Да, заработало', await petr.hears(new RegExp(`«${what.split(' / ')[0]}» – точно заработало`)))
  await me.hears(by('Сбой закончился', 'The outage is over'))
})
