import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyring } from '../../src/db/keyring.ts'
import { store } from '../../src/mail/inbox.ts'
import { openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { DATA_KEY, GROUP, type House, openHouse } from '../house.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ replicas: 2 })
})
afterAll(() => house.stop())

type Board = { message_id: number; text: string; edit_date?: number }
const boards = (): Board[] =>
  (house.sandbox.messages(GROUP) as unknown as Board[]).filter(({ text }) => text?.startsWith('Сейчас\n'))

let looks = 0
/** The fifteen seconds are over: what they ended with is done at once, by a timer like the one that a change winds. */
const look = async (paused = true) => {
  if (paused) await house.db.run(`update boards set edited_at = edited_at - interval '1 minute'`)
  const [desk] = await house.db.run<{ id: number }>(`select id from desks where chat_id = $1`, [GROUP])
  looks += 1
  const body = createKeyring(house.db, DATA_KEY).own({ kind: 'board', desk: desk?.id, slot: looks })
  await store(house.db, [{ key: `timer:board:test:${looks}`, lane: `timer:board:${desk?.id}`, body }])
  await until(`select 1 from inbox where key = 'timer:board:test:${looks}' and state = 'done'`)
  if (paused)
    await until(
      `select 1 where not exists (select 1 from outbox where lane like 'board:%' and state in ('new', 'sending'))`,
    )
}

const until = async (statement: string) => {
  while ((await house.db.run(statement)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

const shows = async (words: string | RegExp): Promise<Board> =>
  await untilEvent(house.sandbox, `a board with ${words}`, () => boards().find(({ text }) => text.match(words))).catch(
    (error) => {
      throw new Error(`${error.message}; there is: ${JSON.stringify(boards())}`)
    },
  )

const isBoard = ({ text = 'Сейчас' }: { text?: unknown }) => String(text).startsWith('Сейчас')
const calls = (method: string) =>
  house.sandbox
    .journal()
    .entries.filter((one) => one.method === method && Number(one.params.chat_id) === GROUP && isBoard(one.params))

test('one board is made, pinned without noise, and follows what happens', async () => {
  await look()
  const made = await shows('Вход: никто не ждёт')
  expect(made.text).toContain('На смене никто не отмечен')
  await untilEvent(house.sandbox, 'the pin', ({ chats }) => chats.get(GROUP)?.pinned.includes(made.message_id))
  expect(calls('pinChatMessage').at(-1)?.params.disable_notification).toBe(true)

  await openAppeal(house.sandbox)
  await look()
  await shows(/Услуги: ждут 1, самое старое с \d\d:\d\d/)
  const { desk, citizen: other } = await takenAppeal(house.sandbox)
  desk.says('Здравствуйте')
  await other.hears('Здравствуйте')
  await look()
  await shows(/Услуги: ждут 1, самое старое с \d\d:\d\d · в работе 1 · первый ответ сегодня до минуты/)
  expect(boards()).toHaveLength(1)
})

test('a change winds a timer for the end of its fifteen seconds, one for all replicas', async () => {
  await openAppeal(house.sandbox)
  await until(`select 1 from inbox where key like 'timer:board:%' and state = 'later'`)
  const timers = await house.db.run<{ key: string; wait: number }>(
    `select key, extract(epoch from due_at - now())::float8 as wait from inbox where key like 'timer:board:%' and state = 'later'`,
  )
  // Two, where the fifteen seconds ended in between.
  expect(timers.length).toBeLessThanOrEqual(2)
  for (const { wait } of timers) expect(wait).toBeLessThanOrEqual(15)
})

test('the messenger’s own line about the pin is tidied away', async () => {
  await untilEvent(
    house.sandbox,
    'a group without service lines',
    () => !(house.sandbox.messages(GROUP) as unknown as object[]).some((message) => 'pinned_message' in message),
  )
})

test('a board on which nothing changed is not sent again', async () => {
  await look()
  const before = [calls('editMessageText').length, calls('sendMessage').length]
  await look()
  expect([calls('editMessageText').length, calls('sendMessage').length]).toEqual(before)
})

const pauseOf = async (): Promise<number> => {
  await until(`select 1 from outbox where lane like 'board:%' and state = 'new'`)
  const rows = await house.db.run<{ wait: number }>(
    `select extract(epoch from o.not_before - b.edited_at)::float8 as wait from outbox o, boards b
     where o.lane like 'board:%' and o.state = 'new'`,
  )
  expect(rows).toHaveLength(1)
  return rows[0]?.wait ?? 0
}
const hurry = () => house.db.run(`update outbox set not_before = now() where lane like 'board:%' and state = 'new'`)

test('an edit waits until fifteen seconds after the last; what changes meanwhile goes with it', async () => {
  await house.db.run(`update boards set edited_at = now()`)
  const before = calls('editMessageText').length
  await openAppeal(house.sandbox)
  await look(false)
  expect(await pauseOf()).toBeCloseTo(15, 0)
  await openAppeal(house.sandbox)
  await look(false)
  expect(await pauseOf()).toBeCloseTo(15, 0)
  expect(calls('editMessageText')).toHaveLength(before)
  await hurry()
  await shows('ждут 4')
  expect(calls('editMessageText')).toHaveLength(before + 1)
})

test('while relays wait for the group it waits a minute', async () => {
  const { number } = await openAppeal(house.sandbox)
  const [appeal] = await house.db.run<{ id: number }>(`select id from appeals where number = $1`, [
    number.replaceAll('-', ''),
  ])
  const lane = `appeal:${appeal?.id}`
  await until(`select 1 where not exists (select 1 from outbox where lane = '${lane}' and state in ('new', 'sending'))`)
  await house.db.run(`update boards set edited_at = now()`)
  // As behind a message that is on its way to the same topic: nothing of it may go yet.
  await house.db.run(
    `insert into outbox (key, lane, kind, priority, state, lease_until, created_at, owner)
     values ('held', $1, 'media', 2, 'sending', now() + interval '1 hour', now(), 'nobody'),
            ('waits', $1, 'media', 2, 'new', null, now() - interval '1 minute', null)`,
    [lane],
  )
  await look(false)
  expect(await pauseOf()).toBeCloseTo(60, 0)
  await house.db.run(`delete from outbox where key in ('held', 'waits')`)
  await hurry()
  await shows('ждут 5')
})

test('a board that somebody deleted is made again, once', async () => {
  const [board] = boards()
  await fetch(`${house.url}/bot${house.sandbox.token}/deleteMessage?chat_id=${GROUP}&message_id=${board?.message_id}`)
  await takenAppeal(house.sandbox)
  await look()
  const again = await shows('Услуги')
  expect(again.message_id).toBeGreaterThan(board?.message_id ?? 0)
  await untilEvent(house.sandbox, 'the pin', ({ chats }) => chats.get(GROUP)?.pinned.includes(again.message_id))
  expect(boards()).toHaveLength(1)
})

test('who said /online is on it, for the length of a shift', async () => {
  await house.db.run(
    `update operators set presence = 'online', presence_at = now(), name = 'Пётр' where external_id = ${PETR}`,
  )
  await look()
  await shows('На смене: Пётр')
})
