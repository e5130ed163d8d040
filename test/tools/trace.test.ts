import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fields, Log } from '../../src/log.ts'
import { linesAbout } from '../../src/tools/trace-log.ts'
import { follow } from '../../src/tools/trace-rows.ts'
import { tell } from '../../src/tools/trace-words.ts'
import { takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'

const lines: string[] = []
let house: House
beforeAll(async () => {
  const line = (event: string, fields: Fields = {}) => void lines.push(JSON.stringify({ event, ...fields }))
  const log: Log = { info: line, warn: line, error: line }
  house = await openHouse({ log })
})
afterAll(() => house.stop())

const followed = async (number: string) => {
  const found = await follow(house.db, number.replaceAll('-', ''))
  if (!found) throw new Error('no such appeal')
  return found
}
const settled = async () => {
  while ((await house.db.run(`select 1 from outbox where state in ('new', 'sending')`)).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

test('where is my message: each message with its way, and the log’s lines about it, without a word of it', async () => {
  const { citizen, desk, number } = await takenAppeal(house.sandbox, { text: 'Тайное начало' })
  desk.says('Тайный ответ')
  await citizen.hears('Тайный ответ')
  await settled()
  const trace = await followed(number)
  const told = tell(trace).join('\n')
  expect(told).toContain(`${number} · services · in_progress · in hand of`)
  expect(told).toContain('Everything that was said is on the other side.')
  expect(told).toMatch(/message \d+ of the citizen: delivered .*\(because of tg:\d+\)/)
  expect(told).toMatch(/message \d+ of the operator: delivered .*\(because of tg:\d+\)/)
  expect(told).toMatch(/topic:\d+:1 \(topic_open\): delivered/)

  const updates = lines.filter((line) => line.includes('"trace.handled"')).length
  expect(updates).toBeGreaterThan(4)
  const log = []
  for await (const line of linesAbout(trace, Readable.from(['no json\n', ...lines.map((line) => `${line}\n`)])))
    log.push(line)
  const [answer] = trace.said.filter(({ author }) => author === 'operator')
  expect(log.join('\n')).toMatch(new RegExp(`trace.handled update=${answer?.letter?.cause} .*outcome=done`))
  expect(log.join('\n')).toMatch(
    new RegExp(`trace.sent row=${answer?.letter?.id} cause=${answer?.letter?.cause} .*outcome=sent`),
  )
  expect(log.filter((line) => line.includes('timer:'))).toEqual([])
  expect([told, ...log, ...lines].join('\n')).not.toMatch(/Тайн/)
})

test('what is still on its way, or was set aside, is said first', async () => {
  const { citizen, number } = await takenAppeal(house.sandbox)
  await settled()
  const trace = await followed(number)
  await house.db.run(
    `update outbox set state = 'ambiguous', not_before = now() + interval '1 hour', fault = 'ambiguous' where key = $1`,
    [trace.said[0]?.letter?.key ?? ''],
  )
  await house.db.run(`insert into inbox (key, lane, state, attempts) values ('tg:aside', $1, 'quarantined', 4)`, [
    `private:${citizen.id}`,
  ])
  const told = tell(await followed(number)).join('\n')
  expect(told).toMatch(/1 not delivered: message \d+; 1 set aside, waiting for \/retry\./)
  expect(told).toMatch(/waits: ambiguous \(ambiguous, because of/)
  expect(told).toMatch(/tg:aside: quarantined, attempt 4/)
})

test('a number that nobody has leads nowhere', async () => {
  expect(await follow(house.db, '000000000')).toBeNull()
})
