import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath } from '../../browser.ts'
import { openStage, type Stage } from './stage.ts'

describe.skipIf(!browserPath())('the sandbox’s page', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ hash: 'citizen=1001&operator=5001' })
  })
  afterAll(async () => {
    await stage?.close()
  })

  test('a new citizen presses Start and the bot hears /start', async () => {
    const { citizen, hear } = stage
    await citizen.getByTestId('start').click()
    expect(await hear('message')).toMatchObject({ text: '/start', from: { id: 1001 } })
    await citizen.getByTestId('composer-input').waitFor()
  })

  test('a message of the bot appears with its formatting', async () => {
    const { citizen, call } = stage
    const text =
      '<b>один <i>два</i></b> <tg-spoiler>тайна</tg-spoiler> <a href="https://example.org/a">сюда</a>\n' +
      '<pre><code class="language-ts">let a</code></pre>\n<blockquote>цитата</blockquote>'
    const sent = await call('sendMessage', { chat_id: 1001, text, parse_mode: 'HTML' })
    const message = citizen.locator(`[data-message-id="${sent.message_id}"]`)
    await message.waitFor()
    expect(await message.getAttribute('data-from')).toBe('bot')
    expect(await message.locator('b').innerHTML()).toBe('один <i>два</i>')
    expect(await message.locator('a.link').getAttribute('href')).toBe('https://example.org/a')
    expect(await message.locator('.code-head').textContent()).toBe('ts')
    expect(await message.locator('blockquote').textContent()).toBe('цитата')
    const hidden = message.locator('.spoiler.hidden')
    expect(await hidden.count()).toBe(1)
    await hidden.click()
    expect(await hidden.count()).toBe(0)
  })

  test('what people write is text and nothing else', async () => {
    const { citizen, hear } = stage
    const text = '<img src=x onerror="document.title=1"> & <b>не жирно</b>'
    await citizen.getByTestId('composer-input').fill(text)
    await citizen.getByTestId('composer-send').click()
    expect(await hear('message')).toMatchObject({ text })
    const message = citizen.getByTestId('message').last()
    expect(await message.locator('.text').textContent()).toBe(text)
    expect(await message.locator('img, b').count()).toBe(0)
  })

  test('a press of an inline button arrives, its answer shows as a toast or a window', async () => {
    const { citizen, page, call, hear } = stage
    const buttons = [
      { text: 'Тихо', callback_data: 'quiet' },
      { text: 'Громко', callback_data: 'loud' },
    ]
    await call('sendMessage', { chat_id: 1001, text: 'Выберите', reply_markup: { inline_keyboard: [buttons] } })
    await citizen.getByTestId('inline-button').filter({ hasText: 'Тихо' }).click()
    const quiet = await hear('callback_query')
    expect(quiet).toMatchObject({ data: 'quiet', from: { id: 1001 } })
    await call('answerCallbackQuery', { callback_query_id: quiet.id, text: 'Принято' })
    await page.getByTestId('toast').filter({ hasText: 'Принято' }).waitFor()
    await citizen.getByTestId('inline-button').filter({ hasText: 'Громко' }).click()
    const loud = await hear('callback_query')
    await call('answerCallbackQuery', { callback_query_id: loud.id, text: 'Прочтите', show_alert: true })
    await page.getByTestId('dialog').filter({ hasText: 'Прочтите' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByTestId('dialog').waitFor({ state: 'detached' })
  })

  test('a reply keyboard stands under the input and its press is a message', async () => {
    const { citizen, call, hear } = stage
    const keyboard = [[{ text: 'Вопросы' }, { text: 'Оператор' }]]
    const markup = { keyboard, resize_keyboard: true, input_field_placeholder: 'Задайте вопрос' }
    await call('sendMessage', { chat_id: 1001, text: 'Меню', reply_markup: markup })
    await citizen.getByTestId('reply-button').filter({ hasText: 'Оператор' }).click()
    expect(await hear('message')).toMatchObject({ text: 'Оператор' })
    expect(await citizen.getByTestId('composer-input').getAttribute('placeholder')).toBe('Задайте вопрос')
    await citizen.getByTestId('keyboard-toggle').click()
    expect(await citizen.getByTestId('reply-button').count()).toBe(0)
    await citizen.getByTestId('keyboard-toggle').click()
    expect(await citizen.getByTestId('reply-button').count()).toBe(2)
  })

  test('photos picked from the disk travel as an album with a caption', async () => {
    const { citizen, hear } = stage
    const file = (name: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') })
    await citizen.getByTestId('attach-input').setInputFiles([file('one.png'), file('two.png')])
    await citizen.getByTestId('composer-input').fill('два снимка')
    await citizen.getByTestId('composer-send').click()
    const [first, second] = [await hear('message'), await hear('message')]
    expect(first).toMatchObject({ caption: 'два снимка', photo: expect.anything() })
    expect(second.media_group_id).toBe(first.media_group_id)
    expect(await citizen.locator('.album img').count()).toBe(2)
  })

  test('edits, reactions and deletions of the bot are seen', async () => {
    const { citizen, call } = stage
    const { message_id } = await call('sendMessage', { chat_id: 1001, text: 'раньше' })
    const message = citizen.locator(`[data-message-id="${message_id}"]`)
    await message.waitFor()
    await call('editMessageText', { chat_id: 1001, message_id, text: 'теперь' })
    await message.filter({ hasText: 'теперь' }).filter({ hasText: 'изменено' }).waitFor()
    await call('setMessageReaction', { chat_id: 1001, message_id, reaction: [{ type: 'emoji', emoji: '👌' }] })
    await message.getByTestId('reaction').waitFor()
    await call('deleteMessage', { chat_id: 1001, message_id })
    await message.waitFor({ state: 'detached' })
  })

  test('nothing was refused by the page’s own rules and nothing went outside', () => {
    expect(stage.faults).toEqual([])
  })
})

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
