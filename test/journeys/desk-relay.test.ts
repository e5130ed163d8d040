import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, delivered, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone, until } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const edits = (phone: Phone, message: { message_id: number }, text: string) =>
  house.sandbox.edit({ from: phone.id, chat: phone.chat, message_id: message.message_id, text })

test.concurrent('what the citizen changes stands at the desk with what it said before', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Мой город Казань')
  const copy = await desk.hears('Мой город Казань')
  edits(citizen, asked, 'Мой город Курск')
  const changed = await desk.hears(/Мой город Курск/)
  expect(changed.message_id).toBe(copy.message_id)
  expect(changed.text).toBe('Мой город Курск\nизменено, раньше было:\nМой город Казань')
  edits(citizen, asked, 'Мой город Пермь')
  expect((await desk.hears(/Пермь/)).text).toBe('Мой город Пермь\nизменено, раньше было:\nМой город Курск')
})

test.concurrent('an answer that is changed changes at the citizen’s, words of a file included', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const said = desk.says('Приходите в среду')
  await delivered(house.sandbox, said)
  edits(desk, said, 'Приходите в четверг')
  await untilEvent(house.sandbox, 'the change', () =>
    citizen.fromBot().some((one) => one.text === 'Приходите в четверг'),
  )
  expect(citizen.fromBot().some((one) => one.text === 'Приходите в среду')).toBe(false)

  const files = [{ name: 'plan.pdf', type: 'application/pdf', bytes: Buffer.from('plan') }]
  const sent = house.sandbox.write({ from: desk.id, chat: desk.chat, thread: desk.thread, text: 'План', files })
  await delivered(house.sandbox, sent)
  edits(desk, sent, 'План на среду')
  await untilEvent(house.sandbox, 'the words', () => citizen.fromBot().some((one) => one.caption === 'План на среду'))
})

test.concurrent('an edit whose copy is gone comes as a new line', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Мне 30 лет')
  const copy = await desk.hears('Мне 30 лет')
  const gone = { error_code: 400, description: "Bad Request: message can't be edited" }
  house.sandbox.fault({ method: 'editMessageText', match: { message_id: copy.message_id }, answer: gone })
  edits(citizen, asked, 'Мне 31 год')
  const line = await desk.hears('Мне 31 год')
  expect(line.message_id).not.toBe(copy.message_id)
  expect(line.text).toContain('раньше было')
})

test.concurrent('an edit that comes too late is not passed over in silence', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const said = desk.says('До десятого числа')
  await delivered(house.sandbox, said)
  desk.says('/release')
  await desk.hears('Вернули в очередь')
  edits(desk, said, 'До двадцатого числа')
  await desk.hears('Правка не ушла')
  expect(citizen.fromBot().some((one) => one.text === 'До десятого числа')).toBe(true)
})

test.concurrent('an edit while the message waits to be sent loses nothing', async () => {
  const { citizen, number } = await takenAppeal(house.sandbox)
  const petr = await inTopic(house.sandbox, PETR, number)
  const flood = { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } }
  house.sandbox.fault({ method: 'sendMessage', match: { chat_id: citizen.chat }, answer: flood })
  const said = petr.says('Сначала так')
  edits(petr, said, 'Потом иначе')
  await untilEvent(house.sandbox, 'the last words', () => citizen.fromBot().some((one) => one.text === 'Потом иначе'))
})

const said = (phone: Phone, words: string) => phone.fromBot().filter(({ text }) => text?.includes(words))

