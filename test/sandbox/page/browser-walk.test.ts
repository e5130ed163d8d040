import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { listenSandbox } from '../../../src/sandbox/server.ts'
import { browserPath } from '../../browser.ts'
import { openStage, type Stage } from './stage.ts'

describe.skipIf(!browserPath())('the sandbox’s page without a mouse, on a phone, without a server', () => {
  let stage: Stage
  afterEach(async () => {
    await stage?.close()
  })

  test('the keyboard alone starts, writes, presses, reacts and changes people', async () => {
    stage = await openStage({ hash: 'citizen=1001&operator=5001' })
    const { page, citizen, call, hear } = stage
    await citizen.getByTestId('start').waitFor()
    await tabTo(page, 'start')
    await page.keyboard.press('Enter')
    await hear('message')
    const buttons = [{ text: 'Да', callback_data: 'yes' }]
    await call('sendMessage', { chat_id: 1001, text: 'Согласны?', reply_markup: { inline_keyboard: [buttons] } })
    await citizen.getByTestId('inline-button').waitFor()

    await page.reload()
    await citizen.getByTestId('inline-button').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'write-citizen')
    await page.keyboard.type('привет')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('снова')
    await page.keyboard.press('Enter')
    expect(await hear('message')).toMatchObject({ text: 'привет\nснова' })

    await tabTo(page, 'inline-button', 'Shift+Tab')
    await page.keyboard.press('Enter')
    const query = await hear('callback_query')
    await call('answerCallbackQuery', { callback_query_id: query.id })

    await tabTo(page, 'message', 'Shift+Tab')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'react')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('message')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    expect(await hear('message_reaction')).toMatchObject({ new_reaction: [{ emoji: '👍' }] })

    await tabTo(page, 'citizen-switch', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await citizen.getByTestId('start').waitFor()
    expect(await citizen.getByTestId('citizen-switch').getAttribute('data-person-id')).toBe('1002')
    expect(await focused(page)).toBe('citizen-switch')
  })

  test('a phone shows one side at a time and topics before messages', async () => {
    stage = await openStage({ viewport: { width: 390, height: 844 }, hash: 'citizen=1001&start=fraud' })
    const { page, citizen, desk, hear } = stage
    expect(await hear('message')).toMatchObject({ text: '/start fraud' })
    await citizen.getByTestId('message').waitFor()
    expect(await desk.isVisible()).toBe(false)
    expect(page.url()).not.toContain('start=')
    await page.getByTestId('tab-desk').click()
    expect(await citizen.isVisible()).toBe(false)
    await desk.getByTestId('topic').first().click()
    await desk.getByTestId('composer-input').waitFor()
    expect(await desk.getByTestId('topic-list').isVisible()).toBe(false)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide).toBe(0)
  })

  test('a stopped server is said honestly, and the page comes back by itself', async () => {
    stage = await openStage({ hash: 'citizen=1001' })
    const { page, citizen, url } = stage
    await citizen.getByTestId('start').waitFor()
    await stage.stop()
    await page.getByTestId('away').filter({ hasText: 'Сервер остановлен' }).waitFor()
    await citizen.getByTestId('start').click()
    await page.getByTestId('toast').filter({ hasText: 'Сервер остановлен' }).waitFor()
    const again = await listenSandbox({ token: '7000000001:AA', port: Number(new URL(url).port) })
    await page.getByTestId('away').waitFor({ state: 'hidden' })
    again.sandbox.write({ from: 1001, chat: 1001, text: 'снова здесь' })
    await citizen.getByTestId('message').filter({ hasText: 'снова здесь' }).waitFor()
    await again.close()
  })
})

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))

async function tabTo(page: Page, hook: string, key = 'Tab'): Promise<void> {
  for (let step = 0; step < 40; step++) {
    if ((await focused(page)) === hook) return
    await page.keyboard.press(key)
  }
  throw new Error(`${hook} cannot be reached by ${key}`)
}
