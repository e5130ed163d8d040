import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, delivered, OLGA, openAppeal, PETR } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, newCitizen, until, untilSo } from '../people.ts'

let house: House
const SECOND = -1_002_000_000_008
const ALL = ['can_delete_messages', 'can_pin_messages', 'can_manage_topics', 'can_manage_chat']
beforeAll(async () => {
  house = await openHouse()
  house.sandbox.newGroup({ id: SECOND, title: 'Вторая', is_forum: true })
  house.sandbox.group({ chat: SECOND, bot: 'administrator', rights: ALL })
  const olga = inGeneral(house.sandbox, OLGA, SECOND)
  olga.says('/desk')
  await olga.hears('Эта группа теперь принимает обращения')
})
afterAll(() => house.stop())

const topicsIn = (chat: number) => house.sandbox.state().chats.find((one) => one.id === chat)?.topics ?? []
const homeOf = async (number: string): Promise<number> =>
  await until(`a topic of ${number}`, () =>
    [GROUP, SECOND].find((chat) => topicsIn(chat).some((one) => one.name.startsWith(number) && !one.closed)),
  )

test('new topics go to the group with most room', async () => {
  const homes: number[] = []
  for (let n = 0; n < 6; n += 1) homes.push(await homeOf((await openAppeal(house.sandbox, `Вопрос ${n}`)).number))
  expect(homes.filter((home) => home === GROUP)).toHaveLength(3)
  expect(homes.filter((home) => home === SECOND)).toHaveLength(3)
})

test('a group without its rights is set aside, its appeals go on elsewhere, and it comes back with the rights', async () => {
  const { sandbox } = house
  const first = await openAppeal(sandbox, 'Было в первой')
  const other = await openAppeal(sandbox, 'Было в другой')
  const [number, citizen] =
    (await homeOf(first.number)) === SECOND ? [first.number, first.citizen] : [other.number, other.citizen]
  expect(await homeOf(number)).toBe(SECOND)
  const before = await inTopic(sandbox, PETR, number, SECOND)
  await before.presses('Взять')
  await citizen.hears('В работе')

  sandbox.group({ chat: SECOND, bot: 'administrator', rights: [] })
  await inGeneral(sandbox, OLGA).hears('Бот не может работать в группе «Вторая»')
  const after = await inTopic(sandbox, PETR, number)
  await after.hears(/отвечает Пётр/)
  citizen.says('Вы ещё здесь?')
  await after.hears('Вы ещё здесь?')
  await delivered(sandbox, after.says('Мы переехали и отвечаем'))
  await citizen.hears('Мы переехали и отвечаем')
  const fresh = await openAppeal(sandbox, 'Новое')
  expect(await homeOf(fresh.number)).toBe(GROUP)

  sandbox.group({ chat: SECOND, bot: 'administrator', rights: ALL })
  await inGeneral(sandbox, OLGA).hears('Группа «Вторая» снова принимает обращения')
  await before.hears('Обращение переехало в другую группу')
  const next = await openAppeal(sandbox, 'После возвращения')
  expect(await homeOf(next.number)).toBe(SECOND)
})

test('noticed by a refusal only: switched off topics, and switched on again', async () => {
  const { sandbox } = house
  sandbox.group({ chat: SECOND, is_forum: false })
  const opened = await Promise.all(Array.from({ length: 4 }, (_, n) => openAppeal(sandbox, `Без тем ${n}`)))
  for (const { number } of opened) expect(await homeOf(number)).toBe(GROUP)
  const broken = () => house.db.run('select 1 from desks where chat_id = $1 and broken_since is not null', [SECOND])
  expect(await broken()).toHaveLength(1)
  sandbox.group({ chat: SECOND, is_forum: true })
  await house.db.run('update pace set not_before = null where chat = $1', [SECOND])
  await untilSo('the group to be found whole', async () => (await broken()).length === 0)
})

test('a line may have groups of its own; an appeal passed to it moves there', async () => {
  const { sandbox } = house
  const olga = inGeneral(sandbox, OLGA, SECOND)
  olga.says('/desk lines fraud complaints')
  await olga.hears(/Мошенники, Жалобы/)
  const anna = newCitizen(sandbox, 'ru')
  anna.says('/operator')
  await anna.presses(/^Согласен/)
  await anna.hears('Опишите')
  const number = await ask(anna, 'Мне звонят')
  expect(await homeOf(number)).toBe(GROUP)
  const petr = await inTopic(sandbox, PETR, number)
  await petr.presses('Взять')
  await delivered(sandbox, petr.says('Не называйте код'))
  petr.says('/transfer мошенники Просили код из СМС')
  const there = await inTopic(sandbox, PETR, number, SECOND)
  const card = await there.hears(/Мошенники[\s\S]*ждёт с[\s\S]*Переехало из другой группы/)
  expect(card.reply_markup?.inline_keyboard.flat().find(({ text }) => text === 'Прежняя тема')?.url).toContain(
    '/2000000001/',
  )
  await there.presses('Подробнее')
  // Who works here need not be a member there.
  expect((await there.hears('Переписка до переезда')).text).toMatch(
    /гражданин: Мне звонят\n.*Пётр, ответ: Не называйте код/,
  )
  await there.hears('Заметка (Пётр): Просили код из СМС')
  await petr.hears('Обращение переехало в другую группу')
  const admin = await inTopic(sandbox, OLGA, number)
  admin.says('Кто это возьмёт?')
  expect((await admin.hears('Обращение переехало')).reply_markup?.inline_keyboard[0]?.[0]?.url).toContain(
    '/2000000008/',
  )
  anna.says('Ещё позвонили')
  await there.hears('Ещё позвонили')
})
