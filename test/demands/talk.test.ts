import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, OLGA, PETR, takenAppeal, untilClosed, untilReaction } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, type Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const bad = (text: string) => ({ error_code: 400, description: `Bad Request: ${text}` })
const pdf = (name: string) => ({ name, type: 'application/pdf', bytes: Buffer.from(name) })
const write = (phone: Phone, what: object) =>
  house.sandbox.write({ from: phone.id, chat: phone.chat, thread: phone.thread, ...what })
const seen = async (phone: Phone, what: string, fits: (one: ReturnType<Phone['fromBot']>[number]) => unknown) =>
  await untilEvent(house.sandbox, what, () => phone.fromBot().find(fits))

test.concurrent('demand-01-answers-arrive-or-say-why', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  await delivered(house.sandbox, desk.says('Дошло'))
  await citizen.hears('Дошло')
  house.sandbox.fault({ method: 'sendMessage', match: { chat_id: citizen.chat }, answer: bad('SOMETHING_NEW') })
  const lost = desk.says('Не дошло')
  const line = await desk.hears('Не доставлено')
  expect(line.reply_to_message?.message_id).toBe(lost.message_id)
  await desk.presses('Попробовать снова')
  await delivered(house.sandbox, lost)
  expect(citizen.fromBot().filter(({ text }) => text === 'Не дошло')).toHaveLength(1)
})

test.concurrent('demand-01-an-ending-that-did-not-arrive-is-said-too', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  house.sandbox.person({ id: citizen.id, blocked: true })
  await desk.hears('Гражданин заблокировал бота')
  desk.says('/close Готово')
  await desk.hears('Гражданин не узнал, чем закончилось')
  await untilClosed(house.sandbox, number)
})

test.concurrent('demand-04-deleted-topic-loses-nobody', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  house.sandbox.topic({ from: OLGA, chat: GROUP, thread: desk.thread ?? 0, deed: 'delete' })
  citizen.says('Вы ещё здесь?')
  const again = await inTopic(house.sandbox, PETR, number)
  await again.hears('Вы ещё здесь?')
  expect(again.thread).not.toBe(desk.thread)
  expect(again.fromBot().find(({ text }) => text)?.text).toContain('отвечает Пётр')
  again.says('Здесь')
  await citizen.hears('Здесь')
})

test.concurrent('demand-05-a-topic-that-takes-no-more-is-made-anew', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const answer = bad('TOPIC_ID_INVALID')
  house.sandbox.fault({ method: 'sendMessage', match: { message_thread_id: desk.thread ?? 0 }, answer })
  citizen.says('В старую тему больше не пишется')
  const again = await untilEvent(house.sandbox, 'another topic', ({ chats }) =>
    chats.get(GROUP)?.topics.find((one) => one.name.startsWith(number) && one.thread_id !== desk.thread),
  )
  await untilEvent(house.sandbox, 'the message in it', () =>
    house.sandbox.messages(GROUP, again.thread_id).some(({ text }) => text === 'В старую тему больше не пишется'),
  )
})

test.concurrent('demand-06-special-characters-arrive-as-they-are', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const text = '_*[]()~`>#+-=|{}.! <b>не жирно</b> &amp; & \\ ‮ ё'
  const kept = text.replace('‮', '')
  citizen.says(text)
  expect((await desk.hears('не жирно')).text).toBe(kept)
  await delivered(house.sandbox, desk.says(text))
  expect((await citizen.hears('не жирно')).text).toBe(kept)
  const odd = newCitizen(house.sandbox, 'ru', '<i>*Ва_ся*</i>')
  odd.says('/operator')
  await odd.presses('Согласен')
  await odd.hears('Опишите')
  odd.says('Имя из одних знаков')
  await untilEvent(house.sandbox, 'the name on a card', () =>
    house.sandbox.messages(GROUP).some((one) => one.text?.includes('Гражданин: <i>*Ва_ся*</i>')),
  )
  const modes = house.sandbox.journal().entries.filter(({ params }) => params.parse_mode !== undefined)
  expect(modes).toEqual([])
})

