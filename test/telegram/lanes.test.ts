import fc from 'fast-check'
import type { Update } from 'grammy/types'
import { expect, test } from 'vitest'
import { laneOf } from '../../src/telegram/lanes.ts'

const chat = (id: number) => ({ id, type: id > 0 ? 'private' : 'supergroup' })
const inTopic = (thread: number | undefined) => (thread ? { is_topic_message: true, message_thread_id: thread } : {})
const update = (body: object) => ({ update_id: 1, ...body }) as Update

const place = fc.record({
  id: fc.oneof(fc.integer({ min: 1, max: 2 ** 51 }), fc.integer({ min: -(2 ** 51), max: -1 })),
  thread: fc.option(fc.integer({ min: 2, max: 9_999 }), { nil: undefined }),
})

test('a word, its edit and a press of one place share a lane', () => {
  fc.assert(
    fc.property(place, ({ id, thread }) => {
      const message = { chat: chat(id), ...inTopic(id < 0 ? thread : undefined) }
      const lanes = [
        update({ message }),
        update({ edited_message: message }),
        update({ callback_query: { message } }),
      ].map(laneOf)
      expect(new Set(lanes).size).toBe(1)
    }),
  )
})

test('two places never share a lane', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      const lane = ({ id, thread }: typeof a) =>
        laneOf(update({ message: { chat: chat(id), ...inTopic(id < 0 ? thread : undefined) } }))
      const same = a.id === b.id && (a.id > 0 || a.thread === b.thread)
      expect(lane(a) === lane(b)).toBe(same)
    }),
  )
})

test('a reply in General carries a thread that is no topic, and stays in General', () => {
  const reply = update({ message: { chat: chat(-100), message_thread_id: 55 } })
  expect(laneOf(reply)).toBe(laneOf(update({ message: { chat: chat(-100) } })))
})

test('an update of a kind nobody knows has a lane too', () => {
  expect(laneOf(update({ something_new: {} }))).toBe('other')
})
