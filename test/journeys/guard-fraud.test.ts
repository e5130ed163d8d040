import { afterAll, beforeAll, expect, test } from 'vitest'
import { MARINA, OLGA, openAppeal, PETR } from '../appeal.ts'
import { heard, labels, sends } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, newCitizen, numberIn, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test.concurrent('what is pasted is judged with the reason, and never called safe', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('gosuslugi.ru.login-lk.top')
  const fake = await vera.hears('подделка')
  expect(fake.text).toContain('смотрите на конец имени')
  expect(labels(fake)).toEqual(expect.arrayContaining(['Уже случилось: первая помощь', 'Сообщить о мошенниках']))
  expect(fake.entities).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'code' })]))
  vera.says('https://www.gosuslugi.ru/600226')
  await vera.hears('ещё никем не сверен')
  vera.says('example.org')
  await vera.hears('не знаем, чей это адрес')
  vera.says('@gosuslugi_support_bot')
  await vera.hears('имя бота')
  vera.says('+7 943 555-01-27')
  await vera.hears('Не перезванивайте')
  vera.says('Служба безопасности банка. Назовите код из СМС, иначе счёт заблокируют!')
  expect((await vera.hears('Похоже на мошенников')).text).toContain('просят код')
  const text = 'Войти на Госуслуги'
  const entities = [{ type: 'text_link', offset: 0, length: text.length, url: 'https://gosuslugi-vhod.example/' }]
  house.sandbox.write({ from: vera.id, chat: vera.chat, text, entities })
  await vera.hears('подделка')
  vera.says('/check')
  await vera.hears('ничего не откроем')
  vera.says('Здравствуйте, ждём вас завтра в десять')
  await vera.hears('Явных признаков обмана')
  const forwarded = { forward_origin: { type: 'hidden_user', sender_user_name: 'Банк', date: 1 } }
  house.sandbox.write({ from: vera.id, chat: vera.chat, text: 'До встречи в пятницу', extra: forwarded })
  await vera.hears('Явных признаков обмана')
  vera.says('/check 8 800 100 00 10')
  await vera.hears('подделка')
  vera.says('Как восстановить пароль?')
  await until('an answer of the FAQ', () => heard(vera).at(-1)?.match(/парол/i))
  expect(heard(vera).join('\n')).not.toMatch(/безопасн(?:ый|ая) (?:сайт|ссылка)|можно доверять/i)
})

test.concurrent('a fact that a person checked is in the list of verified sources', async () => {
  await house.db.run(
    `insert into fact_checks (hash, fact, operator_id, until) select $1, 'news_site', id, '2099-01-01' from operators where external_id = $2`,
    [await newsHash(), OLGA],
  )
  await house.db.run(`select pg_notify('facts', '')`)
  const vera = newCitizen(house.sandbox)
  // The desk hears of it and reads the facts again.
  const listed = vera.hears('в нашем списке проверенных источников').then(() => true)
  const soon = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 300))
  for (let found = false; !found; found = await Promise.race([listed, soon()]))
    vera.says('https://ria.ru/20261126/news.html')
})

const newsHash = async (): Promise<string> => {
  const { factHash } = await import('../../src/texts/facts.ts')
  const { loadTexts } = await import('../../src/texts.ts')
  const fact = loadTexts()
    .facts()
    .find(({ key }) => key === 'news_site')
  if (!fact) throw new Error('no such fact')
  return factHash(fact)
}

test.concurrent('first aid keeps its ticks and ends in a report at the head of the queue, without traces of people', async () => {
  const waiting = await openAppeal(house.sandbox)
  expect(waiting.number).not.toBe('')
  const vera = newCitizen(house.sandbox)
  vera.says('Мошенники')
  await vera.presses('первая помощь')
  await vera.presses('Сказал(а) код')
  await vera.hears('отметки сохранятся')
  await vera.presses('1 сделано')
  await vera.hears('✓ Прекратите разговор')
  await house.replica()
  await vera.presses('2 сделано')
  await vera.hears('✓ Сами откройте')
  await vera.presses('1 вернуть')
  await until('the tick to go', () => !heard(vera).at(-1)?.includes('✓ Прекратите'))
  await vera.presses('Сообщить о мошенниках')
  await vera.presses('Согласен')
  await vera.hears('Что произошло')
  vera.says('Позвонил «следователь» с +7 943 555-01-27, велел зайти на gosuslugi-bot.top и назвать код')
  await vera.hears('Откуда звонили')
  vera.says('+7 943 555-01-27')
  await vera.hears('Когда это было')
  vera.says('Вчера вечером')
  await vera.hears('снимки')
  await vera.presses('Пропустить')
  await vera.hears('Проверьте')
  await vera.presses('Отправить')
  const number = numberIn(await vera.hears('Ваш номер'))
  const petr = await inTopic(house.sandbox, PETR, number)
  const card = await petr.hears('Срочно')
  expect(card.text).toContain('Сказал(а) код из СМС: сделано 1 из 6')
  const marina = inGeneral(house.sandbox, MARINA)
  marina.says('/take')
  await marina.hears(number)

  petr.says('/scheme')
  await petr.hears('только старший')
  const olga = await inTopic(house.sandbox, OLGA, number)
  olga.says('/scheme')
  const proposed = await olga.hears('Так это прочтут')
  expect(proposed.text).not.toMatch(/943|gosuslugi-bot/)
  await olga.presses('Опубликовать')
  const id = /под номером (\d+)/.exec((await olga.hears('Опубликовано')).text ?? '')?.[1]
  vera.says('/fraud')
  expect((await vera.hears('Сейчас звонят так')).text).toContain('«следователь»')
  olga.says(`/scheme ${id} Звонит «следователь» и просит код`)
  await olga.hears('Исправлено')
  olga.says(`/scheme ${id} снять`)
  await olga.hears('больше не показываем')
  vera.says('/fraud')
  await vera.hears('Не торопитесь')
  expect(heard(vera).at(-1)).not.toContain('Сейчас звонят так')
  const deeds = await house.db.run<{ deed: string }>(
    `select data->>'deed' as deed from audit where action = 'scheme' order by id`,
  )
  expect(deeds.map(({ deed }) => deed)).toEqual(['publish', 'edit', 'withdraw'])
})

test.concurrent('in an open appeal the words travel, the card warns and one hint is given', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  const petr = await inTopic(house.sandbox, PETR, number)
  const words = 'Мне прислали: подтвердите вход https://gosuslugi-lk.top/login'
  citizen.says(words)
  await petr.hears(words)
  await citizen.hears('есть признаки мошенников')
  await petr.hears('признаки мошенников: ссылок не открывайте')
  citizen.says('и ещё раз gosuslugi-lk.top')
  await petr.hears('и ещё раз')
  expect(heard(citizen).filter((text) => text.includes('есть признаки мошенников'))).toHaveLength(1)
})

test.concurrent('/about gives the exact name and explains the words of a call', async () => {
  const vera = newCitizen(house.sandbox, 'en')
  vera.says('/about')
  const about = await vera.hears('Our only name')
  expect(about.text).toMatch(/@\w+bot/)
  expect(about.text).toContain('The caller says them first')
  sends(house.sandbox, vera, { text: '/aid' })
  await vera.hears('First aid')
})
