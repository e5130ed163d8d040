import { afterAll, beforeAll, expect, test } from 'vitest'
import { MARINA, OLGA, PETR, takenAppeal } from '../appeal.ts'
import { labels } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, until } from '../people.ts'

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
    expect.arrayContaining(['✅ оператор', '▫️ старший', '✅ Вход', '+1', 'как у всех', 'перерыв']),
  )
  await olga.presses('▫️ старший')
  await olga.presses('✅ старший')
  await olga.presses('▫️ старший')
  await olga.hears(/оператор, старший/)
  expect(await rolesOf(MARINA)).toEqual(['operator', 'senior'])
  await olga.presses('✅ Вход')
  await olga.hears('Услуги, Решения, Мошенники, Жалобы')
  await olga.presses('−1')
  await olga.hears('из 79')
  await olga.presses('как у всех')
  await olga.hears('из 80')
  await olga.presses('перерыв')
  await olga.hears('на перерыве с')

  await olga.presses('Все люди')
  await olga.presses('Ольга')
  expect((await olga.presses('✅ администратор')) as object).toMatchObject({
    text: expect.stringContaining('последний администратор'),
  })
  expect(await rolesOf(OLGA)).toEqual(['admin', 'operator'])
  const entries = await house.db.run<{ action: string }>(`select action from audit where action in ('role', 'lines')`)
  expect(entries.length).toBeGreaterThanOrEqual(6)
})

test('a senior changes lines and limits but no roles', async () => {
  const marina = inGeneral(house.sandbox, MARINA)
  marina.says('/people')
  await marina.hears('Люди')
  await marina.presses('Пётр')
  const card = await until('the screen of Пётр', () => {
    const last = marina.fromBot().at(-1)
    return last?.text?.includes('Нажмите, чтобы изменить') && last
  })
  expect(labels(card).join()).not.toContain('администратор')
  const data = card.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? ''
  const grant = data.replace(/^person:\w+:(\d+):\w*$/, 'person:grant:$1:admin')
  const answer = await house.sandbox.press({
    from: MARINA,
    chat: card.chat.id,
    message_id: card.message_id,
    data: grant,
  })
  expect(answer.text).toBe('Это может только администратор.')
  expect(await rolesOf(PETR)).toEqual(['operator'])
  await marina.presses('+5')
  await marina.hears('из 85')
})

test('all that one person has goes to a colleague or back to the queue', async () => {
  const { sandbox } = house
  await house.db.run('delete from operator_lines')
  await online(MARINA)
  const one = await takenAppeal(sandbox)
  const olga = inGeneral(sandbox, OLGA)
  olga.says('/people')
  await olga.hears('Люди')
  await olga.presses('Пётр')
  await olga.hears('Нажмите, чтобы изменить')
  await olga.presses('Отдать всё коллеге')
  await olga.hears('Кому отдать всё, что ведёт Пётр')
  await olga.presses(/^Марина · /)
  await olga.hears('Марина теперь ведёт ещё 2')
  await one.citizen.hears('Отвечает Марина')
  const topic = await inTopic(sandbox, MARINA, one.number)
  await topic.hears('Марина, обращение теперь ведёте вы')
  await olga.presses('Все люди')
  await olga.presses('Марина')
  await olga.hears('Нажмите, чтобы изменить')
  await olga.presses('Вернуть всё в очередь')
  await olga.hears('Вернули в очередь: 2')
  await one.citizen.hears('вернулось в очередь')
  const mine = await house.db.run('select 1 from appeals where owner_id is not null and closed_at is null')
  expect(mine).toHaveLength(0)
})
