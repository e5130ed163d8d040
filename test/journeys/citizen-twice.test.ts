import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAppeal } from '../appeal.ts'
import { album, file, heard, photo, sends, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone, until } from '../people.ts'

let house: House

/** As after a crash between the handling of an update and the note of it: each is handled once more. */
const EVERYTHING_TWICE = `
  create function once_more() returns trigger language plpgsql as $$
  begin
    new.state := 'new';
    new.body := old.body;
    new.owner := null;
    new.done_at := null;
    perform pg_notify('inbox', '');
    return new;
  end $$;
  create trigger once_more before update on inbox for each row
  when (new.state = 'done' and old.attempts < 2 and old.key like 'tg:%') execute function once_more();`

beforeAll(async () => {
  house = await openHouse()
  for (const statement of EVERYTHING_TWICE.split(/;\n\s*(?=create trigger)/)) await house.db.run(statement)
})
afterAll(async () => {
  const look = async () => {
    const [row] = await house.db.run<{ once: number; worse: number }>(
      `select (count(*) filter (where attempts < 2))::int as once,
         (count(*) filter (where state = 'quarantined' or attempts > 2))::int as worse from inbox where key like 'tg:%'`,
    )
    return row
  }
  for (let n = 0; n < 50 && (await look())?.once !== 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 100))
  const left = await look()
  await house.stop()
  expect(left).toEqual({ once: 0, worse: 0 })
})

const count = async (what: string, person: Phone): Promise<number> => {
  const [row] = await house.db.run<{ n: number }>(
    `select count(*)::int as n from ${what} where citizen_id = (select id from citizens where external_id = $1)`,
    [person.id],
  )
  return row?.n ?? 0
}

test.concurrent('an appeal is one appeal, and each message in it one message, in order', async () => {
  const { citizen, number } = await openAppeal(house.sandbox, 'Не приходит код')
  expect(await count('appeals', citizen)).toBe(1)
  expect(await count('consents', citizen)).toBe(1)
  const desk = await inTopic(house.sandbox, 5002, number)
  await desk.presses('Взять')
  await citizen.hears('«В работе»')
  const told = citizen.says('раз')
  sends(house.sandbox, citizen, photo)
  sends(house.sandbox, citizen, album('1.pdf', '2.pdf'))
  citizen.says('два')
  await desk.hears(/^два$/)
  house.sandbox.edit({ from: citizen.id, chat: citizen.chat, message_id: told.message_id, text: 'раз-раз' })
  await desk.hears('раз-раз')
  desk.says('Проверьте список')
  desk.says('И ещё фильтр')
  await citizen.hears(/^И ещё фильтр$/)
  desk.says('/close Готово')
  await citizen.hears('Как прошёл разговор')
  await citizen.presses('5')
  await citizen.hears('добавить пару слов')
  citizen.says('спасибо Петру')
  await citizen.hears('Спасибо, передадим!')
  citizen.says('а вот ещё что')
  await citizen.hears('Дополнить его')
  await citizen.presses('Дополнить обращение')
  await desk.hears(/^а вот ещё что$/)

  const inTheTopic = desk.fromBot().map((one) => (one.photo ? 'photo' : (one.document?.file_name ?? one.text ?? '')))
  const said = ['Не приходит код', 'photo', '1.pdf', '2.pdf', 'два', 'а вот ещё что']
  expect(inTheTopic.filter((text) => said.includes(text))).toEqual(said)
  expect(times(desk, 'раз-раз')).toBe(1)
  expect(heard(citizen).filter((text) => /^(Проверьте список|И ещё фильтр)$/.test(text))).toHaveLength(2)
  for (const once of [/Ваш номер обращения/, /«В работе»\./, /«Завершено»/, /Спасибо за оценку: 5/, /снова открыто и/])
    expect(times(citizen, once), String(once)).toBe(1)
  expect(await count('ratings r join appeals a on a.id = r.appeal_id', citizen)).toBe(1)
  expect(await count('appeals', citizen)).toBe(1)
})

test.concurrent('an update fills one step of a form, goes one step back, and sends it once', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/feedback')
  await vera.hears('Прежде чем')
  await vera.presses(/^Согласен/)
  await vera.hears('Напишите, что хотите сообщить')
  vera.says('слова')
  await vera.hears('Как ещё с вами связаться')
  await vera.presses('Пропустить')
  await vera.hears('Это связано с прежним')
  await vera.presses('Назад')
  await until('the question before', () => times(vera, 'Как ещё с вами связаться') >= 2)
  vera.says('вера@почта.рф')
  await vera.hears('Это связано с прежним')
  await vera.presses('Пропустить')
  await vera.hears('Пришлите фото')
  sends(house.sandbox, vera, file('а.pdf'))
  await vera.hears('Принято: 1 из 10')
  await vera.presses('Готово')
  const review = await vera.hears('Проверьте')
  for (const line of ['Сообщение: слова', 'Контакт: вера@почта.рф', 'Прежний номер: пропущено', 'Вложения: 1 файл'])
    expect(review.text).toContain(line)
  await vera.presses('Отправить')
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  const desk = await inTopic(house.sandbox, 5002, number)
  await until('the file', () => desk.fromBot().some(({ document }) => document))
  vera.says('/menu')
  await vera.hears('главном меню')
  expect(await count('appeals', vera)).toBe(1)
  expect(await count("drafts d join draft_answers w on w.draft_id = d.id and w.step <> 'back'", vera)).toBe(5)
  expect(times(vera, 'Ваш номер обращения')).toBe(1)
  expect(times(vera, 'Пришлите фото')).toBeLessThanOrEqual(2)
  expect(desk.fromBot().filter(({ document }) => document)).toHaveLength(1)
  expect(times(desk, /^слова$/)).toBe(1)
})

test.concurrent('a question is asked once, a vote counted once', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('не приходит код из смс')
  await vera.hears(/^Не приходит код/)
  await vera.presses('Помогло')
  await vera.hears('Хорошо, что')
  vera.says('/menu')
  await vera.hears('главном меню')
  expect(await count('faq_votes', vera)).toBe(1)
  expect(await count("(select * from trail where kind = 'asked') as asked", vera)).toBe(1)
})

test.concurrent('«Начать заново» leaves one form waiting', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/feedback')
  await vera.presses(/^Согласен/)
  await vera.hears('Напишите, что хотите сообщить')
  vera.says('первое')
  await vera.hears('Как ещё')
  vera.says('/feedback')
  await vera.presses('Начать заново')
  await vera.hears('Напишите, что хотите сообщить')
  vera.says('второе')
  await vera.hears('Как ещё')
  vera.says('/cancel')
  await vera.hears('Такой команды нет')
  expect(await count('drafts d', vera)).toBe(2)
})
