import { afterAll, beforeAll, test, vi } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { newCitizen } from '../people.ts'

// A restart takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test('hours are answered from the schedule of this desk, in the words people use', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('в воскресенье работаете?')
  await vera.hears(/воскресенье, \d+ \p{L}+: выходной/u)
  vera.says('вы сейчас открыты?')
  await vera.hears(/операторы сейчас на связи|Сейчас операторы не работают/)
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('are you open on holidays?')
  await ann.hears('special days')
  ann.says('are you open on Saturday')
  await ann.hears(/Saturday.*closed[\s\S]*“Fraud”: 10:00–16:00[\s\S]*telephone line has hours of its own/)
})
