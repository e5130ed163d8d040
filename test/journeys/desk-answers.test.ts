import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, takenAppeal, untilReaction } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import type { Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

type Kind = 'photo' | 'document' | 'voice' | 'video' | 'video_note' | 'audio' | 'animation' | 'sticker'
const KINDS: Kind[] = ['photo', 'document', 'voice', 'video', 'video_note', 'audio', 'animation', 'sticker']
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const file = (name: string, type: string) => ({ name, type, bytes: name.endsWith('.png') ? PNG : Buffer.from(name) })
const typeOf = (as: Kind) => (as === 'photo' ? 'image/png' : as === 'document' ? 'application/pdf' : 'video/mp4')
const nameOf = (as: Kind) => (as === 'photo' ? 'a.png' : as === 'document' ? 'a.pdf' : `a.${as}`)

const sends = (desk: Phone, as: Kind, extra: { text?: string; reply_to?: number } = {}) =>
  house.sandbox.write({
    from: desk.id,
    chat: desk.chat,
    thread: desk.thread,
    as,
    files: [file(nameOf(as), typeOf(as))],
    ...extra,
  })

test.concurrent('a text keeps its nested formatting, and what looks like markup stays text', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const text = 'Нажмите <b>Войти</b> & «Далее» 👨‍👩‍👧'
  const entities = [
    { type: 'bold', offset: 0, length: 21 },
    { type: 'italic', offset: 8, length: 12 },
    { type: 'text_link', offset: 24, length: 7, url: 'https://www.gosuslugi.ru/' },
  ]
  const written = house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, text, entities })
  const got = await citizen.hears('Нажмите')
  expect(got.text).toBe(text)
  expect(got.entities).toEqual(expect.arrayContaining(entities))
  await delivered(house.sandbox, written)
})

test.concurrent('every kind of file reaches the citizen, with its words, and is marked', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  for (const as of KINDS) {
    const captioned = !['video_note', 'sticker'].includes(as)
    const written = sends(desk, as, captioned ? { text: `Слова к ${as}` } : {})
    await delivered(house.sandbox, written)
    const got = citizen.fromBot().at(-1)
    expect(got).toHaveProperty(as)
    if (captioned) expect(got?.caption).toBe(`Слова к ${as}`)
  }
  const place = house.sandbox.write({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    location: { latitude: 55.75, longitude: 37.62 },
  })
  await delivered(house.sandbox, place)
  expect(citizen.fromBot().at(-1)?.location).toEqual({ latitude: 55.75, longitude: 37.62 })
})

test.concurrent('a citizen sends every kind too, and what cannot travel travels as words', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  for (const as of KINDS) {
    house.sandbox.write({ from: citizen.id, chat: citizen.id, as, files: [file(nameOf(as), typeOf(as))] })
    await untilEvent(house.sandbox, `a ${as} at the desk`, () => desk.fromBot().some((one) => one[as]))
  }
  const poll = { question: 'Кто виноват?', options: ['Я', 'Вы'] }
  house.sandbox.write({ from: citizen.id, chat: citizen.id, poll })
  const words = await desk.hears('Кто виноват?')
  expect(words.text).toContain('– Вы')
  await citizen.hears('увидит его словами')

  house.sandbox.write({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    poll: { question: 'Удобно?', options: ['Да', 'Нет'] },
  })
  await desk.hears('гражданин увидит его словами')
  expect((await citizen.hears('Удобно?')).text).toContain('опрос')
  const contact = { phone_number: '+70000000000', first_name: 'Приёмная' }
  house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, contact })
  await desk.hears('номер телефона, которого нет')
  house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, extra: { story: { id: 1 } } })
  await desk.hears('гражданин его не увидит')
})

test.concurrent('an album stays one album, in order and with its words, and every part is marked', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const parts = house.sandbox.writeAlbum({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    text: 'Три страницы',
    files: [1, 2, 3].map((n) => file(`${n}.png`, 'image/png')),
  })
  for (const part of parts) await delivered(house.sandbox, part)
  const got = citizen.fromBot().filter(({ photo }) => photo)
  expect(got).toHaveLength(3)
  expect(new Set(got.map(({ media_group_id }) => media_group_id)).size).toBe(1)
  expect(got.map(({ caption }) => caption)).toEqual(['Три страницы', undefined, undefined])
  expect(got.map(({ photo }) => photo?.at(-1)?.file_id)).toEqual(parts.map(({ photo }) => photo?.at(-1)?.file_id))

  house.sandbox.writeAlbum({
    from: citizen.id,
    chat: citizen.id,
    files: [1, 2].map((n) => file(`${n}.pdf`, 'application/pdf')),
    reply_to: got[0]?.message_id,
  })
  await untilEvent(house.sandbox, 'two files', () => desk.fromBot().filter((one) => one.document).length === 2)
  const files = desk.fromBot().filter((one) => one.document)
  expect(new Set(files.map((one) => one.media_group_id)).size).toBe(1)
  expect(files[0]?.reply_to_message?.message_id).toBe(parts[0]?.message_id)
})

test.concurrent('a reply lands on the mirrored message, with the quote', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Первая строка. Вторая строка.')
  const copy = await desk.hears('Вторая строка')
  house.sandbox.write({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    text: 'Про вторую',
    reply_to: copy.message_id,
    extra: { quote: { text: 'Вторая строка.', position: 15, is_manual: true } },
  })
  const answer = await citizen.hears('Про вторую')
  expect(answer.reply_to_message?.message_id).toBe(asked.message_id)
  expect(answer.quote?.text).toBe('Вторая строка.')
  citizen.says('И ещё', { reply_to: answer.message_id })
  const back = await desk.hears('И ещё')
  expect(back.reply_to_message?.text).toBe('Про вторую')

  const wrong = { quote: { text: 'такого там нет', position: 0, is_manual: true } }
  house.sandbox.write({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    text: 'Про то же',
    reply_to: copy.message_id,
    extra: wrong,
  })
  const without = await citizen.hears('Про то же')
  expect(without.reply_to_message?.message_id).toBe(asked.message_id)
  expect(without.quote).toBeUndefined()
})

test.concurrent('the citizen’s reaction stands at the answer, and gives way to the mark when it is taken back', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const written = desk.says('Готово, проверьте')
  await delivered(house.sandbox, written)
  const got = await citizen.hears('Готово, проверьте')
  const reacts = (emoji: string | null) =>
    house.sandbox.react({ from: citizen.id, chat: citizen.chat, message_id: got.message_id, emoji })
  reacts('❤')
  await untilReaction(house.sandbox, written, '❤')
  reacts(null)
  await delivered(house.sandbox, written)
})
