import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fields, Log } from '../../src/log.ts'
import { disguises, dump } from '../dump.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn } from '../people.ts'

const said: string[] = []
/** Words that occur nowhere else, and are looked for afterwards. */
const canary = (what: string): string => {
  const word = `Канарейка-${what}-${Math.random().toString(36).slice(2)}`
  said.push(word)
  return word
}

let house: House
const lines: string[] = []
beforeAll(async () => {
  const line = (event: string, fields: Fields = {}) => {
    lines.push(JSON.stringify({ event, ...fields }))
  }
  const log: Log = { info: line, warn: line, error: line }
  house = await openHouse({ log })
})
afterAll(() => house.stop())

const aDay = async () => {
  const vera = newCitizen(house.sandbox, 'ru', canary('name'))
  vera.says('/start')
  await vera.hears('никогда не спрашиваем')
  vera.says(canary('question'))
  await vera.presses('Оператор')
  await vera.presses('Согласен')
  await vera.hears('Опишите')
  vera.says(canary('description'))
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  const olga = await inTopic(house.sandbox, 5001, number)
  const petr = await inTopic(house.sandbox, 5002, number)
  await olga.presses('Взять')
  await vera.hears('В работе')
  const answer = canary('answer')
  olga.says(answer)
  await vera.hears(answer)
  olga.says(`/note ${canary('note')}`)
  petr.says(canary('held'))
  const reply = canary('reply')
  vera.says(reply)
  await olga.hears(reply)
  vera.says('/menu')
  await vera.presses('Обратная связь')
  await vera.hears('Напишите')
  const draft = canary('draft')
  vera.says(draft)
  await vera.hears('связаться')
  vera.says('/menu')
  const comment = canary('comment')
  olga.says(`/close ${comment}`)
  await vera.hears(comment)
  await vera.presses('5')
  await vera.hears('Спасибо за оценку')
  vera.says(canary('rating'))
  await vera.hears(/Спасибо|передал/)
}

test('nothing that a citizen or an operator wrote, nor a name, rests in clear in any table, nor in any line of the log', async () => {
  await aDay()
  const tables = await dump(house.db)
  expect(tables.length).toBeGreaterThan(20)
  expect(tables.find(({ table }) => table === 'public.messages')?.bytes.length).toBeGreaterThan(500)
  for (const word of said) {
    for (const { table, bytes } of tables) {
      expect(
        disguises(word).some((form) => bytes.includes(form)),
        `${word} in ${table}`,
      ).toBe(false)
    }
    expect(lines.filter((line) => line.includes(word))).toEqual([])
  }
})

test('the search would have found it', async () => {
  await house.db.run(`insert into events (key, kind, data) values ('x', 'x', $1::jsonb)`, [
    JSON.stringify({ said: said[0] }),
  ])
  await house.db.run(`insert into conversation_states (key, body) values ('x', $1)`, [Buffer.from(said[1] ?? '')])
  const tables = await dump(house.db)
  const found = (word = '') =>
    tables.filter(({ bytes }) => disguises(word).some((form) => bytes.includes(form))).map(({ table }) => table)
  expect(found(said[0])).toEqual(['public.events'])
  expect(found(said[1])).toEqual(['public.conversation_states'])
})
