import { afterAll, beforeAll, expect, test } from 'vitest'
import { heard, labels, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { newCitizen, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.stop())

test('who is frightened, misspells and wants a person is neither accused nor kept from one', async () => {
  const nina = newCitizen(house.sandbox)
  nina.says('здраствуйте, пожалуста, акаунт не открывается')
  await nina.hears(/ответ/)
  expect(times(nina, 'Похоже на мошенников')).toBe(0)
  nina.says('мне страшно')
  await nina.hears('Давайте по порядку')
  await nina.presses('первая помощь')
  await nina.hears('Что случилось?')
  nina.says('/callback')
  await nina.presses('Согласен')
  const asked = await nina.hears('На какой номер')
  expect(asked.text).not.toContain('слова ошибки')
  nina.says('здравствуйте позовите человека')
  const form = await nina.hears('Опишите, что случилось')
  expect(form.text?.match(/парол/g)).toHaveLength(2)
})

test('who tells of a fraud is offered first aid before the answer', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('Мне позвонили из службы безопасности банка, и я назвала код из СМС. Что делать?')
  const first = await vera.hears('рассказываете о попытке обмана')
  expect(labels(first)).toEqual(['Уже случилось: первая помощь'])
  await until('the answer below it', () => heard(vera).at(-1) !== first.text)
})
