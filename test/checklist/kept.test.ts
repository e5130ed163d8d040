import { expect } from 'vitest'
import { labels } from '../citizen.ts'
import { newCitizen } from '../people.ts'
import { checklist } from './walk.ts'

const { row } = checklist()

row('row-34 the number is kept: listed, restored, nobody else’s, and filled in by itself', async (on) => {
  const { me, by, lang, house, restart } = on
  const number = await on.calls(by('Запомните номер за меня', 'Keep the number for me'))
  await restart()
  await on.reads(by('Статус и номер', 'Status and appeal number'), by('Потеряли номер', 'Lost the appeal number'))
  await me.presses(by('Мои обращения', 'My appeals'))
  await me.hears(by('Ваше обращение', 'Your appeal'))
  await me.presses(number)
  await me.hears(by('Статус: «Принято»', 'Status: “Accepted”'))
  const stranger = newCitizen(house.sandbox, lang)
  stranger.says(number)
  await stranger.hears(by('такого номера нет', 'no such number among your appeals'))
  // The next form offers it.
  await on.told(by('Обратная связь', 'Feedback'), by('Напишите, что хотите', 'Write what you would like'))
  await on.told(by('Ещё кое-что', 'One more thing'), by('Как ещё с вами связаться', 'How else'))
  await me.presses(by('Пропустить', 'Skip'))
  const asked = await me.hears(by('прежним обращением', 'about an earlier appeal'))
  expect(labels(asked)).toContain(number)
  await me.presses(number)
  await me.hears(by('Пришлите фото', 'Send photos'))
})

row('a form is left, comes back a week later where it stopped, or begins anew', async (on) => {
  const { me, by, house, restart } = on
  await on.told(by('Обратная связь', 'Feedback'), by('Согласны', 'Do you agree'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Напишите, что хотите', 'Write what you would like'))
  await on.told(by('Недописанное письмо', 'An unfinished letter'), by('Как ещё с вами связаться', 'How else'))
  await on.told('/menu', by('главном меню', 'main menu'))
  await restart()
  await house.db.run(
    `update drafts set touched_at = now() - interval '7 days' where citizen_id in (select id from citizens where external_id = $1)`,
    [me.id],
  )
  // A week later a word is a new question, not an answer.
  await on.told(by('спасибо', 'thank you'), by('Пожалуйста', /welcome/i))
  await on.told(by('Обратная связь', 'Feedback'), by('Продолжить?', 'Continue?'))
  await me.presses(by('Продолжить', 'Continue'))
  await me.hears(by('Как ещё с вами связаться', 'How else'))
  for (const next of [by('прежним обращением', 'about an earlier appeal'), by('Пришлите фото', 'Send photos')]) {
    await me.presses(by('Пропустить', 'Skip'))
    await me.hears(next)
  }
  await me.presses(by('Пропустить', 'Skip'))
  const review = await me.hears(by('Проверьте перед отправкой', 'Please check'))
  expect(review.text).toContain(by('Недописанное письмо', 'An unfinished letter'))
  await me.presses(by('Отмена', 'Cancel'))
  await me.hears(by('Остановились', /stopped/i))
  await on.told(by('Обратная связь', 'Feedback'), by('Продолжить?', 'Continue?'))
  await me.presses(by('Начать заново', /again|anew/i))
  await me.hears(by('Напишите, что хотите', 'Write what you would like'))
})
