import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, MARINA, takenAppeal, untilClosed, untilReaction } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone, untilSo } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const png = (name: string) => ({ name, type: 'image/png', bytes: Buffer.concat([picture, Buffer.from(name)]) })
const write = (phone: Phone, what: object) =>
  house.sandbox.write({ from: phone.id, chat: phone.chat, thread: phone.thread, ...what })
const edits = (phone: Phone, { message_id }: { message_id: number }, text: string) =>
  house.sandbox.edit({ from: phone.id, chat: phone.chat, message_id, text })
const seen = async (phone: Phone, what: string, fits: (one: ReturnType<Phone['fromBot']>[number]) => unknown) =>
  await untilEvent(house.sandbox, what, () => phone.fromBot().find(fits))
const calls = (method: string, chat: number) =>
  house.sandbox
    .journal()
    .entries.filter((call) => call.method === method && (call.params as { chat_id?: number }).chat_id === chat)

test.concurrent('what is longer than a message comes in pieces, in order, with its formatting', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const text = `${'😀'.repeat(2_500)} ${'жирно '.repeat(200)}конец`
  const from = text.indexOf('жирно')
  const entities = [{ type: 'bold', offset: 4_000, length: text.length - 4_000 }]
  const written = write(desk, { text, entities })
  desk.says('Это после него')
  await delivered(house.sandbox, written)
  await citizen.hears('Это после него')
  const got = citizen.fromBot().slice(-3)
  expect(got.map((one) => one.text?.length ?? 0).every((length) => length <= 4_096)).toBe(true)
  expect(`${got[0]?.text}${got[1]?.text}`.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  expect(got[2]?.text).toBe('Это после него')
  expect(from).toBeGreaterThan(4_096)
  expect(got[1]?.entities?.[0]).toMatchObject({ type: 'bold', offset: 0 })

  edits(desk, written, 'Короче')
  await seen(citizen, 'the short text', (one) => one.text === 'Короче')
  await untilEvent(
    house.sandbox,
    'the second piece to go',
    () => !citizen.fromBot().some((one) => one.text?.includes('конец')),
  )
})

test.concurrent('a long caption goes on below its file, and a file that is replaced is replaced', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const text = `${'слово '.repeat(180)}и последнее`
  const asked = write(citizen, { files: [png('one')], text })
  const first = await seen(desk, 'a photo', (one) => one.photo)
  const rest = await desk.hears('и последнее')
  expect(`${first.caption} ${rest.text}`.replaceAll(/\s+/g, ' ')).toBe(text)
  // A person may also put another picture into a message that was sent.
  const other = write(citizen, { files: [png('two')] })
  const body = { ...asked, photo: other.photo, caption: 'Теперь так', caption_entities: [], edit_date: 9 }
  house.sandbox.update('edited_message', body, `chat:${citizen.chat}`)
  const changed = await seen(desk, 'the new words', (one) => one.caption?.startsWith('Теперь так'))
  expect(changed.photo?.at(-1)?.file_id).toBe(other.photo?.at(-1)?.file_id)
})

test.concurrent('an album whose parts come in odd order is whole and in order, as its words were last changed', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const parts = [1, 2, 3].map((n) => write(desk, { files: [png(`o${n}`)], extra: { media_group_id: 'odd' } }))
  edits(desk, parts[1] as { message_id: number }, 'Вторая')
  for (const part of parts) await delivered(house.sandbox, part)
  const got = citizen.fromBot().filter(({ photo }) => photo)
  expect(new Set(got.map((one) => one.media_group_id)).size).toBe(1)
  expect(got.map((one) => one.photo?.at(-1)?.file_id)).toEqual(parts.map((one) => one.photo?.at(-1)?.file_id))
  expect(got.map((one) => one.caption)).toEqual([undefined, 'Вторая', undefined])
  edits(desk, parts[0] as { message_id: number }, 'Первая')
  await seen(citizen, 'the first caption', (one) => one.caption === 'Первая')
})

test.concurrent('places keep their names, contacts are masked at the desk, dice keep their number', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  write(citizen, { location: { latitude: 55.7, longitude: 37.6 }, venue: { title: 'МФЦ', address: 'Мира, 1' } })
  expect((await seen(desk, 'a place', (one) => one.venue)).venue).toMatchObject({ title: 'МФЦ', address: 'Мира, 1' })
  write(citizen, { contact: { phone_number: '+79005551234', first_name: 'Сын' } })
  const contact = await desk.hears('Сын')
  expect(contact.text).toMatch(/1234/)
  expect(contact.text).not.toContain('5551234')
  const dice = write(citizen, { dice: '🎲' })
  expect((await desk.hears('кубик')).text).toContain(`🎲 ${dice.dice?.value}`)
  for (const kind of ['story', 'checklist', 'invoice', 'game', 'giveaway', 'paid_media', 'hologram'])
    write(citizen, { extra: { [kind]: {} } })
  for (const name of ['История', 'Список дел', 'Счёт', 'Игра', 'Розыгрыш', 'Платные фото', 'неизвестного вида'])
    await citizen.hears(new RegExp(`${name}.*такое оператору не передать`))
  await desk.hears('Список дел')
})

