import type { Message, Update } from 'grammy/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clean, saidIn } from '../../src/telegram/content.ts'
import { asShown } from '../../src/telegram/hidden.ts'
import { partsOf } from '../../src/telegram/parts.ts'
import { redact } from '../../src/telegram/redact.ts'
import { escapeHtml, rich } from '../../src/telegram/rich.ts'
import { MOST_TEXT, wordsOf } from '../../src/telegram/wire.ts'
import { takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { until } from '../people.ts'
import { dice, fuzzed } from './fuzz.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_126)
const TEXTS = process.env.FULL === '1' ? 1_000_000 : 10_000

const updateOf = ({ text, entities, name }: ReturnType<typeof fuzzed>): Update =>
  ({
    update_id: 1,
    message: {
      message_id: 2,
      date: 1,
      chat: { id: 7, type: 'private', first_name: name },
      from: { id: 7, is_bot: false, first_name: name },
      text,
      entities,
    },
  }) as unknown as Update

test(`${TEXTS} texts go through redaction, storage and the wire as they were (seed ${SEED})`, {
  timeout: 3_600_000,
}, () => {
  const random = dice(SEED)
  for (let n = 0; n < TEXTS; n += 1) {
    const given = fuzzed(random)
    const update = redact(updateOf(given))
    const { content } = saidIn(JSON.parse(JSON.stringify(update.message)) as Message)
    const parts = partsOf(asShown({ author: 'citizen' }, wordsOf(content)), MOST_TEXT)
    const whole = parts.map(({ text }) => text).join('')
    const trouble = problemOf({ given: clean(given.text), whole, parts })
    if (trouble) throw new Error(`text ${n} of seed ${SEED}: ${trouble}: ${JSON.stringify(given)}`)
    const named = rich(`<b>${escapeHtml(clean(given.name))}</b>`)
    if (named.text !== clean(given.name).trimEnd() || named.entities.length > 1)
      throw new Error(`name ${n} of seed ${SEED} became markup: ${JSON.stringify(given.name)}`)
  }
})

type Passed = { given: string; whole: string; parts: ReturnType<typeof partsOf> }

const problemOf = ({ given, whole, parts }: Passed): string | null => {
  if (whole !== given) return 'the text changed'
  if (!whole.isWellFormed() || whole.includes('\0')) return 'what no messenger takes was left'
  for (const { text, entities } of parts) {
    if (text.length > MOST_TEXT || !text.isWellFormed()) return 'a part does not fit'
    if (entities.some(({ offset, length }) => offset < 0 || length < 1 || offset + length > text.length))
      return 'an entity is out of its text'
  }
  return null
}

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test('hundreds of them arrive on the other side in their order, and nothing is markup', {
  timeout: 300_000,
}, async () => {
  const random = dice(SEED + 1)
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const sent = { citizen: [] as string[], operator: [] as string[] }
  for (let n = 0; n < 200; n += 1) {
    const words = clean(fuzzed(random, 8).text)
    // Links and names of strangers are held, which is another test's matter.
    if (/evil|tg:|@all|user\?|start\.hello|fact\.hotline/.test(words)) continue
    const from = n % 3 === 0 ? 'operator' : 'citizen'
    const said = (from === 'citizen' ? citizen : desk).says(`${n}: ${words}|`)
    sent[from].push(said.text ?? '')
  }
  const arrived = (phone: typeof desk) =>
    phone.fromBot().flatMap(({ text }) => (/^\d+: [\s\S]*\|$/.test(text ?? '') ? [text] : []))
  await until('everything to arrive', () => arrived(desk).length >= sent.citizen.length)
  await until('every answer to arrive', () => arrived(citizen).length >= sent.operator.length)
  expect(arrived(desk)).toEqual(sent.citizen)
  expect(arrived(citizen)).toEqual(sent.operator)
  expect(sent.citizen.length + sent.operator.length).toBeGreaterThan(100)
  expect(JSON.stringify(house.sandbox.journal())).not.toContain('parse_mode')
})
