import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { type Running, start } from '../../src/start.ts'
import { browserPath, launchBrowser } from '../browser.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

const PICTURES = process.env.TEST_PICTURES

describe.skipIf(!browserPath())('the sandbox in a browser, with the real desk', () => {
  let dir: string
  let database: TestDatabase
  let running: Running
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'okoshko-browser-'))
    database = await testDatabase()
    const config = readConfig({ DATABASE_URL: database.url, DATA_DIR: dir, PORT: '0' })
    running = await start(config, createLog('silent'))
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' })
    await page.goto(`http://127.0.0.1:${running.port}/#citizen=1001&operator=5001`)
  })

  afterAll(async () => {
    await browser?.close()
    await running?.stop()
    await database?.drop()
    rmSync(dir, { recursive: true, force: true })
  })

  test('asks, gets an answer, asks for a person; who takes, answers, closes; and rates', async () => {
    const [citizen, desk] = [page.getByTestId('citizen-pane'), page.getByTestId('desk-pane')]
    await citizen.getByTestId('start').click()
    await heard(citizen, 'никогда не спрашиваем')
    await say(citizen, 'не приходит код из смс')
    await heard(citizen, 'Не приходит код')
    await picture(page, 'answer')
    await press(citizen, 'Не помогло')
    await press(citizen, 'Спросить оператора')
    await press(citizen, /^Согласен/)
    await press(citizen, 'Отправить')
    await heard(citizen, 'Ваш номер обращения')
    const number = /\d{3}-\d{3}-\d{3}/.exec(await citizen.getByTestId('message').last().innerText())?.[0] ?? ''
    await desk.getByTestId('topic').filter({ hasText: number }).click()
    await heard(desk, 'не приходит код из смс')
    await press(desk, 'Взять')
    await heard(citizen, 'Отвечает Ольга')
    await say(desk, 'Здравствуйте! Проверьте список заблокированных отправителей.')
    await heard(citizen, 'Проверьте список заблокированных')
    await desk.getByTestId('reaction').filter({ hasText: '👌' }).waitFor()
    await picture(page, 'dialogue')
    await press(desk, 'Завершить')
    await say(desk, 'Код пришёл, вход открыт.')
    await heard(citizen, 'Завершено')
    await press(citizen, '5')
    await heard(citizen, 'Спасибо за оценку: 5')
    await picture(page, 'rated')
    expect(await citizen.getByTestId('message').count()).toBeGreaterThan(8)
  })
})

const say = async (pane: Locator, text: string) => {
  await pane.getByTestId('composer-input').fill(text)
  await pane.getByTestId('composer-input').press('Enter')
}

const press = (pane: Locator, text: string | RegExp) =>
  pane.getByTestId('inline-button').filter({ hasText: text }).last().click()

const heard = (pane: Locator, text: string) => pane.getByTestId('message').filter({ hasText: text }).last().waitFor()

/** For docs, and for eyes: TEST_PICTURES names a folder. */
const picture = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}
