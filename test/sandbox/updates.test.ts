import { expect, test } from 'vitest'
import { anna, type Desk, desk, group, olga, petr } from './desk.ts'

type Update = { update_id: number } & Record<string, { text?: string; message_id?: number } & Record<string, unknown>>

const say = ({ sandbox }: Desk, text: string) => sandbox.write({ from: anna, chat: anna, text })

test('an offset confirms what came before it, and only that', async () => {
  const messenger = await desk()
  say(messenger, 'два')
  const first = await messenger.ok<Update[]>('getUpdates')
  expect(first.map((update) => update.message?.text)).toEqual(['/start', 'два'])
  expect(await messenger.ok<Update[]>('getUpdates')).toHaveLength(2)
  const [start] = first
  expect(await messenger.ok<Update[]>('getUpdates', { offset: (start?.update_id ?? 0) + 1 })).toEqual([first[1]])
  expect(messenger.sandbox.pending()).toHaveLength(1)
})

test('a negative offset forgets all but the last', async () => {
  const messenger = await desk()
  for (const text of ['a', 'b', 'c']) say(messenger, text)
  const last = await messenger.ok<Update[]>('getUpdates', { offset: -1 })
  expect(last.map((update) => update.message?.text)).toEqual(['c'])
  expect(messenger.sandbox.pending()).toHaveLength(1)
})

