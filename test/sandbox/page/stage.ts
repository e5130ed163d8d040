import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { listenSandbox, type Sandbox } from '../../../src/sandbox/server.ts'
import { launchBrowser } from '../../browser.ts'

const token = '7000000001:AA-a-token-for-tests'
const scripts = fileURLToPath(new URL('../../../dist/sandbox/page/app.js', import.meta.url))

type Update = { update_id: number } & Record<string, Record<string, unknown> | undefined>

/** The page in a real browser against a real sandbox; the test itself plays the bot over the Bot API. */
export type Stage = {
  url: string
  sandbox: Sandbox
  page: Page
  citizen: Locator
  desk: Locator
  group: number
  call: <T = Record<string, number>>(method: string, body: object) => Promise<T>
  /** The body of the next update of a kind that comes from a person. */
  hear: (kind: string) => Promise<Record<string, unknown>>
  /** What the browser complained about, and where it wanted to go outside this machine. */
  faults: string[]
  /** Stops the server and leaves the page alone. */
  stop: () => Promise<void>
  close: () => Promise<void>
}

export async function openStage(options: { viewport?: { width: number; height: number }; hash?: string } = {}) {
  if (!existsSync(scripts)) throw new Error('The page is not compiled: run npx tsc -b')
  const { url, sandbox, close } = await listenSandbox({ token })
  const browser: Browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1440, height: 900 },
    locale: 'ru-RU',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const faults = watch(page, url)
  await page.goto(`${url}/#${options.hash ?? ''}`)
  const stage: Stage = {
    url,
    sandbox,
    page,
    faults,
    citizen: page.getByTestId('citizen-pane'),
    desk: page.getByTestId('desk-pane'),
    group: sandbox.state().chats.find((chat) => chat.type === 'supergroup')?.id ?? 0,
    ...bot(url),
    stop: close,
    close: async () => {
      await browser.close()
      await close().catch(() => undefined)
    },
  }
  return stage
}

function watch(page: Page, url: string): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) faults.push(`asked for ${request.url()}`)
  })
  return faults
}

function bot(url: string): Pick<Stage, 'call' | 'hear'> {
  let offset = 0
  const call = async <T>(method: string, body: object): Promise<T> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { ok: boolean; result: T; description?: string }
    if (!answer.ok) throw new Error(`${method}: ${answer.description}`)
    return answer.result
  }
  const hear = async (kind: string): Promise<Record<string, unknown>> => {
    for (let attempt = 0; attempt < 8; attempt++) {
      const updates = await call<Update[]>('getUpdates', { offset, limit: 1, timeout: 2, allowed_updates: kinds })
      const [update] = updates
      if (!update) continue
      offset = update.update_id + 1
      const body = update[kind]
      const own = (body?.from as { is_bot?: boolean } | undefined)?.is_bot
      if (body && !own) return body
    }
    throw new Error(`no ${kind} came`)
  }
  return { call, hear }
}

const kinds = ['message', 'edited_message', 'callback_query', 'message_reaction', 'my_chat_member']
