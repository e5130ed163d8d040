import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTexts } from '../../src/texts.ts'
import { delivered, MARINA, openAppeal, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone } from '../people.ts'
import { type WordsFolder, wordsFolder } from '../words-folder.ts'

let house: House
let words: WordsFolder
beforeAll(async () => {
  words = wordsFolder()
  for (const lang of ['ru', 'en']) {
    const title = lang === 'ru' ? 'Памятка файлом' : 'A leaflet'
    words.change(
      `${lang}/replies.yaml`,
      /$/,
      `- id: leaflet\n  title: ${title}\n  text: ${title}\n  file: leaflet.pdf\n`,
    )
    words.write(`${lang}/files/leaflet.pdf`, `leaflet ${lang}`)
  }
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house.stop()
  words.remove()
})

const buttons = (message: Awaited<ReturnType<Phone['hears']>>) =>
  message.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? []
const pressOn = (desk: Phone, message: Awaited<ReturnType<Phone['hears']>>, label: string) => {
  const data = message.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)?.callback_data ?? ''
  return house.sandbox.press({ from: desk.id, chat: GROUP, message_id: message.message_id, data })
}

test.concurrent('/r finds by a word, shows the filled text and sends it once; the citizen can reply to it', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  desk.says('/r приветствие')
  const list = await desk.hears('Заготовки')
  expect(buttons(list)).toEqual(['Приветствие', 'Отмена'])
  await desk.presses('Приветствие')
  const preview = await desk.hears('гражданин прочтёт (Русский)')
  expect(preview.message_id).toBe(list.message_id)
  expect(preview.text).toContain(`Здравствуйте, Вера! Меня зовут Пётр`)
  expect(preview.text).toContain(number)
  expect(citizen.fromBot().some(({ text }) => text?.startsWith('Здравствуйте'))).toBe(false)
  await Promise.all([pressOn(desk, preview, 'Отправить'), pressOn(desk, preview, 'Отправить')])
  const got = await citizen.hears('Здравствуйте, Вера! Меня зовут Пётр')
  await delivered(house.sandbox, preview)
  expect((await desk.hears('Отправлено: Приветствие')).message_id).toBe(list.message_id)
  citizen.says('Хорошо', { reply_to: got.message_id })
  expect((await desk.hears('Хорошо')).reply_to_message?.message_id).toBe(list.message_id)
  expect(citizen.fromBot().filter(({ text }) => text?.startsWith('Здравствуйте'))).toHaveLength(1)
  desk.says('/unsend', { reply_to: list.message_id })
  await desk.hears('у гражданина он удалён')
})

test.concurrent('a reply speaks the citizen’s language, and the operator’s beside it', async () => {
  const { citizen, number } = await openAppeal(house.sandbox, 'The code does not come', 'en')
  const desk = await inTopic(house.sandbox, MARINA, number)
  await desk.presses('Взять')
  await desk.presses('Поздороваться')
  const preview = await desk.hears('гражданин прочтёт (English)')
  expect(preview.text).toContain('Приветствие · гражданин прочтёт')
  expect(preview.text).toMatch(/Hello, Вера! My name is Марина[\s\S]*По-русски:[\s\S]*Здравствуйте, Вера!/)
  await desk.presses('Отправить')
  const got = await citizen.hears('Hello, Вера! My name is Марина')
  expect(got.text).not.toContain('Здравствуйте')
})

test.concurrent('pages, another page, a change before sending, and a cancel', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const card = await desk.hears('отвечает Пётр')
  await desk.presses('Заготовки')
  const first = await desk.hears('Найти по слову')
  expect(first.message_id).not.toBe(card.message_id)
  expect(first.text).toContain('1 из')
  expect(buttons(first).length).toBeLessThanOrEqual(8)
  await desk.presses('Ещё ›')
  const second = await desk.hears(/2 из/)
  expect(buttons(second)).toContain('‹ Назад')
  desk.says('/r НУЖНО время')
  await desk.presses('Нужно время')
  await desk.presses('Изменить')
  const copy = await desk.hears('Нажмите на текст')
  expect(copy.entities?.some(({ type }) => type === 'pre')).toBe(true)
  await delivered(house.sandbox, desk.says('Мне нужно немного времени'))
  await citizen.hears('Мне нужно немного времени')
  desk.says('/r такого-нет')
  await desk.hears('нет.')
  await desk.presses('Отмена')
  await desk.hears('ничего не отправляем')
  desk.says('/r документ')
  expect(buttons(await desk.hears('Заготовки со словом'))).not.toContain('Извинение')
})

test.concurrent('only the owner answers with one; before the end a last word is offered, not forced', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const marina = await inTopic(house.sandbox, MARINA, number)
  marina.says('/r')
  await marina.hears('только тот, кто ведёт обращение')
  await desk.presses('Завершить')
  const ask = await desk.hears('чем закончилось')
  expect(buttons(ask)).toEqual(['Сначала попрощаться', 'Не закрывать'])
  await desk.presses('Сначала попрощаться')
  await desk.hears('гражданин прочтёт')
  await desk.presses('Отправить')
  await citizen.hears('Подытожим')
  desk.says('Вход восстановлен')
  await citizen.hears(/Завершено[\s\S]*Вход восстановлен/)
})

test.concurrent('a reply may bring a file', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  desk.says('/r памятка')
  await desk.presses('Памятка файлом')
  await desk.hears('С файлом: leaflet.pdf')
  await desk.presses('Отправить')
  const got = await citizen.hears('Памятка файлом')
  expect(got.document?.file_name).toBe('leaflet.pdf')
})

test('a placeholder that nothing fills, and a file that is not there, are faults of the check', () => {
  const own = wordsFolder()
  own.change('ru/replies.yaml', '{{operator}}', '{{manager}}')
  own.change('ru/replies.yaml', /$/, '- id: lost\n  title: Нет файла\n  text: Нет\n  file: lost.pdf\n')
  expect(() => loadTexts(own.dir)).toThrow(/nothing fills \{\{manager\}\}/)
  expect(() => loadTexts(own.dir)).toThrow(/lost\.pdf, which is not there/)
  own.remove()
})
