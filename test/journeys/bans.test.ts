import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBan } from '../../src/desk/ban-terms.ts'
import { MARINA, OLGA, openAppeal, takenAppeal, untilClosed } from '../appeal.ts'
import { dataOf, labels, photo, pressOn, sends, times } from '../citizen.ts'
import { eventually, ring } from '../hours.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const bare = (number: string): string => number.replaceAll('-', '')
const kept = async (what: 'messages' | 'trail' | 'drafts', { id }: Phone): Promise<number> => {
  const of = what === 'messages' ? 'appeal_id in (select id from appeals where citizen_id = c.id)' : 'citizen_id = c.id'
  const [row] = await house.db.run<{ n: number }>(
    `select (select count(*)::int from ${what} where ${of}) as n from citizens c where c.external_id = $1`,
    [id],
  )
  return row?.n ?? 0
}
const banned = async (how: string) => {
  const taken = await takenAppeal(house.sandbox)
  const olga = await inTopic(house.sandbox, OLGA, taken.number)
  olga.says(`/ban ${how}`)
  await olga.hears(/доступ закрыт/)
  return { ...taken, olga }
}

test('a ban has reason, term, author; reads on, reaches nobody, and runs out by itself', async () => {
  const { citizen, number, olga } = await banned('3d Оскорбления операторов')
  const told = await citizen.hears('не передаются операторам до')
  expect(told.text).toMatch(/операторам до \d+ [а-я]+ в \d/)
  expect(told.text).toMatch(/Причина: Оскорбления операторов[\s\S]*Не согласны/)
  expect((await olga.hears('Ольга: доступ закрыт до')).text).toContain('Оскорбления операторов')
  await olga.hears(/Доступ к операторам закрыт до/)
  const before = [await kept('messages', citizen), await kept('trail', citizen), await kept('drafts', citizen)]
  const heard = olga.fromBot().length
  citizen.says('вы ответите за это')
  sends(house.sandbox, citizen, photo)
  citizen.says('/operator')
  citizen.says('/feedback')
  citizen.says('Оператор')
  citizen.says('/callback')
  await eventually('each to be told', async () => times(citizen, 'не передаются операторам до') >= 7)
  // What there is to read is still there.
  citizen.says('/questions')
  await citizen.presses('Вход и доступ')
  await citizen.presses(/Не приходит код/)
  await citizen.hears(/^Не приходит код/)
  citizen.says('не приходит код из смс')
  citizen.says('/aid')
  await citizen.hears(/Что случилось|Что произошло/)
  citizen.says('/fraud')
  await citizen.hears('Признаки мошенников')
  citizen.says(number)
  const screen = await citizen.hears(`Обращение ${number}\n`)
  await pressOn(house.sandbox, screen, dataOf(screen, 'Написать оператору'))
  citizen.says('и ещё слово')
  await eventually('the last word to be told', async () => times(citizen, 'не передаются операторам до') >= 9)
  expect([await kept('messages', citizen), await kept('trail', citizen), await kept('drafts', citizen)]).toEqual(before)
  // Help against fraud only reads: what is sent to be checked reaches nobody and is kept nowhere.
  citizen.says('/about')
  await citizen.hears(/Чего мы никогда|никогда не/)
  citizen.says('/check')
  await citizen.hears('Пришлите')
  citizen.says('Служба безопасности банка: назовите код из смс')
  await citizen.hears('Похоже на мошенни')
  citizen.says('/check gosusIugi-vhod.ru')
  await citizen.hears('gosusIugi-vhod.ru')
  // Nor has what is pasted to be asked about first.
  citizen.says('https://lk-gosuslugi-vhod.example.site/login')
  await citizen.hears('lk-gosuslugi-vhod.example.site')
  citizen.says('и это слово никуда')
  await eventually('that to be told', async () => times(citizen, 'не передаются операторам до') >= 10)
  expect([await kept('messages', citizen), await kept('trail', citizen)]).toEqual(before.slice(0, 2))
  expect(olga.fromBot().length).toBe(heard)
  await house.db.run(`update bans set until = now() where appeal_id = (select id from appeals where number = $1)`, [
    bare(number),
  ])
  await ring(house.db, 'ban')
  await citizen.hears('Ограничение снято')
  citizen.says('я больше не буду')
  await olga.hears(/^я больше не буду$/)
})

