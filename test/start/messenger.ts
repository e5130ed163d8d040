import { onTestFinished } from 'vitest'
import { listenSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server.ts'
import { freePort } from '../free-port.ts'
import { DATA_KEY, GROUP, TOKEN } from '../house.ts'

export type Messenger = { sandbox: Sandbox; port: number; env: Record<string, string> }

/** A Bot API server of the test's own and the environment of a desk that works with it, all gone after the test. */
export async function messenger(databaseUrl = '', options: Partial<SandboxOptions> = {}): Promise<Messenger> {
  const { sandbox, url, close } = await listenSandbox({ token: TOKEN, ...options })
  onTestFinished(close)
  const port = await freePort()
  const env = {
    BOT_TOKEN: TOKEN,
    BOT_API_ROOT: url,
    DATABASE_URL: databaseUrl,
    DATA_KEY: DATA_KEY.toString('base64'),
    DESK_CHAT_ID: String(GROUP),
    ADMIN_IDS: '5001',
    OPERATOR_IDS: '5002,5003',
    PACE: 'off',
    PORT: String(port),
  }
  return { sandbox, port, env }
}
