import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fields, Log } from '../../src/log.ts'
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

/** Every value of every table, as text; what is bytes, as its bytes. */
const dump = async (): Promise<{ table: string; bytes: Buffer }[]> => {
  const tables = await house.db.run<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const found = tables.map(async ({ name }) => {
    const rows = await house.db.run<{ row: string }>(`select t::text as row from ${name} t`)
    // A bytea is written as \x…: its bytes are looked at, too.
    const parts = rows.flatMap(({ row }) => [
      Buffer.from(row),
      ...[...row.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex')),
    ])
    return { table: name, bytes: Buffer.concat(parts) }
  })
  return await Promise.all(found)
}

const disguises = (word: string): Buffer[] => [
  Buffer.from(word),
  Buffer.from(word, 'utf16le'),
  Buffer.from(
    JSON.stringify(word).replaceAll(/[^\x20-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ),
  Buffer.from(Buffer.from(word).toString('hex')),
  Buffer.from(Buffer.from(word).toString('base64').slice(4, -4)),
]

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
  const tables = await dump()
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
  const tables = await dump()
  const found = (word = '') =>
    tables.filter(({ bytes }) => disguises(word).some((form) => bytes.includes(form))).map(({ table }) => table)
  expect(found(said[0])).toEqual(['public.events'])
  expect(found(said[1])).toEqual(['public.conversation_states'])
})
