import { onTestFinished } from 'vitest'
import { listenSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { freePort } from '../free-port.ts'
import { DATA_KEY, GROUP, TOKEN } from '../house.ts'

export type Ground = {
  sandbox: Sandbox
  env: Record<string, string>
  call(method: string, body: object): Promise<void>
}
/** A messenger and the environment of a desk in which nothing is wrong yet; both go away with the test. */
export async function desk(databaseUrl: string): Promise<Ground> {
  const { sandbox, url, close } = await listenSandbox({ token: TOKEN, webhookSecond: 0.01 })
  onTestFinished(close)
  const call = async (method: string, body: object) => {
    const answer = await post(`${url}/bot${TOKEN}/${method}`, body)
    if (!answer.ok) throw new Error(`${method}: ${answer.status}`)
  }
  const env = {
    BOT_TOKEN: TOKEN,
    BOT_API_ROOT: url,
    DATABASE_URL: databaseUrl,
    DATA_KEY: DATA_KEY.toString('base64'),
    DESK_CHAT_ID: String(GROUP),
    ADMIN_IDS: '5001',
    OPERATOR_IDS: '5002,5003',
    PORT: String(await freePort()),
  }
  return { sandbox, env, call }
}

export function bot(standing: 'kicked' | 'member') {
  return ({ sandbox }: Ground) => sandbox.group({ chat: GROUP, bot: standing })
}

export function rights(...given: string[]) {
  return ({ sandbox }: Ground) => sandbox.group({ chat: GROUP, rights: given })
}

export function webhook(atTelegram: { url: string; allowed_updates?: string[] } | null) {
  return async ({ env, call }: Ground) => {
    Object.assign(env, { WEBHOOK_URL: 'http://127.0.0.1:1/telegram', WEBHOOK_SECRET: 'secret' })
    if (atTelegram) await call('setWebhook', atTelegram)
  }
}

export async function info({ env }: Ground): Promise<{ last_error_message?: string }> {
  const answer = await post(`${env.BOT_API_ROOT}/bot${TOKEN}/getWebhookInfo`, {})
  return ((await answer.json()) as { result: object }).result
}

async function post(address: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
}