test.concurrent('demand-08-albums-stay-albums', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const files = [1, 2, 3, 4].map((n) => pdf(`${n}.pdf`))
  house.sandbox.writeAlbum({ from: citizen.id, chat: citizen.chat, files, text: 'Четыре листа' })
  await seen(desk, 'the fourth', (one) => one.document?.file_name === '4.pdf')
  const got = desk.fromBot().filter((one) => one.document)
  expect(got.map((one) => one.document?.file_name)).toEqual(['1.pdf', '2.pdf', '3.pdf', '4.pdf'])
  expect(new Set(got.map((one) => one.media_group_id)).size).toBe(1)
  expect(got[0]?.caption).toBe('Четыре листа')
})

test.concurrent('demand-09-nothing-vanishes-without-a-word', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  write(citizen, { contact: { phone_number: '+79001112233', first_name: 'Сестра' } })
  await desk.hears('Сестра')
  await citizen.hears('увидит его словами')
  const asked = citizen.says('Раз')
  const copy = await desk.hears(/^Раз$/)
  house.sandbox.edit({ from: citizen.id, chat: citizen.chat, message_id: asked.message_id, text: 'Два' })
  await desk.hears(/^Два/)
  house.sandbox.react({ from: PETR, chat: GROUP, message_id: copy.message_id, emoji: '👍' })
  await untilReaction(house.sandbox, asked, '👍')
  write(citizen, { extra: { story: { id: 1 } } })
  await citizen.hears(/История.*не увидит/)
  write(desk, { extra: { giveaway: {} } })
  await desk.hears(/Розыгрыш.*гражданин его не увидит/)
})

test.concurrent('demand-10-edits-keep-their-history', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Не пришла выплата')
  const copy = await desk.hears('Не пришла выплата')
  house.sandbox.edit({ from: citizen.id, chat: citizen.chat, message_id: asked.message_id, text: 'Пришла выплата' })
  expect((await desk.hears(/^Пришла/)).text).toContain('Не пришла выплата')
  const answer = desk.says('Ответ')
  await delivered(house.sandbox, answer)
  house.sandbox.edit({ from: PETR, chat: GROUP, message_id: answer.message_id, text: 'Верный ответ' })
  await seen(citizen, 'the right answer', ({ text }) => text === 'Верный ответ')
  desk.says('/was', { reply_to: copy.message_id })
  expect((await desk.hears('Что было в сообщении')).text).toMatch(/Пришла[\s\S]*Не пришла/)
})

test.concurrent('demand-11-captions-and-file-names-are-kept', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  write(citizen, { files: [pdf('отказ из ведомства.pdf')], text: 'Вот отказ' })
  const got = await desk.hears('Вот отказ')
  expect(got.document).toMatchObject({ file_name: 'отказ из ведомства.pdf', mime_type: 'application/pdf' })
  const sent = write(desk, { files: [pdf('образец.pdf')], text: 'Вот образец' })
  await delivered(house.sandbox, sent)
  expect((await citizen.hears('Вот образец')).document?.file_name).toBe('образец.pdf')
})

test.concurrent('demand-21-the-bot-is-silent-beside-a-person-and-says-when-it-is-back', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const before = citizen.fromBot().length
  citizen.says('Не приходит код из СМС')
  await desk.hears('Не приходит код из СМС')
  await delivered(house.sandbox, desk.says('Сейчас посмотрю'))
  expect(
    citizen
      .fromBot()
      .slice(before)
      .map(({ text }) => text),
  ).toEqual(['Сейчас посмотрю'])
  desk.says('/close Готово')
  await citizen.hears('снова отвечает бот')
  await untilClosed(house.sandbox, number)
  citizen.says('Как записаться к врачу?')
  await citizen.presses('Это новый вопрос')
  await citizen.hears(/./)
})

test.concurrent('demand-29-canned-replies-by-line-and-language', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox, { text: 'Где мой статус' })
  desk.says('/r понял')
  await desk.presses('Проверить понимание')
  await desk.presses('Отправить')
  await citizen.hears('Правильно ли я понял')
  desk.says('/r завершение')
  await desk.presses('Завершение')
  expect((await desk.hears('гражданин прочтёт')).text).toContain(number)
  await desk.presses('Отмена')
  await desk.hears('ничего не отправляем')
})
