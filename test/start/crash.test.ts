import { expect, test } from 'vitest'
import { freePort } from '../free-port.ts'
import { ownFolder, runDesk } from './desk-process.ts'
import { GROUP, page } from './page.ts'

test('kill -9 in the middle of a relay: the next start delivers the message and has the whole history', async () => {
  const port = await freePort()
  const env = { DATA_DIR: ownFolder(), PORT: String(port), PACE: 'off' }
  const first = runDesk(env)
  await first.says(/desk\.open/)
  const { write, press, hears, fault, textsIn } = page(port)
  await write(1001, 1001, '/operator')
  await press(1001, 1001, /^Согласен/)
  await hears(1001, /Опишите/)
  await write(1001, 1001, 'Не приходит код')
  const number = /\d{3}-\d{3}-\d{3}/.exec(await hears(1001, /номер обращения/))?.[0] ?? ''
  await hears(GROUP, /^Не приходит код$/)
  const before = await textsIn(1001)

  // The first is carried out and its answer never comes, the second has not left the outbox.
  await fault({ method: 'sendMessage', match: { chat_id: GROUP }, when: 'after', answer: 'hang' })
  await write(1001, 1001, 'И пароль не подходит')
  await write(1001, 1001, 'Что делать?')
  await hears(GROUP, /^И пароль не подходит$/)
  first.stop('SIGKILL')
  expect(await first.ended).toMatchObject({ signal: 'SIGKILL' })

  const second = runDesk(env)
  await second.says(/desk\.open/)
  await hears(GROUP, /^Что делать\?$/, 60_000)
  const inTopic = (await textsIn(GROUP)).filter((text) => /пароль|Что делать/.test(text))
  expect(inTopic[0]).toBe('И пароль не подходит')
  expect(inTopic[1]).toMatch(/повтор[\s\S]*И пароль не подходит/)
  expect(inTopic.slice(2)).toEqual(['Что делать?'])
  expect((await textsIn(1001)).slice(0, before.length)).toEqual(before)
  await write(1001, 1001, number)
  await hears(1001, /Принято/)
})
