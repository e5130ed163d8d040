import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath } from '../../browser.ts'
import { openStage, type Stage } from './stage.ts'

describe.skipIf(!browserPath())('the desk group on the sandbox’s page', () => {
  let stage: Stage
  let thread = 0
  beforeAll(async () => {
    stage = await openStage({ hash: 'citizen=1001&operator=5001' })
    await stage.desk.getByTestId('topic').first().waitFor()
  })
  afterAll(async () => {
    await stage?.close()
  })

  test('a new topic stands in the list, unread, and opens', async () => {
    const { desk, call, group, page } = stage
    thread = (await call('createForumTopic', { chat_id: group, name: '482-913-057 · access' })).message_thread_id ?? 0
    const card = { chat_id: group, message_thread_id: thread, text: 'Новое обращение' }
    const { message_id } = await call('sendMessage', card)
    await call('pinChatMessage', { chat_id: group, message_id })
    const topic = desk.locator(`[data-testid="topic"][data-thread-id="${thread}"]`)
    await topic.getByTestId('badge').waitFor()
    await topic.click()
    await desk.locator(`[data-message-id="${message_id}"]`).waitFor()
    await desk.getByTestId('pinned').filter({ hasText: 'Новое обращение' }).waitFor()
    await topic.getByTestId('badge').waitFor({ state: 'detached' })
    expect(page.url()).toContain(`topic=${thread}`)
  })

  test('the operator writes into the topic, changes it and reacts', async () => {
    const { desk, hear, page } = stage
    const input = desk.getByTestId('composer-input')
    await input.fill('Здравствуйте')
    await input.press('Enter')
    const said = { text: 'Здравствуйте', from: { id: 5001 }, message_thread_id: thread }
    expect(await hear('message')).toMatchObject(said)
    await input.press('ArrowUp')
    await input.press('End')
    await input.pressSequentially('!')
    await input.press('Enter')
    expect(await hear('edited_message')).toMatchObject({ text: 'Здравствуйте!' })
    const own = desk.getByTestId('message').filter({ hasText: 'Здравствуйте!' })
    await own.click({ button: 'right' })
    await page.locator('[data-testid="react"][data-emoji="👍"]').click()
    expect(await hear('message_reaction')).toMatchObject({ new_reaction: [{ emoji: '👍' }] })
    await own.getByTestId('reaction').waitFor()
  })

  test('the operator answers a message of the bot', async () => {
    const { desk, hear, page } = stage
    const card = desk.locator('article[data-from="bot"]').filter({ hasText: 'Новое обращение' })
    await card.hover()
    await card.getByTestId('message-menu').click()
    await page.getByRole('menuitem', { name: 'Ответить' }).click()
    await page.keyboard.type('беру')
    await page.keyboard.press('Enter')
    expect(await hear('message')).toMatchObject({ text: 'беру', reply_to_message: { text: 'Новое обращение' } })
    await desk.locator('.quote').filter({ hasText: 'Новое обращение' }).waitFor()
  })

  test('General is written to without a topic', async () => {
    const { desk, hear } = stage
    await desk.locator('[data-thread-id="1"]').click()
    await desk.getByTestId('composer-input').fill('/queue')
    await desk.getByTestId('composer-send').click()
    const heard = await hear('message')
    expect(heard).toMatchObject({ text: '/queue', chat: { id: stage.group } })
    expect(heard.message_thread_id).toBeUndefined()
  })

  test('a topic closed by hand shows so, and who is no administrator cannot write there', async () => {
    const { desk, hear, page } = stage
    const topic = desk.locator(`[data-testid="topic"][data-thread-id="${thread}"]`)
    await topic.click()
    await desk.getByTestId('topic-menu').click()
    await page.getByRole('menuitem', { name: 'Закрыть тему' }).click()
    expect(await hear('message')).toMatchObject({ forum_topic_closed: {} })
    await topic.locator('.lock').waitFor()
    await desk.getByTestId('operator-switch').click()
    await page.locator('[data-testid="person-option"][data-person-id="5002"]').click()
    await desk.getByText('Тема закрыта. Писать').waitFor()
    expect(await desk.getByTestId('composer-input').isVisible()).toBe(false)
  })

  test('reload keeps who and what is open, and forgets nothing', async () => {
    const { desk, page } = stage
    await page.reload()
    await desk.locator('article[data-from="bot"]').filter({ hasText: 'Новое обращение' }).waitFor()
    expect(await desk.getByTestId('operator-switch').getAttribute('data-person-id')).toBe('5002')
    expect(stage.faults).toEqual([])
  })
})
