import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyring } from '../../src/db/keyring.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { goRound } from '../../src/desk/mailings.ts'
import { createLog } from '../../src/log.ts'
import { loadTexts } from '../../src/texts.ts'
import { OLGA, PETR } from '../appeal.ts'
import { times } from '../citizen.ts'
import { DATA_KEY, type House, openHouse } from '../house.ts'
import { inGeneral, newCitizen, type Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

/** People who asked to be told what matters. */
const listeners = async (count: number, lang = 'ru'): Promise<Phone[]> => {
  const people = Array.from({ length: count }, () => newCitizen(house.sandbox, lang))
  for (const one of people) one.says('/news')
  await Promise.all(people.map((one) => one.hears(/будем сообщать|we will tell you/)))
  return people
}
const makeSenior = (externalId: number) =>
  house.db.run(
    `insert into roles (operator_id, role) select id, 'senior' from operators where external_id = $1 on conflict do nothing`,
    [externalId],
  )
const newest = async (): Promise<string | undefined> => {
  const [row] = await house.db.run<{ state: string }>('select state from mailings order by id desc limit 1')
  return row?.state
}
/** The wait is over. */
const ring = () => house.db.run(`update inbox set due_at = now() where key like 'timer:mailing:%' and state = 'later'`)

test('whoever is alone has ten minutes to take it back; then it goes to those who asked, each in their language', async () => {
  const admin = inGeneral(house.sandbox, OLGA)
  admin.says('/broadcast Есть ли кто-нибудь')
  await admin.hears('Рассылку никто не прочтёт')
  expect(await newest()).toBeUndefined()
  const [vera] = await listeners(1)
  const [ann, bob] = await listeners(2, 'en')
  const stranger = newCitizen(house.sandbox)
  stranger.says('/start')
  await stranger.hears('Здравствуйте')
  const olga = inGeneral(house.sandbox, OLGA)
  const petr = inGeneral(house.sandbox, PETR)
  petr.says('/broadcast Всем привет')
  await petr.hears('только старший или администратор')

  olga.says('/broadcast Пришлите пароль, мы всё проверим')
  await olga.hears('Гражданам такое не пишем')
  olga.says('/broadcast Ночью <работы> & проверки')
  const preview = await olga.hears('Так это прочтут 3 человека')
  expect(preview.text).toContain('Ночью <работы> & проверки')
  expect(preview.text).toContain('English, 2')
  await olga.presses('Не отправлять')
  await olga.hears('Не отправлено')

  olga.says('/broadcast Ночью работы\n---\nWorks at night')
  await olga.hears('Так это прочтут 3 человека')
  await olga.presses('Отправить')
  await olga.hears(/Уйдёт в \d\d:\d\d/)
  await olga.hears('Рассылку подготовил один человек')
  await house.restart()
  bob?.says('/start')
  await bob?.hears('This is Okoshko')
  await bob?.presses('Stop telling me')
  await bob?.hears('We will not tell you any more')
  await ring()
  await vera?.hears('Ночью работы')
  await ann?.hears('Works at night')
  for (const phone of [vera, ann]) expect(times(phone as Phone, /Ночью работы|Works at night/)).toBe(1)
  expect(times(bob as Phone, 'Works at night')).toBe(0)
  expect(times(stranger, 'Ночью работы')).toBe(0)
})

test('two pairs of eyes where there are two; stopped in the middle it reaches nobody else', async () => {
  await makeSenior(PETR)
  const people = await listeners(30)
  const olga = inGeneral(house.sandbox, OLGA)
  const petr = inGeneral(house.sandbox, PETR)
  olga.says('/broadcast Смена часов работы')
  await olga.hears('Так это прочтут')
  await olga.presses('Отправить')
  await olga.hears('Ждём второго')
  await olga.hears('Нужен второй человек')
  await olga.presses('Подтвердить')
  expect(await newest()).toBe('waiting')
  await petr.presses('Подтвердить')
  await petr.hears('Отправляем понемногу')
  await untilEvent(house.sandbox, 'the first round', () => people.some((one) => times(one, 'Смена часов') > 0))
  await petr.presses('Остановить')
  const stopped = await petr.hears(/Остановлено. Отправлено \d+ из \d+/)
  const [, put, all] = /Отправлено (\d+) из (\d+)/.exec(stopped.text ?? '') ?? []
  expect(Number(put)).toBeLessThan(Number(all))
  await house.restart()
  await ring()
  petr.says('/broadcast')
  await petr.hears(`Остановлено: «Смена часов работы» · отправлено ${put} из ${all}`)
  expect(people.reduce((sum, one) => sum + times(one, 'Смена часов'), 0)).toBeLessThanOrEqual(Number(put))

  petr.says('/broadcast Второе сообщение')
  await petr.hears('Так это прочтут')
  await petr.presses('Отправить')
  await olga.presses('Подтвердить')
  await untilEvent(house.sandbox, 'the first round', () => people.some((one) => times(one, 'Второе') > 0))
  await house.restart()
  await untilEvent(house.sandbox, 'everybody reached', () => people.every((one) => times(one, 'Второе') > 0))
  expect(people.map((one) => times(one, 'Второе'))).toEqual(people.map(() => 1))
  const audited = await house.db.run<{ key: string }>(`select key from audit where action = 'broadcast'`)
  expect(audited.map(({ key }) => key.split(':')[0]).sort()).toEqual([
    'broadcast',
    'broadcast',
    'broadcast',
    'broadcast_stopped',
  ])
  const events = await house.db.run<{ kind: string }>(`select kind from events where kind like 'mailing%' order by id`)
  expect(events.map(({ kind }) => kind)).toContain('mailing_stopped')
})

test('rounds that run twice, and at once, tell everybody once', async () => {
  const people = await listeners(50)
  const keys = createKeyring(house.db, DATA_KEY)
  const texts = loadTexts()
  const desk: Desk = { db: house.db, keys, log: createLog('silent'), texts: () => texts }
  const [made] = await house.db.run<{ id: number }>(
    `insert into mailings (origin, words, state, made_by) select 'test', $1, 'sending', min(id) from operators returning id`,
    [keys.own({ ru: 'Ровно один раз' })],
  )
  const id = made?.id ?? 0
  await house.db.run(
    `insert into mailing_people (mailing_id, citizen_id) select $1, id from citizens where external_id = any($2::bigint[])`,
    [id, `{${people.map((one) => one.id).join(',')}}`],
  )
  const again = (round: number) => goRound(desk, { kind: 'mailing', mailing: id, round })
  await Promise.all([again(1), again(1), again(2), again(1)])
  await again(2)
  await untilEvent(house.sandbox, 'everybody reached', () => people.every((one) => times(one, 'Ровно один') > 0))
  expect(people.map((one) => times(one, 'Ровно один'))).toEqual(people.map(() => 1))
})
