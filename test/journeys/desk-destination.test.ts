import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, delivered, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

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
