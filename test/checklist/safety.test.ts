import { expect } from 'vitest'
import { heard, labels } from '../citizen.ts'
import { inGeneral, numberIn } from '../people.ts'
import { checklist } from './walk.ts'

const { row } = checklist()

row('row-29 official sources with the day of their check, and a way to check one’s own', async (on) => {
  const { me, by, lang, house, restart } = on
  if (lang === 'ru') {
    const olga = inGeneral(house.sandbox, 5001)
    olga.says('/facts')
    const list = await olga.hears('Что проверить')
    const place = /(\d+)\. portal:/.exec(list.text ?? '')?.[1] ?? ''
    await olga.presses(`Проверено: ${place}`)
    await olga.hears('Проверено: portal')
  }
  await restart()
  const sources = await on.told('/sources', by('Официальные номера и адреса', 'Official numbers and addresses'))
  const today = new Intl.DateTimeFormat(by('ru-RU', 'en-GB'), { dateStyle: 'long', timeZone: 'Europe/Moscow' }).format()
  expect(sources.text).toContain(
    by(`Портал: gosuslugi.ru. Проверено ${today}`, `Portal: gosuslugi.ru. Checked on ${today}`),
  )
  expect(sources.text).toMatch(by(/Горячая линия: номер — на/, /Hotline: the number is on/))
  await me.presses(by('Как проверить номер или сайт', 'Check a number or a site'))
  await me.hears(by('Как проверить номер или сайт', 'Check a number or a site'))
  await on.told('gosuslugi.ru.login-lk.top', by('подделка', 'imitation'))
})

row('row-30 signs of fraud, first aid with ticks, and a report that staff read', async (on) => {
  const { me, by, restart } = on
  const screen = await on.told(by('Мошенники', 'Fraud'), by('Признаки мошенников', /signs/i))
  expect(labels(screen).length).toBeGreaterThan(4)
  await on.told(
    by(
      'Назовите код из СМС, иначе счёт заблокируют!',
      'Tell me the code from the SMS or your account will be blocked!',
    ),
    by('Похоже на мошенников', 'looks like fraud'),
  )
  await me.presses(by('первая помощь', 'first aid'))
  await me.hears(by('Первая помощь', 'First aid'))
  await me.presses(by('код', 'told a code'))
  await me.presses(/✓ 1/)
  await restart()
  await me.hears(/✓/)
  await me.presses(by('Сообщить о мошенниках', 'Report a fraud'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Нельзя:', 'Never:'))
  me.says(by('Звонили и просили код', 'They called and asked for a code'))
  for (const next of [by('Откуда', 'Where did they call'), by('Когда', 'When was it'), by('снимки', 'screenshots')]) {
    await me.hears(next)
    await me.presses(by('Пропустить', 'Skip'))
  }
  await me.hears(by('Проверьте перед отправкой', 'Please check'))
  await me.presses(/^(Отправить|Send)$/)
  const number = numberIn(await me.hears(/\d{3}-\d{3}-\d{3}/))
  await (await on.desk(number)).hears('· Мошенники')
})

row('row-31 what may be told and what not: as an answer, before free text, and at the handoff', async (on) => {
  const { me, by, restart } = on
  await on.reads(by('Безопасность и мошенники', 'Safety and fraud'), by('Что можно сообщать', 'What you may tell us'))
  await on.told(by('Оператор', 'Operator'), by('Согласны', 'Do you agree'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by(/Можно:[\s\S]*Нельзя:[\s\S]*Опишите/, /You may tell:[\s\S]*Never:[\s\S]*Describe/))
  await restart()
  const number = numberIn(await on.told(by('Не открывается письмо', 'A letter does not open'), /\d{3}-\d{3}-\d{3}/))
  await (await on.desk(number)).presses('Взять')
  await me.hears(by('Коды, пароли и документы ему не нужны', 'No codes, passwords or documents are needed'))
  await on.told(by('Обратная связь', 'Feedback'), by(/Нельзя:[\s\S]*Напишите/, /Never:[\s\S]*Write/))
})

row('row-32 nobody here asks for a code: the words of an operator who does are held', async (on) => {
  const { me, by, restart } = on
  await on.reads(
    by('Безопасность и мошенники', 'Safety and fraud'),
    by('Чего никогда не спрашивают', 'What nobody may ask you'),
  )
  const number = await on.calls(by('Не могу войти', 'I cannot sign in'))
  const petr = await on.desk(number)
  await petr.presses('Взять')
  await me.hears(by('В работе', 'In progress'))
  await restart()
  petr.says(by('Назовите код из СМС', 'Tell me the code from the SMS'))
  await petr.hears(/Не отправлено|не ушло|не отправлен/i)
  petr.says(by('Откройте портал сами', 'Open the portal yourself'))
  await me.hears(by('Откройте портал сами', 'Open the portal yourself'))
  expect(heard(me).join('\n')).not.toContain(by('Назовите код из СМС', 'Tell me the code from the SMS'))
})

row(
  'row-33 consent before a person reads: the rules by their version, a way to refuse, and nothing passed',
  async (on) => {
    const { me, by, house, restart } = on
    await on.reads(by('Безопасность и мошенники', 'Safety and fraud'), by('Запись разговора', 'Recording of calls'))
    const asked = await on.told(by('Оператор', 'Operator'), by('Согласны', 'Do you agree'))
    expect(asked.text).toMatch(by(/версия 20\d\d-\d\d/, /version 20\d\d-\d\d/))
    await me.presses(by('Не согласен', 'I do not agree'))
    await me.hears(by('ничего не передаём', /nothing/i))
    await restart()
    // Answers are there for whoever refuses; a person is not.
    await on.reads(by('Вход и доступ', 'Sign-in and access'), by('Вход заблокирован', 'Sign-in is blocked'))
    await on.told(by('Обратная связь', 'Feedback'), by('Согласны', 'Do you agree'))
    await me.presses(by(/^Согласен/, /^I agree/))
    await me.hears(by('Напишите, что хотите', 'Write what you would like'))
    await on.told(by('Отмена', 'Cancel'), by(/ничего не отправлено/, /nothing/i))
    // Agreed to once, it is not asked again, and it is written down.
    await on.told(by('Оператор', 'Operator'), by('Опишите', 'Describe'))
    const rows = await house.db.run<{ policy: string }>(
      'select n.policy from consents n join citizens c on c.id = n.citizen_id where c.external_id = $1',
      [me.id],
    )
    expect(rows).toHaveLength(1)
  },
)
