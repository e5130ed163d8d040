import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, delivered, MARINA, OLGA, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, newCitizen, untilSo } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ replicas: 2 })
})
afterAll(() => house.stop())

const ALL = ['can_delete_messages', 'can_pin_messages', 'can_manage_topics', 'can_manage_chat']
const bare = (number: string) => number.replaceAll('-', '')
const ownerOf = async (number: string) =>
  (
    await house.db.run<{ name: string | null }>(
      'select o.name from appeals a left join operators o on o.id = a.owner_id where a.number = $1',
      [bare(number)],
    )
  )[0]?.name ?? null

test('demand-02-deaf-bot: a group in which the bot would be deaf is refused, with the remedy for each lack', async () => {
  const { sandbox } = house
  const chat = sandbox.newGroup({ id: -1_002_000_000_021, title: 'Глухая', is_forum: false }).id
  const olga = inGeneral(sandbox, OLGA, chat)
  sandbox.group({ chat, bot: 'administrator', rights: [] })
  olga.says('/desk')
  const said = (await olga.hears('Группа пока не готова')).text ?? ''
  for (const remedy of ['включите темы', 'управлять темами', 'удалять сообщения', 'закреплять сообщения'])
    expect(said).toContain(remedy)
  expect(await house.db.run('select 1 from desks where chat_id = $1', [chat])).toHaveLength(0)
  sandbox.group({ chat, bot: 'member' })
  olga.says('/desk')
  await olga.hears('сделайте бота администратором группы')
  sandbox.group({ chat, bot: 'administrator', rights: ALL, is_forum: true })
  olga.says('/desk')
  await olga.hears('Эта группа теперь принимает обращения')
  await olga.hears('Принимает обращения, всё нужное есть')
  olga.says('/desk off')
  await olga.hears('Группа больше не принимает обращения')
})

test('demand-18-offline-operator: a returning citizen is not sent to an operator who is not there', async () => {
  const { sandbox } = house
  const general = inGeneral(sandbox, PETR)
  const meet = async () => {
    const opened = await takenAppeal(sandbox)
    opened.desk.says('/close Готово')
    await opened.citizen.hears('Готово')
    return opened.citizen
  }
  const again = async (citizen: Awaited<ReturnType<typeof meet>>) => {
    citizen.says('/operator')
    await citizen.hears('Опишите')
    return await ask(citizen, 'Опять')
  }
  const [first, second, third] = [await meet(), await meet(), await meet()]
  general.says('/online')
  await general.hears('Вы на смене')
  const here = await again(first)
  await first.hears('Отвечает Пётр, вы уже говорили')
  expect(await ownerOf(here)).toBe('Пётр')

  general.says('/offline')
  await general.hears('Смена закончена')
  const gone = await again(second)
  await (await inTopic(sandbox, MARINA, gone)).hears('Был у: Пётр')
  expect(await ownerOf(gone)).toBeNull()

  // He forgot /offline a day ago: that is not being there either.
  await house.db.run(
    `update operators set presence = 'online', presence_at = now() - interval '20 hours' where external_id = $1`,
    [PETR],
  )
  const forgot = await again(third)
  await (await inTopic(sandbox, MARINA, forgot)).hears('Был у: Пётр')
  expect(await ownerOf(forgot)).toBeNull()
  await house.db.run('update operators set presence = null')
})

test('demand-19-sits-on-it: who takes and does not answer is reminded, then loses it, and the seniors learn it once', async () => {
  const { sandbox } = house
  const { citizen, number, desk } = await takenAppeal(sandbox, { by: MARINA })
  const ring = async () => {
    await house.db.run('update appeals set answer_due = now() where number = $1 and answer_due is not null', [
      bare(number),
    ])
    await house.db.run(
      `update inbox set due_at = now() where state = 'later' and key like 'timer:answer:' || (select id from appeals where number = $1) || ':%'`,
      [bare(number)],
    )
  }
  await ring()
  await desk.hears('Марина, гражданин ждёт ответа')
  await untilSo('the appeal to be free', async () => {
    await ring()
    return (await ownerOf(number)) === null
  })
  await citizen.hears('вернулось в очередь')
  const general = inGeneral(sandbox, OLGA)
  await general.hears(`Ответа в срок не было (Марина). Обращение ${number}`)
  desk.says('Ой, отвечаю')
  await desk.hears('Не отправлено: обращение ещё никто не взял')
  expect(general.fromBot().filter(({ text }) => text?.includes('(Марина). Обращение'))).toHaveLength(1)
  const events = await house.db.run<{ kind: string }>(
    `select kind from events where appeal_id = (select id from appeals where number = $1) and kind in ('taken', 'overdue') order by id`,
    [bare(number)],
  )
  expect(events.map(({ kind }) => kind)).toEqual(['taken', 'overdue'])
})

