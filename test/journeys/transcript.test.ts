import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Message } from '../../src/sandbox/page/wire.ts'
import { delivered, takenAppeal } from '../appeal.ts'
import { dataOf, file, labels, pressOn, sends } from '../citizen.ts'
import { type House, openHouse, TOKEN } from '../house.ts'
import { newCitizen, type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

/** The newest file in the chat, as it would be opened. */
const read = async (citizen: Phone): Promise<{ message: Message; html: string }> => {
  const message = await until('the file', () => citizen.fromBot().findLast(({ document }) => document))
  const api = `${house.url}/bot${TOKEN}/getFile?file_id=${message.document?.file_id}`
  const { result } = (await (await fetch(api)).json()) as { result: { file_path: string } }
  return { message, html: await (await fetch(`${house.url}/file/bot${TOKEN}/${result.file_path}`)).text() }
}

test('what was said is a file: texts, times, files, who, corrections – and nothing that stayed at the desk', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox, { text: 'Не приходит <код> & всё' })
  const told = citizen.says('раз')
  sends(house.sandbox, citizen, file('справка.pdf'))
  await until('the file', () => desk.fromBot().find(({ document }) => document))
  house.sandbox.edit({ from: citizen.id, chat: citizen.chat, message_id: told.message_id, text: 'раз-раз' })
  await desk.hears('раз-раз')
  desk.says('/note между нами')
  await delivered(house.sandbox, desk.says('Проверьте «Спам»'))
  desk.says('/close Код пришёл')
  const end = await citizen.hears('«Завершено»')
  expect(labels(end)).toEqual(['Открыть снова', 'Переписка файлом', 'Меню', 'Оператор'])
  await pressOn(house.sandbox, end, dataOf(end, 'Переписка файлом'))
  const { message, html } = await read(citizen)
  expect(message.document?.file_name).toBe(`perepiska-${number}.html`)
  expect(message.caption).toContain(`Переписка по обращению ${number}`)
  for (const words of [
    'Не приходит &lt;код&gt; &amp; всё',
    'раз-раз',
    'Раньше:',
    'справка.pdf',
    'Проверьте «Спам»',
    'Код пришёл',
  ])
    expect(html).toContain(words)
  expect(html).toMatch(/Оператор Пётр[\s\S]*Проверьте/)
  expect(html).toContain('Время московское')
  expect(html).not.toContain('между нами')
  // Nothing of it is fetched from anywhere.
  expect(html).not.toMatch(/<(script|link|img|iframe)|https?:|url\(/)
  const waiting = await house.db.run(`select 1 from outbox where key like 'transcript:%' and payload is not null`)
  expect(waiting).toEqual([])
})

test('it is one’s own only, in one’s own language, also before the end', async () => {
  const { citizen, number } = await takenAppeal(house.sandbox)
  citizen.says(number)
  const screen = await citizen.hears(`Обращение ${number}\n`)
  const data = dataOf(screen, 'Переписка файлом')
  const stranger = newCitizen(house.sandbox, 'en')
  stranger.says('/menu')
  const menu = await stranger.hears('main menu')
  await pressOn(house.sandbox, menu, data)
  await stranger.hears('no such number')
  expect(stranger.fromBot().some(({ document }) => document)).toBe(false)
  await pressOn(house.sandbox, screen, data)
  expect((await read(citizen)).html).toContain('Вы')
})
