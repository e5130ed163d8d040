import { expect } from 'vitest'
import { photo, sends } from '../citizen.ts'
import { numberIn } from '../people.ts'
import { checklist } from './walk.ts'

const { row } = checklist()

row('row-25 a decision is contested: composed, sent as a file, followed to the higher body', async (on) => {
  const { me, by, house, restart } = on
  await on.told(by('Оспорить решение', 'Contest a decision'), by('Согласны', 'Do you agree'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Какое решение', 'Which decision'))
  await on.told(
    by('Отказ № 15 от 3 ноября, пособие', 'Refusal no. 15 of 3 November, a benefit'),
    by('С чем вы не согласны', 'What do you disagree with'),
  )
  await restart()
  await on.told(by('Доход сложили дважды', 'Income was counted twice'), by('Чего вы хотите', 'What would you like'))
  await on.told(by('Пересчитать', 'Count it again'), by('Пришлите снимки', 'Send'))
  sends(house.sandbox, me, photo)
  await me.hears(by('Принято: 1', 'Received 1'))
  await me.presses(by('Готово', 'Done'))
  await me.hears(by('Проверьте перед отправкой', 'Please check'))
  await me.presses(/^(Отправить|Send)$/)
  const number = numberIn(await me.hears(by('не поданная жалоба', 'not a filed complaint')))
  const draft = await me.hears(by('Он никуда не подан', 'filed nowhere'))
  for (const part of [
    by('Отказ № 15', 'Refusal no. 15'),
    by('Доход сложили дважды', 'Income was counted twice'),
    by('Пересчитать', 'Count it again'),
  ])
    expect(draft.text).toContain(part)
  const file = await me.hears(by('Тот же проект файлом', 'The same draft as a file'))
  expect(JSON.stringify(file)).toContain('.html')
  await me.presses(by('Через две недели', 'In two weeks'))
  await me.hears(by('Хорошо, напомню', 'I will remind you'))
  await restart()
  await house.db.run(
    `update inbox set due_at = now() where key in
       (select 'timer:remind:' || a.id || ':' || split_part(i.key, ':', 4) from appeals a join inbox i on i.key like 'timer:remind:' || a.id || ':%'
        where a.number = $1)`,
    [number.replaceAll('-', '')],
  )
  await me.hears(by('Ответ пришёл?', 'answer'))
  await me.presses(by('Не пришёл', 'No answer yet'))
  await me.hears(by('вышестоящий орган', /body above|higher/))
  await me.presses(by('Отказали снова', 'Refused again'))
  await me.hears(by('Отказали снова', 'Refused again'))
})
