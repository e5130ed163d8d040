import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { citizen, inTopic, newCitizen, numberIn, type Phone, until } from '../people.ts'

// A restart takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const fileOf = async (phone: Phone) => {
  const message = await until('a file', () => phone.fromBot().findLast((one) => one.document))
  const { file_id } = message.document as { file_id: string }
  const token = '7000000001:journey-token-journey-token'
  const about = await (await fetch(`${house.url}/bot${token}/getFile?file_id=${file_id}`)).json()
  const path = (about as { result: { file_path: string } }).result.file_path
  return { message, html: await (await fetch(`${house.url}/file/bot${token}/${path}`)).text() }
}

/** Time passes. */
const ringReminders = () => house.db.run(`update inbox set due_at = now() where key like 'timer:remind:%'`)

test('a contested decision becomes a text and a file, and is followed until the answer comes', async () => {
  const vera = citizen(house.sandbox, 1001)
  vera.says('/contest')
  await vera.presses('Согласен')
  await vera.hears('Какое решение')
  vera.says('Отказ в пособии № 15 от 3 ноября')
  await vera.hears('С чем вы не согласны')
  await house.restart()
  vera.says('Доход посчитали <неверно> & дважды')
  await vera.hears('Чего вы хотите')
  vera.says('Пересчитать')
  await vera.hears('Пришлите снимки')
  const paper = { name: 'решение.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4') }
  house.sandbox.write({ from: vera.id, chat: vera.chat, text: '', files: [paper] })
  await vera.hears('Принято: 1')
  await vera.presses('Готово')
  await vera.hears('Проверьте')
  await vera.presses('Отправить')
  const number = numberIn(await vera.hears('не поданная жалоба'))
  await inTopic(house.sandbox, 5002, number)
  await vera.hears('Он никуда не подан')
  await vera.hears('Доход посчитали <неверно> & дважды')
  const { html } = await fileOf(vera)
  expect(html).toContain('Доход посчитали &lt;неверно&gt; &amp; дважды')
  expect(html).toContain('1. решение.pdf')
  expect(html).toContain('не подан')
  expect(html).not.toMatch(/src=|href=|url\(/)

  await vera.presses('Через две недели')
  await vera.hears('Хорошо, напомню')
  await house.restart()
  await ringReminders()
  await vera.hears('Ответ пришёл?')
  await vera.presses('Не пришёл')
  await vera.hears('вышестоящий орган')
  await vera.presses('Через три недели')
  await vera.hears('Хорошо, напомню')
  await ringReminders()
  await vera.presses('Ответ пришёл')
  await vera.hears('Прочитайте ответ целиком')
})

test('in English, without attachments', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/contest')
  await ann.presses('I agree')
  await ann.hears(/Which decision/)
  ann.says('Refusal no. 7')
  await ann.hears(/disagree/)
  ann.says('They lost my paper')
  for (const next of ['achieve', 'Send']) {
    await ann.hears(new RegExp(next, 'i'))
    await ann.presses('Skip')
  }
  await ann.hears('Please check')
  await ann.presses('Send')
  await ann.hears('It has been filed nowhere')
  const { html, message } = await fileOf(ann)
  expect(html).toContain('They lost my paper')
  expect(message.caption).toContain('without the internet')
  await ann.presses('In four weeks')
  await ann.hears('I will remind you')
})
