import { afterAll, beforeAll, expect, test } from 'vitest'
import { scheduleOf } from '../../src/desk/schedule.ts'
import { loadTexts } from '../../src/texts.ts'
import { delivered, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { labels, times } from '../citizen.ts'
import { closedUntil, inDays, ring } from '../hours.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, type Phone, until } from '../people.ts'
import type { WordsFolder } from '../words-folder.ts'

/** A closed desk: what is true at night, on a holiday and at lunch. */
let house: House
let words: WordsFolder
const opens = inDays(2)
beforeAll(async () => {
  words = closedUntil(opens)
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house.stop()
  words.remove()
})

const day = new Intl.DateTimeFormat('ru-RU', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
/** «воскресенье, 29 ноября в 09:30 по московскому времени». */
const absolute = new RegExp(`Начнут: ${day.format(new Date(opens))}.*09:30 по московскому времени`)
const notices = (citizen: Phone): number => times(citizen, 'сообщение сохранено')
const before = async (column: string, { number, minutes }: { number: string; minutes: number }) =>
  await house.db.run(
    `update ${column} set ${column === 'events' ? 'at = at' : 'created_at = created_at'} - make_interval(mins => $2)
     where appeal_id = (select id from appeals where number = $1)`,
    [number.replaceAll('-', ''), minutes],
  )

test('demand-15-number-at-once: after hours the number comes at once, with the next opening as an absolute time', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  const letter = await citizen.hears(number)
  expect(letter.text).toMatch(absolute)
  expect(letter.text).toContain('Место в очереди: ')
  const ann = await openAppeal(house.sandbox, 'No code comes', 'en')
  expect((await ann.citizen.hears(ann.number)).text).toMatch(/They start: .*09:30, Moscow time/)
})

test('demand-14-not-on-top: one notice a closed period, never beside an operator, never into a running talk', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  const desk = await inTopic(house.sandbox, PETR, number)
  citizen.says('и ещё')
  await desk.hears(/^и ещё$/)
  // The message with the number has said it for this closed period.
  expect(notices(citizen)).toBe(0)
  const other = await takenAppeal(house.sandbox)
  await house.db.run(`delete from events where kind = 'closed_hours'`)
  await delivered(house.sandbox, other.desk.says('Здравствуйте'))
  await before('events', { number: other.number, minutes: 60 })
  other.citizen.says('да, слушаю')
  await other.desk.hears(/^да, слушаю$/)
  await before('messages', { number: other.number, minutes: 10 })
  other.citizen.says('вы здесь?')
  await other.desk.hears(/^вы здесь\?$/)
  expect(notices(other.citizen)).toBe(0)
  await before('messages', { number: other.number, minutes: 60 })
  other.citizen.says('подожду до утра')
  expect((await other.citizen.hears('сообщение сохранено')).text).toMatch(absolute)
  other.citizen.says('спокойной ночи вам')
  await other.desk.hears(/^спокойной ночи вам$/)
  other.citizen.says(other.number)
  await other.citizen.hears(`Обращение ${other.number}\n`)
  expect(notices(other.citizen)).toBe(1)
  const asks = newCitizen(house.sandbox)
  asks.says('не приходит код из смс')
  await asks.hears(/^Не приходит код/)
  // Who asks the bot only is not told when people work.
  expect(times(asks, 'Сейчас операторы не работают')).toBe(0)
})

test('demand-12-lunch: a gap in the day closes the desk, for the text, for calls and for what is due', async () => {
  words.change('schedule.yaml', "hours: ['09:30-18:00']", "hours: ['09:30-13:00', '14:00-18:00']")
  const vera = newCitizen(house.sandbox)
  await until('the lunch to be known', () => {
    vera.says('работаете послезавтра?')
    return vera.fromBot().find(({ text }) => text?.includes('09:30–13:00, 14:00–18:00'))
  })
  vera.says('/callback')
  await vera.presses('Согласен')
  await vera.hears('На какой номер')
  vera.says('8 (999) 123-45-67')
  const slots = labels(await vera.hears('Когда вам удобно')).filter((label) => /–/.test(label))
  expect(slots.length).toBeGreaterThan(1)
  for (const slot of slots) expect(slot).not.toMatch(/13:\d\d–|–1[34]:[1-9]/)
  const hours = scheduleOf(loadTexts(words.dir).schedule, 'services')
  const at = (clock: string) => new Date(`${opens}T${clock}:00+03:00`)
  expect(hours.isOpen(at('13:30'))).toBe(false)
  expect(hours.nextOpening(at('13:30'))).toEqual(at('14:00'))
  expect(hours.workingMinutes(at('12:50'), at('14:10'))).toBe(20)
  expect(hours.addMinutes(at('12:50'), 20)).toEqual(at('14:10'))
})

test('demand-13-holidays: a holiday, a day moved to work and a day of other hours count everywhere', () => {
  const schedule = scheduleOf(loadTexts().schedule, 'services')
  const moscow = (clock: string) => new Date(`${clock}:00+03:00`)
  for (const day of ['2026-12-31', '2027-01-01', '2027-01-07'])
    expect(schedule.isOpen(moscow(`${day}T11:00`)), day).toBe(false)
  expect(schedule.isOpen(moscow('2026-12-30T11:00'))).toBe(true)
  expect(schedule.nextOpening(moscow('2026-12-30T18:00'))?.getTime()).toBeGreaterThan(
    moscow('2027-01-01T00:00').getTime(),
  )
  expect(schedule.workingMinutes(moscow('2026-12-31T00:00'), moscow('2027-01-02T00:00'))).toBe(0)
  // The same schedule speaks from the desk of this test: every day off but one, which has hours of its own.
  const ours = scheduleOf(loadTexts(words.dir).schedule, 'access')
  expect(ours.nextOpening(new Date())).toEqual(moscow(`${opens}T09:30`))
})

test('demand-22-a-person: a button on every screen, the first wish counts, and it is said what happens next', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/start')
  await vera.hears('Окошко')
  for (const screen of ['/questions', '/appeals', '/fraud', '/status', 'не приходит код']) {
    const { message_id } = vera.says(screen)
    const answer = await vera.hears(/./, message_id)
    expect(labels(answer).join(), screen).toMatch(/[Оо]ператор/)
  }
  vera.says('позовите человека')
  await vera.presses('Согласен')
  await vera.hears('Опишите')
  vera.says('Не могу войти')
  const letter = await vera.hears('Ваш номер обращения')
  expect(letter.text).toContain('Когда оператор возьмёт обращение, придёт отдельное')
  expect(labels(letter)).toEqual(
    expect.arrayContaining(['Подожду здесь', 'Перезвоните мне', 'Оставлю вам', 'Отменить']),
  )
  await ring(house.db, 'queue')
})
