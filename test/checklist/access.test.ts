import { expect } from 'vitest'
import { checklist } from './walk.ts'

const { row } = checklist()

row('row-01 five ways back into the account, what fails leads on, and a person sees the whole way', async (on) => {
  const { me, by, reads, restart } = on
  await reads(by('Вход и доступ', 'Sign-in and access'), by('Забыли пароль', 'Forgot the password'))
  await me.presses(by('Восстановить вход по шагам', 'Get back in, step by step'))
  const ways = await me.hears(by('Что мешает войти', 'What keeps you out'))
  expect(ways.reply_markup?.inline_keyboard?.flat().length).toBeGreaterThanOrEqual(5)
  await me.presses(by('Не помню пароль', 'I forgot my password'))
  await me.hears(by('шаг 1 из 4', 'step 1 of 4'))
  await me.presses(by('Не получилось', 'It did not work'))
  await me.hears(by('шаг 2 из 4', 'step 2 of 4'))
  await restart()
  for (const next of [by('шаг 3 из 4', 'step 3 of 4'), by('шаг 4 из 4', 'step 4 of 4')]) {
    await me.presses(by('Не получилось', 'It did not work'))
    await me.hears(next)
  }
  await me.presses(by('Не получилось', 'It did not work'))
  await me.hears(by('Эти шаги не помогли', 'These steps did not help'))
  await me.presses(by('Спросить оператора', 'Ask an operator'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Опишите', 'Describe'))
  me.says(by('Пароль так и не сменился', 'The password still does not work'))
  const told = await me.hears(/\d{3}-\d{3}-\d{3}/)
  const petr = await on.desk(/\d{3}-\d{3}-\d{3}/.exec(told.text ?? '')?.[0] ?? '')
  await petr.hears('Не помню пароль: шаги 1, 2, 3, 4 – не помогли')
})

row('row-05 from a category to an answer, to a team, to an outcome in words', async (on) => {
  const { me, by, reads, restart } = on
  await reads(by('Сбои на портале', 'Portal problems'), by('Файл не загружается', 'A file does not upload'))
  await me.presses(by('Не помогло', 'It did not help'))
  await me.hears(by('Жаль, что не помогло', 'Sorry'))
  await me.presses(by('Спросить оператора', 'Ask an operator'))
  await me.presses(by('Согласен', 'I agree'))
  await me.hears(by('Опишите', 'Describe'))
  me.says(by('Скан на две страницы', 'A scan of two pages'))
  const number = /\d{3}-\d{3}-\d{3}/.exec((await me.hears(/\d{3}-\d{3}-\d{3}/)).text ?? '')?.[0] ?? ''
  await restart()
  const petr = await on.desk(number)
  await petr.hears('· Услуги')
  await petr.presses('Взять')
  await me.hears(by('«В работе»', '“In progress”'))
  petr.says('/close')
  await petr.hears('чем закончилось')
  petr.says('Файл уменьшили, заявление ушло')
  await me.hears(/(«Завершено»|“Completed”)[\s\S]*Файл уменьшили, заявление ушло/)
})

row('row-23 once inside again: a password of its own and two factors', async (on) => {
  const { me, by, restart } = on
  await on.told('/recovery', by('Что мешает войти', 'What keeps you out'))
  await me.presses(by('Не приходит код', 'No code arrives'))
  await me.hears(by('шаг 1 из 5', 'step 1 of 5'))
  await me.presses(by('Не получилось', 'It did not work'))
  await restart()
  await on.told('/recovery', by('Что мешает войти', 'What keeps you out'))
  await me.presses(by('Продолжить: шаг 2', 'Go on: step 2'))
  await me.hears(by('шаг 2 из 5', 'step 2 of 5'))
  await me.presses(by('Получилось', 'It worked'))
  await me.hears(/пароль, которого нет больше нигде[\s\S]*подтверждением|nowhere else[\s\S]*two-step/)
  await me.presses(by('Защитить кабинет', 'Protect your account'))
  await me.hears(by('Как защитить вход', 'How to protect the account'))
})
