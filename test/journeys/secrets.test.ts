import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyring } from '../../src/db/keyring.ts'
import type { Log } from '../../src/log.ts'
import { DATA_KEY, type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone, until } from '../people.ts'

const CARD = '4242 4294 6608 0943'
const CODE = '730914'
const PASSWORD = 'Sirenevyi_77'
const CVV = '847'
const SECRETS = [CARD, CARD.replaceAll(' ', ''), CODE, PASSWORD]

const lines: string[] = []
const note = (event: string, fields?: object) => void lines.push(JSON.stringify({ event, ...fields }))
const log: Log = { info: note, warn: note, error: note }

let house: House
beforeAll(async () => {
  house = await openHouse({ log })
})
afterAll(() => house.stop())

test('what must not rest is taken out, deleted in the chat and warned of; the rest of the message arrives', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/start')
  await vera.hears('никогда не спрашиваем')
  const asked = vera.says(`Почему не подходит код ${CODE}? Я ничего не запрашивала`)
  await vera.hears('убрали код')
  await vera.hears('Само сообщение удалено')
  await until('the deletion', () => !vera.inbox().some(({ message_id }) => message_id === asked.message_id))

  const number = await openAppeal(vera, `Сказала мужчине номер карты ${CARD} и cvv ${CVV}, помогите вернуть деньги`)
  await vera.hears('убрали код')
  const olga = await inTopic(house.sandbox, 5002, number)
  await olga.hears('[номер карты удалён]')
  vera.says(`Ещё он узнал мой пароль ${PASSWORD}`)
  await olga.hears('[пароль удалён]')
  await vera.presses('первая помощь')

  house.sandbox.edit({
    from: vera.id,
    chat: vera.chat,
    message_id: vera.says('Он звонил утром').message_id,
    text: `Код был ${CODE}`,
  })
  await olga.hears('[код удалён]')
  await settled()
  expect(await foundIn(house, 'помогите вернуть деньги')).toContain('public.messages.body')
  for (const secret of SECRETS) {
    expect(await foundIn(house, secret), secret).toEqual([])
    expect(lines.filter((line) => line.includes(secret))).toEqual([])
    expect(olga.inbox().filter((one) => JSON.stringify(one).includes(secret))).toEqual([])
  }
  expect(olga.inbox().some(({ text }) => text?.includes(CVV))).toBe(false)
})

test('numbers of appeals stay as they were written, ways to answer are shown to the owner for a moment', async () => {
  const pavel = newCitizen(house.sandbox)
  pavel.says('/start')
  const number = await openAppeal(
    pavel,
    'Заявление 4821903377 висит, мой телефон +7 943 555-01-27, почта a.b@example.org',
  )
  const petr = await inTopic(house.sandbox, 5003, number)
  await petr.hears('4821903377')
  const shown = await petr.hears('+• ••• •••-01-27')
  expect(shown.text).not.toMatch(/943|a\.b@/)
  expect(await petr.presses('Показать')).toMatchObject({ text: expect.stringContaining('только тот, кто ведёт') })
  await petr.presses('Взять')
  await pavel.hears('В работе')
  expect(await petr.presses('Показать')).toMatchObject({ text: 'телефон: +7 943 555-01-27\nпочта: a.b@example.org' })
  const olga = await inTopic(house.sandbox, 5001, number)
  expect(await olga.presses('Показать')).toMatchObject({ text: expect.stringContaining('только тот, кто ведёт') })
  const [looked] = await house.db.run<{ n: number }>(`select count(*)::int as n from audit where action = 'reveal'`)
  expect(looked?.n).toBe(1)
  pavel.says(number)
  await pavel.hears('Разговор с оператором')
  expect(pavel.fromBot().some(({ text }) => text?.includes('убрали код'))).toBe(false)
})

