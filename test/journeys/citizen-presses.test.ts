import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Button, write } from '../../src/telegram/buttons.ts'
import { PETR, takenAppeal } from '../appeal.ts'
import { dataOf, heard, labels, pressOn, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { newCitizen, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const screenOf = async (person: Phone) => {
  person.says('/menu')
  return await person.hears(/главном меню|main menu/)
}
const draftOf = async (person: Phone): Promise<number> => {
  const [row] = await house.db.run<{ id: number }>(
    'select d.id::int from drafts d join citizens c on c.id = d.citizen_id where c.external_id = $1',
    [person.id],
  )
  return row?.id ?? 0
}
const everything = async () =>
  await house.db.run(`select (select count(*) from appeals) a, (select count(*) from drafts) d, (select count(*) from
    draft_answers) w, (select count(*) from consents) c, (select count(*) from ratings) r, (select count(*) from messages) m,
    (select sum(version) from appeals) v, (select count(*) from faq_votes) f`)

describe('a press of something that was never a button', () => {
  test('does nothing but say a sentence', async () => {
    const vera = newCitizen(house.sandbox)
    const screen = await screenOf(vera)
    const before = await everything()
    const verbs = 'vote form draft appeal write reopen after rate work line held approve unask lang entry section go'
    const part = fc.oneof(
      fc.constantFrom(
        ...verbs.split(' '),
        '',
        '0',
        '1',
        '99',
        '999999999999999',
        '-1',
        'add',
        'send',
        'take',
        'xx',
        'a.b',
      ),
      fc.string({ maxLength: 6 }),
    )
    const data = fc
      .array(part, { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(':'))
      .filter((one) => one !== '' && Buffer.byteLength(one) <= 64 && !/^(lang:(ru|en)|operator|contest)$/.test(one))
    await fc.assert(
      fc.asyncProperty(data, async (forged) => {
        const answer = await pressOn(house.sandbox, screen, forged)
        expect(answer.answered, forged).toBe(true)
      }),
      { numRuns: 60, seed: 5 },
    )
    const { d: _, ...after } = (await everything())[0] as Record<string, unknown>
    expect(before[0]).toMatchObject(after)
    vera.says('/start')
    await vera.hears('Окошко')
    expect(heard(vera).join()).not.toContain('не обработано')
  })
})

describe.concurrent('a press on what is somebody else’s', () => {
  test.each([
    ['appeal', 'Среди ваших обращений такого номера нет'],
    ['write', 'Среди ваших обращений такого номера нет'],
    ['reopen', 'Среди ваших обращений такого номера нет'],
  ] as const)('%s says the sentence of an unknown number', async (verb, words) => {
    const { citizen, number, desk } = await takenAppeal(house.sandbox)
    const [row] = await house.db.run<{ id: number }>('select id::int from appeals where number = $1', [
      number.replaceAll('-', ''),
    ])
    const stranger = newCitizen(house.sandbox)
    const screen = await screenOf(stranger)
    await pressOn(house.sandbox, screen, write({ verb, appeal: row?.id ?? 0 }))
    await stranger.hears(words)
    stranger.says('не туда')
    await stranger.hears(/не хочу гадать|Похоже/)
    citizen.says('а это туда')
    await desk.hears(/^а это туда$/)
    expect(times(desk, 'не туда')).toBe(0)
  })

  test('drafts are not gone on with, filled or cancelled', async () => {
    const owner = newCitizen(house.sandbox)
    owner.says('/feedback')
    await owner.presses(/^Согласен/)
    await owner.hears('Напишите, что хотите сообщить')
    owner.says('мои слова')
    await owner.hears('Как ещё')
    const draft = await draftOf(owner)
    const stranger = newCitizen(house.sandbox)
    const screen = await screenOf(stranger)
    const forged: Button[] = [
      { verb: 'draft', deed: 'resume', draft },
      { verb: 'draft', deed: 'anew', draft },
      { verb: 'after', deed: 'add', draft },
      { verb: 'after', deed: 'new', draft },
    ]
    for (const button of forged) {
      await pressOn(house.sandbox, screen, write(button))
      await stranger.hears('уже закончен')
    }
    for (const deed of ['skip', 'cancel', 'send', 'back', 'agree'] as const) {
      const form = write({ verb: 'form', deed, draft, stage: 'contact' })
      const answer = await pressOn(house.sandbox, screen, form)
      expect(answer.text).toContain('больше не действует')
    }
    for (const data of ['work:take:1:1', 'line:fraud:1:1', 'held:send:1', 'approve:1001', 'unask:1', 'lang:xx']) {
      expect((await pressOn(house.sandbox, screen, data)).text).toContain('больше не действует')
    }
    await owner.presses('Пропустить')
    await owner.hears('Это связано')
  })
})

describe('a button carried over to the other side', () => {
  test('does nothing: neither the desk’s in a private chat nor a citizen’s in the group', async () => {
    const { citizen, number, desk } = await takenAppeal(house.sandbox)
    const [row] = await house.db.run<{ id: number; version: number }>(
      'select id::int, version::int from appeals where number = $1',
      [number.replaceAll('-', '')],
    )
    const { id: appeal = 0, version = 0 } = row ?? {}
    const own = await screenOf(citizen)
    const before = await everything()
    const desks: Button[] = [
      { verb: 'work', deed: 'complete', appeal, version },
      { verb: 'line', line: 'fraud', appeal, version },
      { verb: 'unask', appeal },
      { verb: 'approve', person: 1 },
      { verb: 'mailing', deed: 'send', mailing: 1 },
    ]
    for (const button of desks)
      expect((await pressOn(house.sandbox, own, write(button))).text).toContain('больше не действует')
    const card = desk.fromBot().find(({ reply_markup }) => reply_markup)
    if (!card) throw new Error('no card')
    const citizens: Button[] = [
      { verb: 'reopen', appeal },
      { verb: 'write', appeal },
      { verb: 'data', deed: 'forget_yes' },
      { verb: 'wait', deed: 'cancelled', appeal },
    ]
    for (const button of citizens) {
      const press = { from: PETR, chat: card.chat.id, message_id: card.message_id, data: write(button) }
      expect((await house.sandbox.press(press)).text, button.verb).toContain('больше не действует')
    }
    expect((await everything())[0]).toEqual(before[0])
  })
})

describe.concurrent('a button pressed too often or too late', () => {
  test('skips one question, not two', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/feedback')
    const consent = await vera.hears('Прежде чем')
    const agree = dataOf(consent, /^Согласен/)
    await Promise.all([pressOn(house.sandbox, consent, agree), pressOn(house.sandbox, consent, agree)])
    vera.says('слова')
    const contact = await vera.hears('Как ещё')
    const skip = dataOf(contact, 'Пропустить')
    const [, second] = await Promise.all([pressOn(house.sandbox, contact, skip), pressOn(house.sandbox, contact, skip)])
    expect(second.text).toContain('уже позади')
    await vera.hears('Это связано')
    expect(times(vera, 'Пришлите фото')).toBe(0)
    expect((await pressOn(house.sandbox, contact, dataOf(contact, 'Назад'))).text).toContain('уже позади')
    expect((await pressOn(house.sandbox, consent, dataOf(consent, /^Не согласен/))).text).toContain('уже позади')
    await vera.presses('Пропустить')
    await vera.hears('Пришлите фото')
    await vera.presses('Пропустить')
    const review = await vera.hears('Проверьте')
    const send = dataOf(review, 'Отправить')
    await Promise.all([pressOn(house.sandbox, review, send), pressOn(house.sandbox, review, send)])
    await vera.hears('Ваш номер обращения')
    expect((await pressOn(house.sandbox, review, send)).text).toContain('больше не действует')
    vera.says('/appeals')
    expect(labels(await vera.hears('Ваше обращение')).filter((label) => label.includes('·'))).toHaveLength(1)
    expect(times(vera, 'Ваш номер обращения')).toBe(1)
  })

  test('of an earlier form does not act in a later one', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('не приходит код из смс')
    await vera.hears(/^Не приходит код/)
    vera.says('/operator')
    await vera.presses(/^Согласен/)
    const first = await vera.hears('Или отправьте')
    await vera.presses('Отмена')
    await vera.hears('ничего не отправлено')
    vera.says('/operator')
    await vera.hears('Или отправьте')
    expect((await pressOn(house.sandbox, first, dataOf(first, 'Отправить'))).text).toContain('уже позади')
    vera.says('/appeals')
    await vera.hears('Обращений пока нет')
  })
})
