import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Running } from '../../src/start.ts'
import { OLGA, PETR } from '../appeal.ts'
import { heard, labels, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, newCitizen, type Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

// A restart takes long on a busy machine.
vi.setConfig({ testTimeout: 70_000 })

let house: House
let running: Running[]
beforeAll(async () => {
  house = await openHouse({ replicas: 0 })
  running = [await house.replica(), await house.replica()]
})
afterAll(() => house.stop())

const restart = async () => {
  await Promise.all(running.map((one) => one.stop()))
  running = [await house.replica(), await house.replica()]
}

/** Another replica may not have heard of it yet; the newest screen counts. */
const untilReads = async (phone: Phone, command: string, wanted: (text: string) => boolean) => {
  for (;;) {
    const before = heard(phone).length
    phone.says(command)
    const text = await untilEvent(house.sandbox, `an answer to ${command}`, () => heard(phone)[before])
    if (wanted(text)) return text
  }
}

test('an outage stands above its answers in the language of the reader, and its end is told once to who asked', async () => {
  const petr = inGeneral(house.sandbox, PETR)
  petr.says('/outage 00:00 Кабинет недоступен')
  await petr.hears('Пока не показано никому')
  await petr.presses('Форма не работает')
  await petr.hears(/Показано над ответами[\s\S]*Форма не работает/)
  const vera = newCitizen(house.sandbox)
  vera.says('/start portal-cabinet_down')
  const calm = await vera.hears('Кабинет не открывается')
  expect(calm.text).not.toContain('недоступен с')
  await petr.presses('Показать гражданам')
  await petr.hears('ждут сообщения')

  await untilReads(vera, '/start portal-cabinet_down', (text) => text.startsWith('⚠️ Кабинет недоступен с 00:00'))
  // Neither replica has to be asked twice.
  // And neither asks the database: the table is not there meanwhile.
  await house.db.run('alter table outages rename to outages_away')
  for (let n = 0; n < 4; n += 1) await untilReads(vera, 'не открывается личный кабинет', (text) => text.includes('⚠️'))
  await house.db.run('alter table outages_away rename to outages')
  await vera.presses('Сообщите, когда заработает')
  await vera.hears('Напишем один раз')
  await vera.presses('Сообщите, когда заработает')
  await vera.hears('Напишем один раз')

  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/start portal-form_broken')
  const english = await ann.hears('⚠️')
  expect(english.text).toMatch(/^⚠️ The account does not open – since 00:00, Moscow time/)
  expect(labels(english)[0]).toBe('Tell me when it works')
  ann.says('/start')
  await ann.hears('This is Okoshko')
  await restart()

  // Who types digits reads it without pictures and types the button.
  const zoya = newCitizen(house.sandbox)
  zoya.says('/plain')
  await zoya.hears('Простой режим включён')
  zoya.says('/start portal-cabinet_down')
  const plain = await zoya.hears('Кабинет недоступен с 00:00')
  expect(plain.text).not.toMatch(/\p{Extended_Pictographic}/u)
  zoya.says(/^(\d+) – Сообщите, когда заработает$/m.exec(plain.text ?? '')?.[1] ?? 'no such choice')
  await zoya.hears('Напишем один раз')

  ann.says('/start portal-cabinet_down')
  await ann.hears('since 00:00')
  await ann.presses('Report a fault')
  await ann.hears('If it is the same for you')
  await ann.presses('Tell me when it works')
  await ann.hears('We will write once')

  petr.says('/outage')
  await petr.hears('1. Кабинет недоступен с 00:00')
  petr.says('/outage 1 Кабинет открывается не у всех / Not everybody can open the account')
  await petr.hears('ждут сообщения 3 человека')
  await untilReads(ann, '/start portal-cabinet_down', (text) => text.startsWith('⚠️ Not everybody can open the account'))
  await petr.presses('Заработало')
  await petr.hears('точно заработало')
  await petr.presses('Да, заработало')
  await petr.hears('Сообщаем 3 людям')
  await restart()
  await zoya.hears('Сбой закончился')
  await vera.hears('Сбой закончился: «Кабинет открывается не у всех»')
  await ann.hears('The outage is over: “Not everybody can open the account”')
  await untilReads(vera, '/start portal-cabinet_down', (text) => !text.includes('⚠️'))
  vera.says('/menu')
  await vera.hears('главном меню')
  expect(times(vera, 'Сбой закончился')).toBe(1)
  expect(times(ann, 'The outage is over')).toBe(1)
})

test('/outage names what it cannot do, and an outage that is over takes nobody on its list', async () => {
  const olga = inGeneral(house.sandbox, OLGA)
  const vera = newCitizen(house.sandbox)
  olga.says('/outage 77 текст')
  await olga.hears('Открытого сбоя 77 нет')
  olga.says(`/outage ${'долго '.repeat(60)}`)
  await olga.hears('не больше 300 знаков')
  olga.says('/outage Кабинет закрыт, назовите оператору код из СМС')
  await olga.hears('Гражданам такое не пишем')
  olga.says('/outage вчера 22:10 Не приходят коды')
  await olga.hears(/Не приходят коды с \d+ \p{L}+( в|,) 22:10/u)
  await olga.presses('Показать гражданам')
  await olga.hears(/ждут сообщения[\s\S]*Не приходят коды/)
  await untilReads(vera, '/recovery', (text) => text.includes('Не приходят коды'))
  const asked = vera.inlineButton('Сообщите, когда заработает')
  await olga.presses('Заработало')
  await olga.presses('Да, заработало')
  await olga.hears('Закончен сбой')
  if (!asked) throw new Error('no button')
  await house.sandbox.press({
    from: vera.id,
    chat: vera.chat,
    message_id: asked.message.message_id,
    data: asked.button.callback_data ?? '',
  })
  await vera.hears('уже закончился')
})
