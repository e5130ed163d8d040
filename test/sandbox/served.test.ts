import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { anna, desk, picture } from './desk.ts'

const file = new URL('../../src/sandbox/bot-api.json', import.meta.url)
const { methods } = JSON.parse(readFileSync(file, 'utf8')) as { methods: Record<string, Record<string, string>> }

test.each(Object.keys(methods))('%s is served', async (method) => {
  const { call } = await desk()
  const answer = await call(method, {})
  expect(answer.error_code).not.toBe(404)
  expect(answer.error_code).not.toBe(500)
})

test.each([
  ['sendPhoto', 'photo', { photo: [{ width: 1 }] }],
  ['sendDocument', 'document', { document: { file_name: 'pixel.png' } }],
  ['sendVideo', 'video', { video: { duration: 3 } }],
  ['sendAudio', 'audio', { audio: { title: 'песня' } }],
  ['sendVoice', 'voice', { voice: { duration: 3 } }],
  ['sendVideoNote', 'video_note', { video_note: { duration: 3 } }],
  ['sendAnimation', 'animation', { animation: { duration: 3 }, document: {} }],
  ['sendSticker', 'sticker', { sticker: { type: 'regular' } }],
])('%s keeps a file that can be sent again', async (method, field, shape) => {
  const { url, ok, sandbox } = await desk()
  const form = new FormData()
  form.set('chat_id', String(anna))
  form.set(field, new File([picture.bytes], picture.name, { type: picture.type }))
  if (methods[method]?.duration) form.set('duration', '3')
  if (methods[method]?.title) form.set('title', 'песня')
  const response = await fetch(`${url}/bot${sandbox.token}/${method}`, { method: 'POST', body: form })
  const { result } = (await response.json()) as { result: Record<string, { file_id: string }[] | { file_id: string }> }
  expect(result).toMatchObject(shape)
  const kept = [result[field]].flat()[0]
  expect(await ok(method, { chat_id: anna, [field]: kept?.file_id })).toHaveProperty(field)
})

test.each([
  ['sendLocation', { latitude: 55.7, longitude: 37.6 }, { location: { latitude: 55.7 } }],
  ['sendContact', { phone_number: '+79161234567', first_name: 'Анна' }, { contact: { first_name: 'Анна' } }],
  ['sendPoll', { question: 'Как?', options: [{ text: 'так' }, { text: 'сяк' }] }, { poll: { question: 'Как?' } }],
  ['sendDice', {}, { dice: { emoji: '🎲' } }],
])('%s sends what it says', async (method, params, shape) => {
  const { ok } = await desk()
  expect(await ok(method, { chat_id: anna, ...params })).toMatchObject(shape)
})

test('a form and a query say the same as JSON', async () => {
  const { url, sandbox } = await desk()
  const reply_markup = JSON.stringify({ inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] })
  const fields = new URLSearchParams({ chat_id: String(anna), text: 'a', protect_content: 'true', reply_markup })
  const path = `${url}/bot${sandbox.token}/SENDMESSAGE`
  await fetch(path, { method: 'POST', body: fields })
  await fetch(`${path}?${fields}`)
  const [, form, query] = sandbox.messages(anna)
  expect(form).toMatchObject({ text: 'a', has_protected_content: true, reply_markup: { inline_keyboard: [[{}]] } })
  expect(query).toMatchObject({ text: 'a', reply_markup: form?.reply_markup })
  expect(sandbox.journal().entries.map((entry) => entry.method)).toEqual(['sendMessage', 'sendMessage'])
})

test('a body that is no JSON, or no UTF-8, is refused', async () => {
  const { url, sandbox } = await desk()
  const post = async (body: string | Uint8Array<ArrayBuffer>) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    return (await (await fetch(`${url}/bot${sandbox.token}/getMe`, init)).json()) as { description: string }
  }
  expect(await post('{"a":')).toMatchObject({ description: "Bad Request: can't parse JSON object" })
  expect(await post('[1]')).toMatchObject({ description: "Bad Request: can't parse JSON object" })
  expect(await post(new Uint8Array([0x7b, 0xff, 0x7d]))).toMatchObject({
    description: 'Bad Request: strings must be encoded in UTF-8',
  })
})

test('multipart bodies are read as sparingly written as libraries write them', async () => {
  const { url, sandbox } = await desk()
  const photo = Buffer.from(picture.bytes).toString('latin1')
  const body = Buffer.from(
    [
      '--xyz\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n1001',
      '--xyz\r\ncontent-disposition:form-data;name="photo"\r\n\r\nattach://one',
      `--xyz\r\ncontent-disposition:form-data;name="one";filename=a.png\r\ncontent-type:image/png\r\n\r\n${photo}`,
      '--xyz--',
    ].join('\r\n'),
    'latin1',
  )
  const headers = { 'content-type': 'multipart/form-data; boundary=xyz' }
  const response = await fetch(`${url}/bot${sandbox.token}/sendPhoto`, { method: 'POST', headers, body })
  expect(await response.json()).toMatchObject({ ok: true, result: { photo: [{ file_size: picture.bytes.length }] } })
})
