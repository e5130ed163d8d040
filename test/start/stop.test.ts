import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { GROUP } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone } from '../people.ts'
import { ownFolder, postgresIn, runDesk } from './desk-process.ts'
import { type Messenger, messenger } from './messenger.ts'

test('a stop in the middle of messages both ways loses none, doubles none and keeps their order', async () => {
  const world = await newWorld()
  const first = runDesk(world.env)
  await first.says(/desk\.open/)
  const { vera, olga } = await dialogue(world)
  world.sandbox.fault({ method: 'sendMessage', times: 0, answer: 40 })
  const [questions, answers] = [lines('question'), lines('answer')]
  for (const [n, question] of questions.entries()) {
    vera.says(question)
    olga.says(answers[n] ?? '')
  }
  await olga.hears(questions[2] ?? '')
  const asked = Date.now()
  first.stop('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0 })
  expect(Date.now() - asked).toBeLessThan(10_000)
  expect(said(olga, 'question').length).toBeLessThan(questions.length)
  await runDesk(world.env).says(/desk\.open/)
  await olga.hears(questions.at(-1) ?? '')
  await vera.hears(answers.at(-1) ?? '')
  expect(said(olga, 'question')).toEqual(questions)
  expect(said(vera, 'answer')).toEqual(answers)
})

test('a call that hangs does not keep the desk from stopping in time, and what it carried arrives later', async () => {
  const world = await newWorld()
  const first = runDesk(world.env)
  await first.says(/desk\.open/)
  const { vera, olga } = await dialogue(world)
  world.sandbox.fault({ method: 'sendMessage', match: { chat_id: GROUP }, answer: 'hang' })
  vera.says('is anybody there?')
  await expect.poll(() => world.sandbox.pending().length).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const asked = Date.now()
  first.stop('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0 })
  expect(Date.now() - asked).toBeLessThan(10_000)
  expect(said(olga, 'is anybody')).toEqual([])
})

test('Ctrl-C stops the local PostgreSQL too, and a start that is given up half way leaves none behind', async () => {
  const folder = ownFolder()
  const desk = runDesk({ DATA_DIR: folder, PORT: '0' })
  await desk.says(/Okoshko is open: http:\/\/127\.0\.0\.1:\d+/)
  expect(postgresIn(folder)).not.toBeNull()
  desk.stop('SIGINT')
  expect(await desk.ended).toMatchObject({ code: 0, errors: '' })
  expect(postgresIn(folder)).toBeNull()

  const hasty = ownFolder()
  const given = runDesk({ DATA_DIR: hasty, PORT: '0' })
  await given.says(/making a new PostgreSQL data folder/)
  given.stop('SIGINT')
  expect(await given.ended).toMatchObject({ code: 0, errors: '' })
  expect(postgresIn(hasty)).toBeNull()
})

async function newWorld(): Promise<Messenger> {
  const database = await testDatabase()
  onTestFinished(database.drop)
  return await messenger(database.url)
}

/** An appeal that Olga has taken. */
async function dialogue({ sandbox }: Messenger): Promise<{ vera: Phone; olga: Phone }> {
  const vera = newCitizen(sandbox)
  vera.says('/operator')
  await vera.presses(/^Согласен/)
  await vera.hears('Опишите')
  vera.says('Помогите войти')
  const olga = await inTopic(sandbox, 5001, numberIn(await vera.hears('номер обращения')))
  await olga.presses('Взять')
  await vera.hears('В работе')
  return { vera, olga }
}

function lines(word: string): string[] {
  return Array.from({ length: 15 }, (_, n) => `${word} ${n}`)
}

/** What the bot brought to this screen, as it stands there: a repeat would show its mark. */
function said(phone: Phone, word: string): string[] {
  return phone
    .fromBot()
    .map((message) => message.text ?? '')
    .filter((text) => text.includes(word))
}