test('masks hold in edits, captions, quotes, contacts and on the card; files of documents can be hidden', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('Мой СНИЛС 808-029-895 19, что с заявлением?')
  await until('an answer', () => vera.fromBot().length > 0)
  const number = await openAppeal(vera, 'Пришлите ответ на почту vera.p@example.org')
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.presses('Взять')
  await vera.hears('В работе')
  const card = await petr.hears('Путь до обращения')
  expect(card.text).toContain('•••-•••-••• 19')
  expect(card.text).not.toContain('808-029')
  const word = vera.says('Паспорт не прислала')
  await petr.hears('Паспорт не прислала')
  house.sandbox.edit({ from: vera.id, chat: vera.chat, message_id: word.message_id, text: 'Паспорт 4599 605095' })
  await petr.hears('Паспорт •••• •••095')
  const file = { name: 'p.jpg', type: 'image/jpeg', bytes: Buffer.from('p') }
  const here = { from: vera.id, chat: vera.chat }
  house.sandbox.write({ ...here, files: [file], as: 'document', text: 'Вот паспорт 4599 605095' })
  await until('the file', () => petr.fromBot().some(({ document }) => document))
  const sent = petr.fromBot().find(({ document }) => document)
  expect(sent?.caption).toBe('Вот паспорт •••• •••095')
  await vera.hears('закрытыми номерами')
  await petr.presses('Скрыть вложение')
  await petr.hears('Вложение скрыто: Пётр')
  await until('the file to go', () => !petr.inbox().some(({ document }) => document))
  house.sandbox.write({ ...here, contact: { phone_number: '+79435550127', first_name: 'Вера' } })
  await petr.hears('•')
  expect(JSON.stringify(petr.inbox())).not.toMatch(/79435550127|4599 605095|808-029|vera\.p@/)
  house.sandbox.writeAlbum({ ...here, files: [file, { ...file, name: 'q.jpg' }] })
  await petr.hears('скройте их')
  await petr.presses('Скрыть вложение')
  await until('the album to go', () => !petr.inbox().some(({ document }) => document))
  expect(await foundIn(house, 'vera.p@example.org')).toContain('public.messages.body')
})

test('a secret that an operator writes goes nowhere', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/start')
  const number = await openAppeal(vera, 'Не могу войти')
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.presses('Взять')
  await vera.hears('В работе')
  const words = petr.says(`/note Гражданин сказал: код ${CODE}`)
  await petr.hears('никуда не ушло')
  await until('the deletion', () => !petr.inbox().some(({ message_id }) => message_id === words.message_id))
  petr.says(`Ваш пароль ${PASSWORD}`)
  await until('the refusal', () => petr.fromBot().filter(({ text }) => text?.includes('никуда не ушло')).length === 2)
  petr.says('Пароль меняют на портале')
  await vera.hears('Пароль меняют')
  expect(await foundIn(house, PASSWORD)).toEqual([])
  expect(vera.fromBot().some(({ text }) => text?.includes('Ваш пароль'))).toBe(false)
})

const openAppeal = async (phone: Phone, text: string): Promise<string> => {
  await phone.presses('Оператор')
  await phone.presses('Согласен')
  await phone.hears('Опишите')
  phone.says(text)
  return numberIn(await phone.hears('Ваш номер обращения'))
}

/** Every column of every table as text, and every sealed value opened. */
const foundIn = async ({ db }: House, secret: string): Promise<string[]> => {
  const keys = createKeyring(db, DATA_KEY)
  const columns = await db.run<{ table: string; column: string; type: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as table, quote_ident(column_name) as column,
            data_type as type
       from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')`,
    [],
  )
  const found: string[] = []
  for (const { table, column, type } of columns) {
    const rows = await db.run<{ value: Buffer | string }>(
      `select ${column}${type === 'bytea' ? '' : '::text'} as value from ${table} where ${column} is not null`,
      [],
    )
    for (const { value } of rows) {
      const shown = typeof value === 'string' ? value : await opened(keys, value)
      if (shown.includes(secret)) found.push(`${table}.${column}`)
    }
  }
  return found
}

const opened = async (keys: ReturnType<typeof createKeyring>, value: Buffer): Promise<string> => {
  const plain = value.toString('latin1')
  try {
    return plain + JSON.stringify(await keys.open(value))
  } catch {
    return plain
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300))
