import { afterEach } from 'vitest'
import { listenSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server.ts'

export const token = '7000000001:AAtest_token_of_the_sandbox'
export const group = -1_002_000_000_001
export const anna = 1001
export const olga = 5001
export const petr = 5002

type Answer = { ok: boolean; error_code?: number; description?: string; parameters?: object; result?: unknown }
export type Desk = {
  url: string
  sandbox: Sandbox
  call(method: string, params?: object): Promise<Answer>
  /** The result of a call that must succeed. */
  ok<T = Record<string, number>>(method: string, params?: object): Promise<T>
  post(path: string, body: object): Promise<Answer & Record<string, unknown>>
}

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

/** A messenger on a free port, closed after the test; Anna has written to the bot. */
export const desk = async (options: Partial<SandboxOptions> = {}): Promise<Desk> => {
  const { url, sandbox, close } = await listenSandbox({ token, ...options })
  open.push(close)
  const call = async (method: string, params: object = {}): Promise<Answer> => {
    const response = await fetch(`${url}/bot${token}/${method}`, json(params))
    const answer = (await response.json()) as Answer
    if (!answer.ok && answer.error_code !== response.status) throw new Error(`status ${response.status}`)
    return answer
  }
  if (sandbox.messages(anna).length === 0) sandbox.write({ from: anna, chat: anna, text: '/start' })
  return {
    url,
    sandbox,
    call,
    ok: async <T>(method: string, params?: object) => {
      const answer = await call(method, params)
      if (!answer.ok) throw new Error(`${method}: ${answer.description}`)
      return answer.result as T
    },
    post: async (path, body) => (await (await fetch(`${url}/sandbox/${path}`, json(body))).json()) as Answer & object,
  }
}

const json = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The smallest PNG: one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
export const picture = { name: 'pixel.png', type: 'image/png', bytes: new Uint8Array(pixel) }