test('demand-20-two-at-once: of many takes one wins; words of anybody else are held with a choice', async () => {
  const { sandbox } = house
  const { citizen, number } = await openAppeal(sandbox)
  const phones = await Promise.all([OLGA, PETR, MARINA].map((id) => inTopic(sandbox, id, number)))
  for (const phone of phones) phone.says('/take')
  for (const phone of phones) phone.says('/take')
  const [olga] = phones
  const owned = await olga?.hears(/отвечает (Ольга|Пётр|Марина)/)
  const winner = /отвечает (Ольга|Пётр|Марина)/.exec(owned?.text ?? '')?.[1] ?? ''
  await citizen.hears(`Отвечает ${winner}`)
  expect(citizen.fromBot().filter(({ text }) => text?.includes('Отвечает'))).toHaveLength(1)
  const other = phones[winner === 'Ольга' ? 1 : 0]
  other?.says('И я отвечу')
  const held = await other?.hears(`Не отправлено: обращение ведёт ${winner}`)
  expect(held?.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Оставить заметкой', 'Взять и отправить']),
  )
  const owner = phones[['Ольга', 'Пётр', 'Марина'].indexOf(winner)]
  if (owner) await delivered(sandbox, owner.says('Отвечает один'))
  expect(citizen.fromBot().some(({ text }) => text?.includes('И я отвечу'))).toBe(false)
})

test('demand-23-right-team: a handoff goes to the line of the entry or flow, into its group, with what was collected', async () => {
  const { sandbox } = house
  const chat = sandbox.newGroup({ id: -1_002_000_000_022, title: 'Вход', is_forum: true }).id
  sandbox.group({ chat, bot: 'administrator', rights: ALL })
  const olga = inGeneral(sandbox, OLGA, chat)
  olga.says('/desk')
  await olga.hears('Эта группа теперь принимает обращения')
  olga.says('/desk lines вход')
  await olga.hears('Линии: Вход')
  const vera = newCitizen(sandbox, 'ru', 'Вера')
  vera.says('/start')
  await vera.presses('Вопросы')
  await vera.presses(/Вход/)
  await vera.presses(/код/i)
  await vera.presses('Оператор')
  await vera.presses(/^Согласен/)
  await vera.hears('Опишите')
  const number = await ask(vera, 'Код не приходит третий день')
  const there = await inTopic(sandbox, PETR, number, chat)
  const card = (await there.hears(number)).text ?? ''
  expect(card).toContain('Вход')
  expect(card).toMatch(/открыл: .*код/i)
  await there.hears('Код не приходит третий день')

  const anna = newCitizen(sandbox, 'ru', 'Анна')
  anna.says('/contest')
  await anna.presses(/^Согласен/)
  await anna.hears('Какое решение')
  anna.says('Отказ № 77')
  await anna.hears('не согласны и почему')
  anna.says('Документы в порядке')
  await anna.hears('Чего вы хотите')
  await anna.presses('Пропустить')
  await anna.hears('Пришлите снимки')
  await anna.presses('Пропустить')
  await anna.hears('Проверьте')
  await anna.presses('Отправить')
  const contested = /\d{3}-\d{3}-\d{3}/.exec((await anna.hears('Ваш номер обращения')).text ?? '')?.[0] ?? ''
  const decisions = await inTopic(sandbox, PETR, contested)
  expect((await decisions.hears(contested)).text).toMatch(/Решения[\s\S]*Отказ № 77/)
})

test('demand-03-new-chat-id: a group that becomes another one keeps its appeals and its work', async () => {
  const own = await openHouse()
  const { sandbox } = own
  const { citizen, desk, number } = await takenAppeal(sandbox)
  await delivered(sandbox, desk.says('До переезда'))
  const moved = -1_002_000_000_023
  sandbox.group({ chat: GROUP, migrated_to: moved })
  sandbox.group({ chat: moved, bot: 'administrator', rights: ALL })
  citizen.says('После переезда')
  const there = await inTopic(sandbox, PETR, number, moved)
  await there.hears('После переезда')
  await untilSo('the desk to know the new id', async () => {
    const rows = await own.db.run<{ chat: number }>('select chat_id as chat from desks order by id limit 1')
    return rows[0]?.chat === moved
  })
  await delivered(sandbox, there.says('Мы здесь'))
  await citizen.hears('Мы здесь')
  await own.stop()
})