test('only seniors ban, in a topic, with a term and a reason; whoever is banned is not asked to rate', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  desk.says('/ban 3d просто так')
  await desk.hears(/старш/)
  const olga = await inTopic(house.sandbox, OLGA, number)
  olga.says('/ban')
  await olga.hears('Напишите так: /ban 3d причина')
  olga.says('/ban forever Спам')
  await olga.hears('доступ закрыт бессрочно')
  await citizen.hears('больше не передаются')
  desk.says('/close Закрыто')
  await citizen.hears('«Завершено»')
  await untilClosed(house.sandbox, number)
  expect(times(citizen, 'Как прошёл разговор')).toBe(0)
  olga.says('/unban')
  await citizen.hears('Ограничение снято')
  const general = inGeneral(house.sandbox, OLGA)
  general.says(`/unban ${number}`)
  await general.hears('Ограничений нет')
  const [entry] = await house.db.run<{ bans: number; lifts: number }>(
    `select count(*) filter (where action = 'ban')::int as bans, count(*) filter (where action = 'unban')::int as lifts
     from audit where appeal_id = (select id from appeals where number = $1)`,
    [bare(number)],
  )
  expect(entry).toEqual({ bans: 1, lifts: 1 })
})

test('a ban in silence is not told: words are swallowed, and the desk sees that it is so', async () => {
  const { citizen, number, olga } = await banned('12h тихо Ломает форму')
  await olga.hears('Гражданину об этом не сказано')
  const heard = olga.fromBot().length
  citizen.says('ау')
  citizen.says('/operator')
  await citizen.hears('передать это оператору не получится')
  citizen.says('/menu')
  await citizen.hears('главном меню')
  expect(times(citizen, /ограничен|не передаются|Причина/i)).toBe(0)
  citizen.says(number)
  await citizen.hears(`Обращение ${number}\n`)
  expect(olga.fromBot().length).toBe(heard)
  olga.says('/unban')
  await olga.hears('Ограничение снято')
  expect(times(citizen, 'Ограничение снято')).toBe(0)
})

test('/bans lists who is kept out, a few at a time, and lifts', async () => {
  const general = inGeneral(house.sandbox, OLGA)
  await house.db.run(`update bans set over_at = now() where over_at is null`)
  general.says('/bans')
  await general.hears('открыт всем')
  const numbers: string[] = []
  for (let n = 0; n < 6; n += 1) {
    const { number } = await openAppeal(house.sandbox)
    const olga = await inTopic(house.sandbox, OLGA, number)
    olga.says(`/ban ${n + 1}d Причина ${n}`)
    await olga.hears('доступ закрыт')
    numbers.push(number)
  }
  general.says('/bans')
  const first = await general.hears('Кому закрыт доступ')
  expect(first.text).toContain('Причина 5')
  expect(first.text).not.toContain('Причина 0')
  expect(labels(first)).toHaveLength(6)
  await general.presses('Дальше ›')
  await general.hears(/Причина 0/)
  await general.presses(`Снять 6: ${numbers[0]}`)
  await general.hears('Ограничение снято')
  const marina = inGeneral(house.sandbox, MARINA)
  marina.says('/bans')
  await marina.hears(/старш/)
})

describe('how a ban is written', () => {
  test.each([
    ['3d спам', { hours: 72, shadow: false, reason: 'спам' }],
    ['12ч тихо ломает форму', { hours: 12, shadow: true, reason: 'ломает форму' }],
    ['2w shadow x', { hours: 336, shadow: true, reason: 'x' }],
    ['навсегда угрозы', { hours: null, shadow: false, reason: 'угрозы' }],
    ['', null],
    ['3d', null],
    ['спам', null],
    ['0h спам', null],
    ['3d тихо', null],
  ])('%s', (words, wanted) => {
    expect(readBan(words)).toEqual(wanted)
  })
})
