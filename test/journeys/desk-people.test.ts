import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, MARINA, OLGA, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const newcomer = (first_name: string) =>
  house.sandbox.newPerson({ role: 'operator', first_name, language_code: 'ru' }).id
const heard = (phone: Phone) => phone.fromBot().map(({ text }) => text ?? '')
/** The owner's answer comes last, so everything before it has been handled. */
const settled = async (citizen: Phone, desk: Phone) => {
  await delivered(house.sandbox, desk.says('Готовлю ответ'))
  await citizen.hears('Готовлю ответ')
}

/** Who comes and goes is news of the group, which no topic waits for. */
const untilHandled = async () => {
  const waiting = async () => house.db.run(`select 1 from inbox where state in ('new', 'working')`)
  await until('the news to be stored', () => house.sandbox.pending().length === 0)
  while ((await waiting()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('a stranger’s press and word do nothing until an admin accepts with one button', async () => {
  const { sandbox } = house
  const { citizen, number } = await openAppeal(sandbox)
  const gleb = newcomer('Глеб')
  const general = inGeneral(sandbox, OLGA)
  const offer = await general.hears('Глеб в группе, но не в списке операторов')
  const topic = await inTopic(sandbox, gleb, number)
  expect(await topic.presses('Взять')).toMatchObject({ text: expect.stringContaining('только операторы из списка') })
  topic.says('/take')
  await topic.hears('только операторы из списка')
  const before = topic.fromBot().length
  topic.says('Я вам помогу')
  topic.says('/close Закончим')
  await topic.hears('только операторы из списка')
  expect(topic.fromBot()).toHaveLength(before + 1)

  const data = offer.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? ''
  const press = { chat: GROUP, message_id: offer.message_id, data }
  expect(await sandbox.press({ ...press, from: gleb })).toMatchObject({ text: expect.stringContaining('только опер') })
  expect(await sandbox.press({ ...press, from: PETR })).toMatchObject({ text: 'Это может только администратор.' })
  await sandbox.press({ ...press, from: OLGA })
  const done = await general.hears('Глеб теперь оператор')
  expect(done.message_id).toBe(offer.message_id)
  expect(await sandbox.press({ ...press, from: OLGA })).toMatchObject({ text: expect.stringContaining('устарела') })
  await topic.presses('Взять')
  await citizen.hears('Отвечает Глеб')
  await settled(citizen, topic)
  expect(heard(citizen).join('\n')).not.toMatch(/помогу|Закончим/)
})

test('who is in the roster but not in the group can do nothing; who comes back can', async () => {
  const { sandbox } = house
  const { citizen, number, desk } = await takenAppeal(sandbox, { by: MARINA })
  sandbox.person({ id: MARINA, standing: 'left' })
  await desk.hears('Марина больше не в группе: обращение снова в очереди')
  await desk.hears(/ждёт с/)
  await citizen.hears('вернулось в очередь')
  await inGeneral(sandbox, OLGA).hears(`Марина больше не в группе. Обращение ${number} снова в очереди`)
  const card = await desk.hears(number)
  // An app may still send what it remembers of the group, although its owner is gone.
  const ghost = {
    id: '77',
    from: { id: MARINA, is_bot: false, first_name: 'Марина' },
    chat_instance: '1',
    message: { ...card, chat: { id: GROUP, type: 'supergroup', is_forum: true, title: '' } },
    data: card.reply_markup?.inline_keyboard[0]?.[0]?.callback_data,
  }
  sandbox.update('callback_query', ghost, `callback:${MARINA}`)
  const words = { ...card, text: 'Ещё одно', from: ghost.from, message_id: 99_001, chat: ghost.message.chat, date: 1 }
  sandbox.update('message', words, `chat:${GROUP}`)
  await desk.hears('Вы не состоите в этой группе')
  expect(card.text).toMatch(/ждёт с/)
  sandbox.person({ id: MARINA, standing: 'member' })
  await untilHandled()
  await desk.presses('Взять')
  await desk.hears('отвечает Марина')
  await settled(citizen, desk)
  expect(heard(citizen).join('\n')).not.toContain('Ещё одно')
})

test('anonymous admins, channels, other bots and forwarded or inline commands act for nobody', async () => {
  const { sandbox } = house
  const { citizen, desk } = await takenAppeal(sandbox)
  const writes = (text: string, extra: Record<string, unknown>) =>
    sandbox.write({ from: PETR, chat: GROUP, thread: desk.thread, text, extra })
  const group = { id: GROUP, type: 'supergroup', title: '' }
  const bot = (id: number) => ({ id, is_bot: true, first_name: 'Bot' })
  writes('Скажу инкогнито', { from: bot(1_087_968_824), sender_chat: group })
  await desk.hears('Вы пишете анонимно')
  writes('/close Инкогнито', { from: bot(1_087_968_824), sender_chat: group })
  await desk.hears('Вы пишете анонимно')
  writes('Новость канала', { from: bot(136_817_688), sender_chat: { id: -100_777, type: 'channel', title: 'Канал' } })
  writes('/release', { from: bot(4242) })
  const origin = { type: 'hidden_user', sender_user_name: 'Кто-то', date: 1 }
  writes('/close Переслано', { forward_origin: origin })
  await desk.hears('Пересланные команды не выполняются')
  writes('/reject Через бота', { via_bot: bot(4243) })
  await until('both refusals', () => heard(desk).filter((text) => text.startsWith('Пересланные')).length === 2)
  const before = desk.fromBot().length
  writes('/close@another_bot Чужое', {})
  writes('/weather@another_bot', {})
  await settled(citizen, desk)
  expect(desk.fromBot()).toHaveLength(before)
  expect(heard(citizen).join('\n')).not.toMatch(/инкогнито|Новость|Переслано|Через бота|Чужое|weather|Завершено/i)
  writes('Пересланное слово – тоже ответ', { forward_origin: origin })
  await citizen.hears('Пересланное слово')
})

test('words and commands where no appeal is', async () => {
  const { sandbox } = house
  const general = inGeneral(sandbox, PETR)
  const before = general.inbox().length
  general.says('Кто завтра работает?')
  general.says('/close Всё')
  await general.hears('Эта команда работает в теме обращения')
  general.says('/note Себе')
  await general.hears('Эта команда работает в теме обращения')
  general.says('/nosuch')
  await general.hears('Такой команды нет')
  expect(general.inbox().length).toBe(before + 7)
})

test('a button of another appeal, pressed in this topic, does nothing', async () => {
  const { sandbox } = house
  const one = await openAppeal(sandbox, 'Один')
  const two = await openAppeal(sandbox, 'Два')
  const [here, there] = [await inTopic(sandbox, PETR, one.number), await inTopic(sandbox, PETR, two.number)]
  const [mine, other] = [await here.hears(one.number), await there.hears(two.number)]
  const data = other.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? ''
  const answer = await sandbox.press({ from: PETR, chat: GROUP, message_id: mine.message_id, data })
  expect(answer.text).toContain('Кнопка устарела')
  for (const nonsense of [
    'work:take:999999:1',
    'work:steal:1:1',
    'held:send:999999',
    'approve:1',
    'x',
    'line:zzz:1:1',
  ]) {
    const { answered } = await sandbox.press({ from: PETR, chat: GROUP, message_id: mine.message_id, data: nonsense })
    expect(answered).toBe(true)
  }
  expect((await here.hears(one.number)).text).toMatch(/ждёт с/)
  expect((await there.hears(two.number)).text).toMatch(/ждёт с/)
})

test('what the group’s menu offers is what /help explains', async () => {
  const general = inGeneral(house.sandbox, OLGA)
  general.says('/help')
  const help = (await general.hears('В теме обращения')).text ?? ''
  const menu = house.sandbox.state().commands[`${OLGA}:${GROUP}`] ?? []
  expect(menu.length).toBeGreaterThan(10)
  for (const { command } of menu) expect(help).toContain(`/${command}`)
})
