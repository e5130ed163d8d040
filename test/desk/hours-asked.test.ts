import { expect, test } from 'vitest'
import { hoursAsked } from '../../src/desk/hours-asked.ts'

// A Monday.
const TODAY = '2026-11-23'

test.each([
  ['в воскресенье работаете?', ['2026-11-29']],
  ['А вы работаете сегодня', ['2026-11-23']],
  ['завтра вы открыты?', ['2026-11-24']],
  ['послезавтра работаете', ['2026-11-25']],
  ['операторы работают в выходные?', ['2026-11-28', '2026-11-29']],
  ['are you open on Saturday', ['2026-11-28']],
  ['Do you work tomorrow?', ['2026-11-24']],
  ['do you work on monday', ['2026-11-23']],
])('«%s» asks about dates', (text, dates) => {
  expect(hoursAsked(text, TODAY)).toEqual({ about: 'dates', dates })
})

test.each(['вы сейчас открыты?', 'Работаете?', 'are you open?', 'are you open now', 'вы ещё работаете'])(
  '«%s» asks about this moment',
  (text) => {
    expect(hoursAsked(text, TODAY)).toEqual({ about: 'now' })
  },
)

test.each(['работаете в праздники?', 'are you open on holidays'])('«%s» asks about holidays', (text) => {
  expect(hoursAsked(text, TODAY)).toEqual({ about: 'holidays' })
})

test.each([
  'в воскресенье МФЦ работает?',
  'сегодня не открывается кабинет',
  'горячая линия работает в субботу?',
  'портал сейчас работает?',
  'заявление подал в воскресенье, когда ответ',
  'is the hotline open on Sunday',
  'you closed my case yesterday',
  'почему вы закрыли моё обращение сегодня',
  'с какими документами вы работаете сегодня',
  'не приходит код',
])('«%s» is another question', (text) => {
  expect(hoursAsked(text, TODAY)).toBeNull()
})
