import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyring } from '../../src/db/keyring.ts'
import { ask, OLGA, PETR, takenAppeal, topicOf, untilClosed } from '../appeal.ts'
import { times } from '../citizen.ts'
import { citizenId, expectGone, forgets } from '../forgotten.ts'
import { DATA_KEY, GROUP, type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, newCitizen, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  await house?.stop()
})

const idOf = (phone: Phone) => citizenId(house, phone)
const texts = (chat: number, thread?: number) =>
  house.sandbox.messages(chat, thread).map((message) => JSON.stringify(message))
const fileIn = async (phone: Phone, caption: string): Promise<string> => {
  const message = await phone.hears(caption)
  const id = (message as { document?: { file_id: string } }).document?.file_id ?? ''
  const { file_path } = (
    await (await fetch(`${house.url}/bot${'7000000001:journey-token-journey-token'}/getFile?file_id=${id}`)).json()
  ).result
  return await (await fetch(`${house.url}/file/bot7000000001:journey-token-journey-token/${file_path}`)).text()
}
test('refusing consent leaves answers, fraud and status, and says so; nothing personal is stored before it', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('мой телефон +7 912 345-67-89, не приходит код')
  await vera.hears(/./)
  vera.says('/operator')
  await vera.presses('Не согласен')
  await vera.hears('работают как прежде')
  vera.says('/mydata')
  const page = await fileIn(vera, 'Всё, что о вас хранится')
  expect(page).toContain('не приходит код')
  expect(page).not.toContain('345-67')
  vera.says('/appeals')
  await vera.hears('Обращений пока нет')
  vera.says('/fraud')
  await vera.hears(/мошенник/i)
})

test('consent is taken back at any time; open appeals go on or are closed, as the citizen chooses; new rules ask again', async () => {
  const { citizen: vera, number, desk } = await takenAppeal(house.sandbox)
  vera.says('/consent')
  await vera.hears('Вы согласились')
  await vera.presses('Отозвать согласие')
  await vera.presses('Пусть ответят')
  await vera.hears('Операторы закончат')
  vera.says('Слово без согласия')
  await vera.hears('нужно ваше согласие')
  desk.says('Ответ оператора')
  await vera.hears('Ответ оператора')
  expect(texts(GROUP).some((text) => text.includes('Слово без согласия'))).toBe(false)
  await vera.presses('Согласен')
  await vera.hears('дойдёт')
  vera.says('Слово с согласием')
  await desk.hears('Слово с согласием')
  await house.db.run(`update consents set policy = '2020-01' where withdrawn_at is null and citizen_id = $1`, [
    await idOf(vera),
  ])
  vera.says('Слово при новых правилах')
  await vera.hears('нужно ваше согласие')
  await vera.presses('Согласен')
  await vera.hears('дойдёт')
  vera.says('/consent')
  await vera.presses('Отозвать согласие')
  await vera.presses('Закрыть обращения')
  await vera.hears('закрыто 1 обращение')
  await desk.hears('отозвал согласие')
  await untilClosed(house.sandbox, number)
  expect(texts(GROUP).some((text) => text.includes('при новых правилах'))).toBe(false)
})

test('/mydata is everything, in a page and for a machine, with who opened it; again within a minute it is the same', async () => {
  const { citizen: vera, number, desk } = await takenAppeal(house.sandbox, { text: '<b>Приметные</b> слова' })
  desk.says('Приметный ответ')
  await vera.hears('Приметный ответ')
  desk.says('/note Приметная заметка')
  const petr = inGeneral(house.sandbox, PETR)
  petr.says(`/find ${number}`)
  await petr.hears(number)
  await house.db.run(`insert into choices (citizen_id, body) values ($1, $2) on conflict do nothing`, [
    await idOf(vera),
    await createKeyring(house.db, DATA_KEY).forCitizen(await idOf(vera), { 1: 'цифра-примета' }),
  ])
  vera.says('/mydata')
  const page = await fileIn(vera, 'Всё, что о вас хранится')
  const json = JSON.parse(await fileIn(vera, 'То же самое для программ'))
  for (const word of [
    'Вера',
    number,
    '&lt;b&gt;Приметные&lt;/b&gt; слова',
    'Приметный ответ',
    'Приметная заметка',
    'Пётр',
  ])
    expect(page).toContain(word)
  expect(json.appeals[0].said.map(({ text }: { text: string }) => text)).toContain('<b>Приметные</b> слова')
  // Whatever table names her is in it, opened.
  expect(json.other.choices).toMatchObject([{ body: { 1: 'цифра-примета' } }])
  expect(page).toContain('цифра-примета')
  // The search was made in General, beside the topic: which of them is first is chance.
  expect(json.opened).toHaveLength(3)
  for (const what of ['take', 'look', 'search'])
    expect(json.opened).toContainEqual(expect.objectContaining({ who: 'Пётр', what, number }))
  expect(page).not.toMatch(/src=|href=|<script/)
  vera.says('/mydata')
  await vera.hears('меньше минуты назад')
  expect(times(vera, 'Всё, что о вас хранится')).toBe(1)
  const rows = await house.db.run<{ kind: string }>(`select kind from outbox where key like 'mydata:%'`)
  expect(rows.length).toBeGreaterThanOrEqual(2)
})

test('/forget in mid-appeal: closed first, gone from the group and the database, a receipt; then a stranger again', async () => {
  const { citizen: vera, number, desk } = await takenAppeal(house.sandbox, { text: 'Забудьте меня' })
  vera.says('Ещё одно слово')
  await desk.hears('Ещё одно слово')
  const id = await idOf(vera)
  vera.says('/forget')
  await vera.presses('Не удалять')
  await vera.hears('остаётся как было')
  const receipt = await forgets(vera)
  expect(receipt).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  await desk.hears('Гражданин удалил данные')
  await untilClosed(house.sandbox, number)
  const thread = topicOf(house.sandbox, number)?.thread_id
  const group = () => texts(GROUP, thread).join('\n')
  while (/Забудьте меня|Ещё одно слово|Вера/.test(group())) await new Promise((resolve) => setTimeout(resolve, 50))
  const olga = await inTopic(house.sandbox, OLGA, number)
  olga.says('Кто-нибудь там?')
  await olga.hears('больше ничего не сделать')
  await expectGone(house, id, vera.id)
  const [kept] = await house.db.run<{ citizen_id: number | null }>(
    'select citizen_id from forgettings where receipt = $1',
    [receipt],
  )
  expect(kept).toEqual({ citizen_id: null })

  vera.says('/appeals')
  await vera.hears('Обращений пока нет')
  expect(await idOf(vera)).not.toBe(id)
  const again = await openAppealAs(vera)
  expect(again).not.toBe(number)
  vera.says(number)
  await vera.hears(/такого номера/)
})

const openAppealAs = async (phone: Phone): Promise<string> => {
  phone.says('/operator')
  await phone.hears('Прежде чем писать человеку')
  await phone.presses('Согласен')
  await phone.hears('Опишите')
  return await ask(phone, 'Я пришла снова')
}

test('what is older than two days stays in the group, and the topic says so', async () => {
  const { citizen: vera, number } = await takenAppeal(house.sandbox)
  await house.db.run(`update messages set created_at = now() - interval '3 days'`)
  await forgets(vera)
  const desk = await inTopic(house.sandbox, PETR, number)
  await desk.hears('старше двух суток')
})