test.concurrent('an answer that still waits says what it was last changed to, and the citizen sees that it comes', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const actions: string[] = []
  house.sandbox.subscribe((event) => {
    if (event.type === 'action' && event.chat === citizen.chat) actions.push(event.action)
  })
  const files = [png('t1'), png('t2')]
  const [first] = house.sandbox.writeAlbum({ from: desk.id, chat: GROUP, thread: desk.thread, files, text: 'Сначала' })
  edits(desk, first as { message_id: number }, 'Потом')
  await seen(citizen, 'the album', (one) => one.photo)
  expect(citizen.fromBot().filter(({ photo }) => photo)[0]?.caption).toBe('Потом')
  expect(actions).toContain('typing')
  await delivered(house.sandbox, first as { message_id: number; chat: { id: number } })
  expect(calls('editMessageCaption', citizen.chat)).toEqual([])
})

test.concurrent('/unsend takes an own answer back and says so; what cannot be taken back is said, too', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const written = desk.says('Лишнее')
  await delivered(house.sandbox, written)
  const marina = await inTopic(house.sandbox, MARINA, number)
  marina.says('/unsend', { reply_to: written.message_id })
  await marina.hears('только свой ответ')
  desk.says('/unsend')
  await desk.hears('Ответьте командой /unsend')
  desk.says('/unsend', { reply_to: written.message_id })
  const said = await desk.hears('Ответ отозван: у гражданина он удалён')
  expect(said.reply_to_message?.message_id).toBe(written.message_id)
  expect(citizen.fromBot().some((one) => one.text === 'Лишнее')).toBe(false)
  await untilEvent(
    house.sandbox,
    'the mark to go',
    () => !house.sandbox.state().reactions[`${GROUP}:${written.message_id}`]?.bot,
  )
  desk.says('/unsend', { reply_to: written.message_id })
  await desk.hears('уже отозван')
  edits(desk, written, 'Лишнее снова')
  const states = await house.db.run<{ state: string }>(
    'select state from messages where origin_chat = $1 and origin_message = $2',
    [GROUP, written.message_id],
  )
  expect(states).toEqual([{ state: 'withdrawn' }])

  const kept = desk.says('Останется')
  await delivered(house.sandbox, kept)
  const gone = { error_code: 400, description: "Bad Request: message can't be deleted for everyone" }
  house.sandbox.fault({ method: 'deleteMessage', match: { chat_id: citizen.chat }, answer: gone, times: 5 })
  desk.says('/unsend', { reply_to: kept.message_id })
  await desk.hears('Отозвать не вышло')
  await house.db.run(
    `update messages set created_at = now() - interval '49 hours' where origin_message = $1 and origin_chat = $2`,
    [kept.message_id, GROUP],
  )
  desk.says('/unsend', { reply_to: kept.message_id })
  await desk.hears('Поздно')
})

test.concurrent('an answer withdrawn before it was sent is never seen; an album goes as a whole', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const album = house.sandbox.writeAlbum({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    files: [png('u1'), png('u2')],
  })
  desk.says('/unsend', { reply_to: album[1]?.message_id as number })
  await desk.hears('отозван до отправки')
  expect(citizen.fromBot().some(({ photo }) => photo)).toBe(false)
  const other = house.sandbox.writeAlbum({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    files: [png('u3'), png('u4')],
  })
  for (const part of other) await delivered(house.sandbox, part)
  desk.says('/unsend', { reply_to: other[0]?.message_id as number })
  await desk.hears('у гражданина он удалён')
  expect(citizen.fromBot().some(({ photo }) => photo)).toBe(false)
})

test.concurrent('the owner’s reaction stands at the citizen’s message, a colleague’s does not', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Спасибо, получилось')
  const copy = await desk.hears('Спасибо, получилось')
  const marina = await inTopic(house.sandbox, MARINA, number)
  const reacts = (who: Phone, emoji: string | null) =>
    house.sandbox.react({ from: who.id, chat: GROUP, message_id: copy.message_id, emoji })
  // Nobody reacts within the milliseconds that writing down where a message landed takes.
  const kept = 'select 1 from copies where chat_id = $1 and copy_id = $2'
  await untilSo('the copy to be kept', async () => (await house.db.run(kept, [GROUP, copy.message_id])).length > 0)
  reacts(marina, '👎')
  reacts(desk, '❤')
  await untilReaction(house.sandbox, asked, '❤')
  reacts(desk, '🔥')
  await untilReaction(house.sandbox, asked, '🔥')
  reacts(desk, null)
  await untilEvent(
    house.sandbox,
    'no reaction',
    () => !house.sandbox.state().reactions[`${asked.chat.id}:${asked.message_id}`]?.bot,
  )
})

test.concurrent('every version is kept: /was shows them, and an edit after the end opens nothing again', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Первый вариант')
  const copy = await desk.hears('Первый вариант')
  edits(citizen, asked, 'Второй вариант')
  await desk.hears(/^Второй вариант/)
  edits(citizen, asked, 'Третий вариант')
  await desk.hears(/^Третий вариант/)
  desk.says('/was', { reply_to: copy.message_id })
  const was = await desk.hears('Что было в сообщении')
  expect(was.text).toMatch(/Третий[\s\S]*Второй[\s\S]*Первый/)
  desk.says('/close Готово')
  await untilClosed(house.sandbox, number)
  edits(citizen, asked, 'После конца')
  await desk.hears(/^После конца/)
  const [row] = await house.db.run<{ status: string }>('select status from appeals where number = $1', [
    number.replaceAll('-', ''),
  ])
  expect(row?.status).toBe('completed')
  await untilClosed(house.sandbox, number)
  const long = citizen.says('x')
  expect(long.text).toBe('x')
})