test.concurrent('a citizen blocks the bot: the topic is told once, each answer says it did not arrive, the return is told', async () => {
  const { sandbox } = house
  const { citizen, desk } = await takenAppeal(sandbox)
  sandbox.person({ id: citizen.id, blocked: true })
  await desk.hears('Гражданин заблокировал бота: ответы не доходят. Если он вернётся')
  await desk.hears(/отвечает Пётр[\s\S]*Гражданин заблокировал бота/)
  const lost = [desk.says('Вы где?'), desk.says('Ау')]
  await until('both failures', () => said(desk, 'Не доставлено').length === 2)
  expect(said(desk, 'Не доставлено').map(({ reply_to_message: to }) => to?.message_id)).toEqual(
    lost.map(({ message_id }) => message_id),
  )
  expect(said(desk, 'Если он вернётся')).toHaveLength(1)
  sandbox.person({ id: citizen.id, blocked: false })
  await desk.hears('Гражданин снова на связи')
  const card = () => said(desk, 'отвечает Пётр')[0]?.text ?? ''
  await until('the card without the warning', () => !card().includes('заблокировал'))
  await delivered(sandbox, desk.says('С возвращением'))
  await citizen.hears('С возвращением')
})

test.concurrent('found out by an answer: the answer says so, and the card', async () => {
  const { sandbox } = house
  const { citizen, desk } = await takenAppeal(sandbox)
  sandbox.person({ id: citizen.id, deactivated: true })
  const lost = desk.says('Проверьте, пожалуйста')
  const line = await desk.hears('Не доставлено: гражданин заблокировал бота или удалил аккаунт')
  expect(line.reply_to_message?.message_id).toBe(lost.message_id)
  await desk.hears(/отвечает Пётр[\s\S]*Гражданин заблокировал бота/)
})

test.concurrent('who blocks the bot after the end leaves the closed topic alone', async () => {
  const { sandbox } = house
  const { citizen, desk } = await takenAppeal(sandbox)
  desk.says('/close Готово')
  await citizen.hears('от 1 до 5')
  await desk.hears('Комментарий отправлен')
  sandbox.person({ id: citizen.id, blocked: true })
  await until('the block to be handled', () => sandbox.pending().length === 0)
  sandbox.person({ id: citizen.id, blocked: false })
  citizen.says('/menu')
  await citizen.hears(/./)
  expect(said(desk, 'заблокировал')).toHaveLength(0)
  expect(said(desk, 'снова на связи')).toHaveLength(0)
})

test('wherever a reply points, what is written in a topic goes to that topic’s citizen alone', async () => {
  const { sandbox } = house
  const [anna, boris] = [await takenAppeal(sandbox), await takenAppeal(sandbox)]
  anna.citizen.says('/operator')
  await anna.citizen.presses('Это новый вопрос')
  await anna.citizen.hears('Опишите')
  const second = await inTopic(sandbox, PETR, await ask(anna.citizen, 'Ещё вопрос'))
  await second.presses('Взять')
  await second.hears('отвечает Пётр')
  const topics: { desk: Phone; citizen: Phone }[] = [
    { desk: anna.desk, citizen: anna.citizen },
    { desk: boris.desk, citizen: boris.citizen },
    { desk: second, citizen: anna.citizen },
  ]
  const citizens = [anna.citizen, boris.citizen]
  let n = 0
  const told = (citizen: Phone, text: string) => citizen.fromBot().filter((one) => one.text === text)
  const anyMessage = () => sandbox.messages(GROUP).filter((one) => !one.forum_topic_created)

  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(), async (topic, target) => {
      const to = topics[topic] ?? topics[0]
      const messages = anyMessage()
      n += 1
      const text = `ответ ${n}`
      const written = sandbox.write({
        from: PETR,
        chat: GROUP,
        thread: to?.desk.thread,
        text,
        reply_to: messages[target % messages.length]?.message_id,
      })
      await delivered(sandbox, written)
      for (const citizen of citizens) {
        const got = told(citizen, text)
        expect(got).toHaveLength(citizen === to?.citizen ? 1 : 0)
        // An answer that shows somebody else's words would tell them just as well.
        for (const { reply_to_message: shown } of got) expect(shown?.chat.id ?? citizen.chat).toBe(citizen.chat)
      }
    }),
    { numRuns: 40 },
  )
})
