import { afterAll, beforeAll, expect, test } from 'vitest'
import { MARINA, OLGA, PETR, takenAppeal } from '../appeal.ts'
import { labels } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const online = async (id: number) => {
  const general = inGeneral(house.sandbox, id)
  general.says('/online')
  await general.hears('Вы на смене')
}
const rolesOf = async (id: number) =>
  (
    await house.db.run<{ role: string }>(
      `select role from roles r join operators o on o.id = r.operator_id where o.external_id = $1 order by role`,
      [id],
    )
  ).map(({ role }) => role)

test('/people shows who is at work with what; an operator sees it and changes nothing', async () => {
  await online(PETR)
  await takenAppeal(house.sandbox)
  const marina = inGeneral(house.sandbox, MARINA)
  marina.says('/people')
  const list = await marina.hears('на смене 1 человек')
  expect(list.text).toMatch(/Пётр · на смене с .* · в работе 1 из 80\n {3}все линии · оператор/)
  expect(list.text).toContain('смену не отмечает')
  expect(labels(list)).toEqual([])
})

test('an admin changes roles, lines, limit and presence with buttons; the last admin stays', async () => {
  const olga = inGeneral(house.sandbox, OLGA)
  olga.says('/people')
  await olga.hears('Люди')
  await olga.presses('Марина')
  const card = await olga.hears('Нажмите, чтобы изменить')
  expect(labels(card)).toEqual(
    expect.arrayContaining(['☑ оператор', '☐ старший', '☑ Вход', '+1', 'предел как у всех', 'перерыв']),
  )
  await olga.presses('☐ старший')
  await olga.presses('☑ старший')
  await olga.presses('☐ старший')
  await olga.hears(/оператор, старший/)
  expect(await rolesOf(MARINA)).toEqual(['operator', 'senior'])
  await olga.presses('☑ Вход')
  await olga.hears('Услуги, Решения, Мошенники, Жалобы')
  await olga.presses('−1')
  await olga.hears('из 79')
  await olga.presses('предел как у всех')
  await olga.hears('из 80')
  await olga.presses('перерыв')
  await olga.hears('на перерыве с')
  const said = await house.db.run(
    `select 1 from audit where action = 'lines' and data ->> 'presence' = 'break' and operator_id is not null`,
  )
  expect(said).toHaveLength(1)

  await olga.presses('Все люди')
  await olga.presses('Ольга')
  expect((await olga.presses('☑ администратор')) as object).toMatchObject({
    text: expect.stringContaining('последний администратор'),
  })
  expect(await rolesOf(OLGA)).toEqual(['admin', 'operator'])
  const entries = await house.db.run<{ action: string }>(`select action from audit where action in ('role', 'lines')`)
  expect(entries.length).toBeGreaterThanOrEqual(6)
})

test('a senior changes lines and limits but no roles', async () => {
  const marina = inGeneral(house.sandbox, MARINA)
  const asked = marina.says('/people')
  const ours = (words: string) =>
    until(words, () =>
      marina.fromBot().find(({ message_id, text }) => message_id > asked.message_id && text?.includes(words)),
    )
  const list = await ours('Люди')
  const open = list.reply_markup?.inline_keyboard.flat().find(({ text }) => text === 'Пётр')?.callback_data ?? ''
  await house.sandbox.press({ from: MARINA, chat: list.chat.id, message_id: list.message_id, data: open })
  const card = await ours('Нажмите, чтобы изменить')
  expect(labels(card).join()).not.toContain('администратор')
  // The group sees an admin's screen too: its buttons ask who presses.
  const olga = inGeneral(house.sandbox, OLGA)
  olga.says('/people')
  await olga.hears('Люди')
  await olga.presses('Пётр')
  const theirs = await until('the screen of an admin', () => {
    const last = olga.fromBot().at(-1)
    return last?.text?.startsWith('Пётр') && last
  })
  const grant = theirs.reply_markup?.inline_keyboard.flat().find(({ text }) => text === '☐ администратор')
  const press = { chat: theirs.chat.id, message_id: theirs.message_id, data: grant?.callback_data ?? '' }
  const answer = await house.sandbox.press({ from: MARINA, ...press })
  expect(answer.text).toBe('Это может только администратор.')
  expect(await rolesOf(PETR)).toEqual(['operator'])
  const more = card.reply_markup?.inline_keyboard.flat().find(({ text }) => text === '+5')?.callback_data ?? ''
  await house.sandbox.press({ from: MARINA, chat: card.chat.id, message_id: card.message_id, data: more })
  await ours('из 85')
})

/** One list of /people: presses its buttons one after the other, whatever other screens there are. */
const peopleOf = (phone: Phone) => {
  const asked = phone.says('/people')
  const shown = () =>
    phone
      .fromBot()
      .find(({ message_id, text }) => message_id > asked.message_id && / · в работе |Кому отдать/.test(text ?? ''))
  const buttonOf = (words: string) =>
    shown()
      ?.reply_markup?.inline_keyboard.flat()
      .find(({ text }) => text.startsWith(words))
  return async (words: string) => {
    const data = await until(`«${words}»`, () => buttonOf(words)?.callback_data)
    const [chat, message_id] = [phone.chat, shown()?.message_id ?? 0]
    return await house.sandbox.press({ from: phone.id, chat, message_id, data })
  }
}

test('all that one person has goes to a colleague or back to the queue', async () => {
  const { sandbox } = house
  await house.db.run('delete from operator_lines')
  await online(MARINA)
  const one = await takenAppeal(sandbox)
  const olga = inGeneral(sandbox, OLGA)
  const press = peopleOf(olga)
  for (const words of ['Пётр', 'Отдать всё коллеге', 'Марина · ']) await press(words)
  await olga.hears('Марина теперь ведёт ещё 2')
  await one.citizen.hears('Отвечает Марина')
  const topic = await inTopic(sandbox, MARINA, one.number)
  await topic.hears('Марина, обращение теперь ведёте вы')
  for (const words of ['Все люди', 'Марина', 'Вернуть всё в очередь']) await press(words)
  await olga.hears('Вернули в очередь: 2')
  await one.citizen.hears('вернулось в очередь')
  const mine = await house.db.run('select 1 from appeals where owner_id is not null and closed_at is null')
  expect(mine).toHaveLength(0)
})
