import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { labels, photo, sends, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { newCitizen, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

/** Every question of every form, with what is said to get there. */
const FORMS = {
  '/feedback': [
    ['Напишите, что хотите сообщить', 'слова'],
    ['Как ещё с вами связаться', 'вера@почта.рф'],
    ['Это связано с прежним', 'Пропустить'],
    ['Пришлите фото', 'Пропустить'],
    ['Проверьте перед отправкой', ''],
  ],
  '/contest': [
    ['Какое решение', 'отказ от 3 мая'],
    ['С чем вы не согласны', 'со всем'],
    ['Чего вы хотите', 'Пропустить'],
    ['Пришлите снимки', 'Пропустить'],
    ['Проверьте перед отправкой', ''],
  ],
} as const

const stands = async (form: keyof typeof FORMS, at: number): Promise<Phone> => {
  const vera = newCitizen(house.sandbox)
  vera.says(form)
  await vera.presses(/^Согласен/)
  for (const [question, answer] of FORMS[form].slice(0, at)) {
    await vera.hears(question)
    vera.says(answer)
  }
  await vera.hears(FORMS[form][at]?.[0] ?? '')
  return vera
}

const STEPS = (Object.keys(FORMS) as (keyof typeof FORMS)[]).flatMap((form) =>
  FORMS[form].map(([question], at) => ({ form, at, question })),
)

describe.concurrent('in the middle of a form', () => {
  test.each(STEPS)(
    '$form at «$question»: /start, menu words and FAQ buttons harm nothing',
    async ({ form, at, question }) => {
      const vera = await stands(form, at)
      vera.says('/start access.no_code')
      await vera.hears(/^Не приходит код/)
      vera.says(form)
      if (at > 0) await vera.presses('Продолжить')
      await vera.hears(question)
      await vera.presses('Помогло')
      await vera.hears('Хорошо, что получилось')
      if (at < 4) {
        vera.says(FORMS[form][at]?.[1] ?? '')
        await vera.hears(FORMS[form][at + 1]?.[0] ?? '')
      } else {
        vera.says('Отправить')
        await vera.hears('Ваш номер обращения')
      }
      vera.says('мошенники')
      await vera.hears('Если уже случилось')
      vera.says('спасибо')
      await vera.hears('Пожалуйста!')
    },
  )

  test('an entry opened by its button leaves the question waiting', async () => {
    const vera = newCitizen(house.sandbox)
    vera.says('/questions')
    const sections = await vera.hears('Выберите раздел')
    vera.says('/feedback')
    await vera.presses(/^Согласен/)
    await vera.hears('Напишите, что хотите сообщить')
    await vera.presses('Вход и доступ')
    await vera.presses('Не приходит код')
    await vera.hears(/^Не приходит код/)
    expect(vera.fromBot().find(({ message_id }) => message_id === sections.message_id)?.text).toMatch(
      /^Не приходит код/,
    )
    vera.says('мои слова')
    await vera.hears('Как ещё с вами связаться')
  })

  test('9 calls a person, 0 goes back and # ends, where no text is asked for', async () => {
    const vera = await stands('/feedback', 3)
    vera.says('0')
    await vera.hears('Это связано с прежним')
    vera.says('нет')
    await vera.hears('Пришлите фото')
    vera.says('#')
    await vera.hears('сохранилось')
    vera.says('/feedback')
    await vera.presses('Продолжить')
    await vera.hears('Пришлите фото')
    vera.says('9')
    await vera.hears('Опишите, что случилось')
    vera.says('9')
    await vera.hears('Ваш номер обращения')
  })

  test('a number that is not the citizen’s may be an answer, one’s own is a question', async () => {
    const vera = await stands('/contest', 0)
    vera.says('482-913-057')
    await vera.hears('С чем вы не согласны')
    expect(times(vera, 'такого номера нет')).toBe(0)
  })

  test('another form may be filled, and the first one gone on with', async () => {
    const vera = await stands('/feedback', 1)
    vera.says('Оператор')
    await vera.hears('Опишите')
    vera.says('срочное дело')
    await vera.hears('Ваш номер обращения')
    vera.says('Обратная связь')
    expect(labels(await vera.hears('Сохранён 1 ответ'))).toContain('Продолжить')
    await vera.presses('Продолжить')
    await vera.hears('Как ещё')
    sends(house.sandbox, vera, photo)
    await vera.hears('Здесь нужен текст')
  })

  test('what nobody answered for a day is not being asked any more', async () => {
    const vera = await stands('/feedback', 1)
    await house.db.run(
      `update drafts set touched_at = now() - interval '25 hours'
       where citizen_id = (select id from citizens where external_id = $1)`,
      [vera.id],
    )
    vera.says('не приходит код из смс')
    await vera.hears(/^Не приходит код/)
    vera.says('/feedback')
    await vera.hears('Сохранён 1 ответ')
  })
})
