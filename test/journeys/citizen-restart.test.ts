import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataOf, heard, photo, pressOn, sends, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())
/** What the plug-in keeps of a conversation may vanish at any time; it is kept a moment after its question was said. */
const forget = async (person: Phone) => {
  for (let gone: unknown[] = []; gone.length === 0; ) {
    gone = await house.db.run(
      `delete from conversation_states
       where key = 'citizen:' || (select id from citizens where external_id = $1) returning 1 as gone`,
      [person.id],
    )
  }
}

type Harm = (person: Phone) => Promise<void>

/** Consent, description. */
const asksPerson = async (harm: Harm) => {
  const vera = newCitizen(house.sandbox)
  vera.says('/operator')
  await vera.hears('Прежде чем')
  await harm(vera)
  await vera.presses(/^Согласен/)
  await vera.hears('Опишите')
  await harm(vera)
  vera.says('Не приходит код')
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  const desk = await inTopic(house.sandbox, 5002, number)
  await desk.hears(/^Не приходит код$/)
  vera.says('и ещё вопрос')
  await desk.hears(/^и ещё вопрос$/)
}

/** The longest form: between an answer and the next question, around a step back, a skip and a file. */
const contests = async (harm: Harm) => {
  const vera = newCitizen(house.sandbox)
  vera.says('/contest')
  await vera.hears('Прежде чем')
  await harm(vera)
  await vera.presses(/^Согласен/)
  await vera.hears('Какое решение')
  await harm(vera)
  vera.says('отказ от 3 мая')
  await vera.hears('С чем вы не согласны')
  vera.says('со всем')
  await vera.hears('Чего вы хотите')
  await harm(vera)
  await vera.presses('Назад')
  await vera.hears('С чем вы не согласны')
  vera.says('с причиной')
  const wish = await vera.hears('Чего вы хотите')
  await vera.presses('Пропустить')
  await vera.hears('Пришлите снимки')
  await pressOn(house.sandbox, wish, dataOf(wish, 'Пропустить'))
  sends(house.sandbox, vera, photo)
  await vera.hears('Принято: 1 из 10')
  await harm(vera)
  await vera.presses('Готово')
  const review = await vera.hears('Проверьте перед отправкой')
  expect(review.text).toContain('Решение: отказ от 3 мая')
  expect(review.text).toContain('Доводы: с причиной')
  expect(review.text).toContain('Просьба: пропущено')
  expect(review.text).toContain('Вложения: 1 файл')
  await harm(vera)
  await vera.presses('Отправить')
  const desk = await inTopic(house.sandbox, 5002, numberIn(await vera.hears('Ваш номер обращения')))
  await desk.hears(/^с причиной$/)
  expect(times(vera, 'Ваш номер обращения')).toBe(1)
}

/** Whoever is on the way waits for the others at each step; then the desk is started anew for all of them. */
const inStep = (journeys: ((harm: Harm) => Promise<void>)[]) => {
  let walking = journeys.length
  let waiting: (() => void)[] = []
  const perhaps = async () => {
    if (walking === 0 || waiting.length < walking) return
    const all = waiting
    waiting = []
    await house.restart()
    for (const go of all) go()
  }
  const harm = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve)
      void perhaps()
    })
  return Promise.all(
    journeys.map(async (journey) => {
      await journey(harm)
      walking -= 1
      await perhaps()
    }),
  )
}

test('a restart at every step loses no answer', { timeout: 120_000 }, async () => {
  await inStep([asksPerson, contests])
})

describe.concurrent('a conversation whose state is gone at every step', () => {
  test('of asking for a person loses nothing', async () => await asksPerson(forget))
  test('of a contested decision loses no answer', async () => await contests(forget))

  test('a rating’s word is still the rating’s', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/operator')
    await vera.presses(/^Согласен/)
    await vera.hears('Опишите')
    vera.says('вопрос')
    const number = numberIn(await vera.hears('Ваш номер обращения'))
    const desk = await inTopic(house.sandbox, 5002, number)
    await desk.presses('Взять')
    desk.says('/close Готово')
    await vera.hears('Как прошёл разговор')
    await vera.presses('5')
    await vera.hears('добавить пару слов')
    await forget(vera)
    vera.says('всё понятно объяснили')
    await vera.hears('Спасибо, передадим!')
    expect(heard(vera).join()).not.toContain('Дополнить')
  })
})

test('a wrong answer after a lost state is told what is wrong', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/feedback')
  await vera.presses(/^Согласен/)
  await vera.hears('Напишите, что хотите сообщить')
  await forget(vera)
  sends(house.sandbox, vera, photo)
  await vera.hears('Здесь нужен текст')
  vera.says('слова')
  await vera.hears('Как ещё с вами связаться')
  expect(times(vera, 'Напишите, что хотите сообщить')).toBe(2)
})

test('nothing that was said in a conversation rests in clear', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/feedback')
  await vera.presses(/^Согласен/)
  await vera.hears('Напишите, что хотите сообщить')
  vera.says('Тайна за семью печатями')
  await vera.hears('Как ещё с вами связаться')
  const places = await house.db.run<{ at: string; body: Buffer }>(
    `select 'conversation' as at, body from conversation_states where body is not null
     union all select 'draft', value from draft_answers where value is not null
     union all select 'inbox', body from inbox where body is not null`,
  )
  expect(places.map(({ at }) => at)).toEqual(expect.arrayContaining(['conversation', 'draft']))
  const secret = Buffer.from('семью печатями')
  const inJson = Buffer.from(JSON.stringify('семью печатями').slice(1, -1))
  for (const { at, body } of places) expect(body.includes(secret) || body.includes(inJson), at).toBe(false)
})
