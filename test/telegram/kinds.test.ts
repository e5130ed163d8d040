import { readFileSync } from 'node:fs'
import type { Message } from 'grammy/types'
import { expect, test } from 'vitest'
import { saidIn } from '../../src/telegram/content.ts'
import { FATES, isService, refusedIn } from '../../src/telegram/kinds.ts'

const { fields } = JSON.parse(readFileSync(new URL('../data/message-fields.json', import.meta.url), 'utf8')) as {
  fields: string[]
}
const file = { file_id: 'F', file_unique_id: 'U' }
const base = { message_id: 7, date: 1, chat: { id: 1001, type: 'private', first_name: 'Вера' } }
const message = (field: string, value: unknown) => ({ ...base, [field]: value }) as unknown as Message
const SAMPLES: Record<string, unknown> = {
  text: 'Слова',
  rich_message: { blocks: [{ type: 'paragraph', text: ['Раз ', { type: 'bold', text: 'два' }] }] },
  photo: [file],
  live_photo: { ...file, photo: [file] },
  contact: { phone_number: '+70000000000', first_name: 'Вера' },
  dice: { emoji: '🎲', value: 4 },
  poll: { question: 'Так?', options: [{ text: 'Да' }] },
  venue: { location: { latitude: 1, longitude: 2 }, title: 'МФЦ', address: 'Мира, 1' },
  location: { latitude: 1, longitude: 2 },
}

test('every field that a message may have is on the list, and the list has no others', () => {
  expect([...FATES.keys()].sort()).toEqual([...fields].sort())
})

test.each([...FATES].filter(([, fate]) => fate === 'passes').map(([field]) => field))('%s travels', (field) => {
  const sample = message(field, SAMPLES[field] ?? file)
  const { content } = saidIn(sample)
  expect(content.kind).not.toBe('other')
  expect(content.text ?? content.detail ?? content.file?.id).toBeTruthy()
  expect(isService(sample)).toBe(false)
})

test.each([...FATES].filter(([, fate]) => fate === 'refused').map(([field]) => field))(
  '%s cannot travel, which is said by its name',
  (field) => {
    const sample = message(field, {})
    expect(saidIn(sample).content).toEqual({ kind: 'other', detail: field })
    expect(isService(sample)).toBe(false)
    const names = JSON.parse(readFileSync(new URL('../../locales/ru/talk.json', import.meta.url), 'utf8')).what
    expect(names[refusedIn(sample)]).toBeTruthy()
  },
)

test.each([...FATES].filter(([, fate]) => fate === 'service').map(([field]) => field))(
  '%s is nobody’s words',
  (field) => expect(isService(message(field, {}))).toBe(true),
)

test('what no list knows is not passed over', () => {
  expect(saidIn(message('hologram', {})).content).toEqual({ kind: 'other', detail: 'unknown' })
})

test('the words of a page-like message are kept, block after block', () => {
  const blocks = [
    { type: 'heading', text: 'Раз' },
    { type: 'paragraph', text: ['два ', { type: 'bold', text: 'три' }] },
    { type: 'list', items: [{ blocks: [{ type: 'paragraph', text: 'четыре' }] }] },
  ]
  expect(saidIn(message('rich_message', { blocks })).content.text).toBe('Раз\nдва три\nчетыре')
})
