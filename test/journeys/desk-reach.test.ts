import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

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

test.concurrent('found out by an answer: one line, at that answer’s topic, is enough', async () => {
  const { sandbox } = house
  const { citizen, desk } = await takenAppeal(sandbox)
  sandbox.person({ id: citizen.id, deactivated: true })
  desk.says('Проверьте, пожалуйста')
  await desk.hears('Гражданин заблокировал бота')
  await desk.hears(/отвечает Пётр[\s\S]*Гражданин заблокировал бота/)
  expect(said(desk, 'Не доставлено')).toHaveLength(0)
  desk.says('И это')
  await desk.hears('Не доставлено: гражданин заблокировал бота или удалил аккаунт')
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