test('a long poll ends when something comes', async () => {
  const messenger = await desk()
  const offset = (messenger.sandbox.pending()[0]?.update_id ?? 0) + 1
  const waiting = messenger.ok<Update[]>('getUpdates', { offset, timeout: 10 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  say(messenger, 'вот')
  expect((await waiting)[0]?.message?.text).toBe('вот')
})

test('of two pollers the first is sent away', async () => {
  const messenger = await desk()
  const offset = (messenger.sandbox.pending()[0]?.update_id ?? 0) + 1
  const first = messenger.call('getUpdates', { offset, timeout: 10 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const second = messenger.ok<Update[]>('getUpdates', { offset, timeout: 10 })
  expect(await first).toEqual({
    ok: false,
    error_code: 409,
    description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  })
  say(messenger, 'вот')
  expect(await second).toHaveLength(1)
})

test('a poller that hung up is in nobody’s way', async () => {
  const messenger = await desk()
  const offset = (messenger.sandbox.pending()[0]?.update_id ?? 0) + 1
  const gone = new AbortController()
  const path = `${messenger.url}/bot${messenger.sandbox.token}/getUpdates?timeout=30&offset=${offset}`
  const first = fetch(path, { signal: gone.signal }).catch(() => 'gone')
  await new Promise((resolve) => setTimeout(resolve, 50))
  gone.abort()
  expect(await first).toBe('gone')
  say(messenger, 'не потеряно')
  expect((await messenger.ok<Update[]>('getUpdates', { offset }))[0]?.message?.text).toBe('не потеряно')
})

test('while a webhook is set nobody polls', async () => {
  const messenger = await desk()
  await messenger.ok('setWebhook', { url: 'http://127.0.0.1:9/' })
  expect(await messenger.call('getUpdates')).toMatchObject({
    error_code: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  })
  await messenger.ok('deleteWebhook')
  expect(await messenger.ok('getUpdates')).toHaveLength(1)
})

test('reactions and membership come only to a bot that lists them', async () => {
  const messenger = await desk()
  const kinds = () => messenger.sandbox.pending().map((update) => Object.keys(update)[1])
  const deeds = () => {
    messenger.sandbox.react({ from: anna, chat: anna, message_id: 1, emoji: '👍' })
    messenger.sandbox.react({ from: anna, chat: anna, message_id: 1, emoji: null })
    messenger.sandbox.person({ id: petr, standing: 'left' })
    messenger.sandbox.person({ id: petr, standing: 'member' })
  }
  deeds()
  expect(kinds()).toEqual(['message', 'message', 'message'])
  await messenger.ok('getUpdates', { offset: -1, allowed_updates: ['chat_member', 'message_reaction'] })
  deeds()
  expect(kinds()).toEqual(['message', 'message_reaction', 'message_reaction', 'chat_member', 'chat_member'])
  expect(await messenger.ok('getWebhookInfo')).toMatchObject({ allowed_updates: ['chat_member', 'message_reaction'] })
  expect(messenger.sandbox.pending().at(-1)).toMatchObject({
    chat_member: { old_chat_member: { status: 'left' }, new_chat_member: { status: 'member', user: { id: petr } } },
  })
})

test('blocking and rights tell the bot of its own standing', async () => {
  const messenger = await desk()
  messenger.sandbox.person({ id: anna, blocked: true })
  messenger.sandbox.person({ id: anna, blocked: false })
  messenger.sandbox.group({ chat: group, bot: 'member' })
  const standings = messenger.sandbox
    .pending()
    .flatMap((update) => (update.my_chat_member ? [update.my_chat_member] : []))
  expect(standings).toMatchObject([
    { chat: { id: anna }, old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } },
    { chat: { id: anna }, new_chat_member: { status: 'member' } },
    { chat: { id: group }, from: { id: olga }, old_chat_member: { status: 'administrator' } },
  ])
})

test('a press lives 150 seconds, a message a day', async () => {
  let now = Date.parse('2026-03-01T10:00:00Z')
  const messenger = await desk({ clock: () => now })
  const { message_id } = await messenger.ok<{ message_id: number }>('sendMessage', { chat_id: anna, text: 'a' })
  void messenger.sandbox.press({ from: anna, chat: anna, message_id, data: 'x' }, 10)
  expect(messenger.sandbox.pending()).toHaveLength(2)
  now += 151_000
  expect(messenger.sandbox.pending().map((update) => Object.keys(update)[1])).toEqual(['message'])
  now += 86_400_000
  expect(messenger.sandbox.pending()).toEqual([])
})

test('a bot without rights hears only what is meant for it', async () => {
  const messenger = await desk()
  messenger.sandbox.group({ chat: group, bot: 'member' })
  const texts = () => messenger.sandbox.pending().flatMap((update) => (update as Update).message?.text ?? [])
  messenger.sandbox.write({ from: petr, chat: group, text: 'между нами' })
  messenger.sandbox.write({ from: petr, chat: group, text: '/queue' })
  expect(texts()).toEqual(['/start', '/queue'])
})

test('in topics every message carries the two traps of real forums', async () => {
  const messenger = await desk()
  const { message_thread_id: thread = 0 } = await messenger.ok('createForumTopic', { chat_id: group, name: 'тема' })
  messenger.sandbox.write({ from: petr, chat: group, thread, text: 'в теме' })
  const general = messenger.sandbox.write({ from: petr, chat: group, text: 'в общей' })
  messenger.sandbox.write({ from: olga, chat: group, text: 'ответ', reply_to: general.message_id })
  const [, birth, inTopic, , answer] = messenger.sandbox.pending() as Update[]
  expect(birth?.message).toMatchObject({ forum_topic_created: { name: 'тема' }, message_thread_id: thread })
  expect(inTopic?.message).toMatchObject({ is_topic_message: true, reply_to_message: { message_id: thread } })
  expect(answer?.message).toMatchObject({ message_thread_id: general.message_id })
  expect(answer?.message).not.toHaveProperty('is_topic_message')
})

test('anybody can be made to speak, and any update can be queued', async () => {
  const messenger = await desk()
  const hidden = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }
  const sender_chat = { id: group, type: 'supergroup', title: 'Окошко: операторы' }
  messenger.sandbox.write({ from: olga, chat: group, text: 'тайно', extra: { from: hidden, sender_chat } })
  messenger.sandbox.update('managed_bot', { user: {} }, 'other')
  expect(messenger.sandbox.pending().slice(1)).toMatchObject([
    { message: { text: 'тайно', from: { id: hidden.id }, sender_chat: { id: group } } },
    { managed_bot: { user: {} } },
  ])
})

test('another group has topics and numbers of its own', async () => {
  const { ok, sandbox } = await desk()
  sandbox.newGroup({ id: -1_002_000_000_002, title: 'Вторая', is_forum: true })
  const made = await ok('createForumTopic', { chat_id: -1_002_000_000_002, name: 'тема' })
  expect(made.message_thread_id).toBe(2)
  expect(sandbox.messages(-1_002_000_000_002)).toHaveLength(1)
  expect(sandbox.messages(group)).toHaveLength(0)
})
