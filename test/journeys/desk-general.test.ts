import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inGeneral } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test('/queue shows who waits, the longest first, and what is in one’s own hands; a touch opens the topic', async () => {
  const general = inGeneral(house.sandbox, PETR)
  general.says('/queue')
  expect((await general.hears('В очереди')).text).toContain('В очереди 0 обращений')
  const waiting = [
    (await openAppeal(house.sandbox, 'Первый')).number,
    (await openAppeal(house.sandbox, 'Второй')).number,
  ]
  const { number: mine } = await takenAppeal(house.sandbox)
  general.says('/queue')
  const shown = await general.hears('В очереди 2 обращения')
  const lines = (shown.text ?? '').split('\n')
  expect(lines.slice(1, 3)).toEqual(
    waiting.map((number) => expect.stringMatching(`^${number} · Услуги · меньше минуты$`)),
  )
  expect(lines).toContain('Услуги: ждут 2, в работе 1')
  expect(lines.slice(-2)).toEqual(['У вас в работе', `${mine} · Услуги`])
  const links = shown.entities?.filter(({ type }) => type === 'text_link') ?? []
  expect(links.map(({ offset, length }) => (shown.text ?? '').slice(offset, offset + length).slice(0, 11))).toEqual([
    ...waiting,
    mine,
  ])
  const threads = house.sandbox.state().chats.find(({ id }) => id === GROUP)?.topics ?? []
  expect(links.map(({ url }) => url)).toEqual(
    [...waiting, mine].map((number) => {
      const topic = threads.find(({ name }) => name.startsWith(number))
      return `https://t.me/c/2000000001/${topic?.thread_id}`
    }),
  )
})

test('/find finds by number as people write numbers, and says when there is none', async () => {
  const general = inGeneral(house.sandbox, OLGA)
  const { number } = await openAppeal(house.sandbox)
  for (const written of [number, number.replaceAll('-', ''), number.replaceAll('-', ' ')]) {
    general.says(`/find ${written}`)
    const found = await general.hears(`${number} · Услуги · Принято`)
    expect(found.reply_markup?.inline_keyboard[0]?.[0]?.text).toBe('Открыть тему')
  }
  general.says('/find')
  await general.hears('Что найти?')
  general.says('/find 482-913-050')
  await general.hears(/Что найти|нет/)
})
