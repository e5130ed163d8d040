import { type Api, GrammyError } from 'grammy'
import type { Desk } from '../desk/desk.ts'
import { outage } from '../log.ts'
import { silence, silent } from '../mail/silence.ts'

type Transform = Parameters<Api['config']['use']>[0]

/** Below this a short wait is all that is asked for (show.ts). */
const SHORT_S = 5

/**
 * Plain replies keep the silence that Telegram asked for in a chat, as the outbox does, also after a restart and when another
 * replica was told: what would be too early is not even called.
 */
export const keepQuiet = async (desk: Desk): Promise<Transform> => {
  let until = new Map<number, number>()
  const learn = async () => {
    until = new Map((await silent(desk.db)).map(({ chat, seconds }) => [chat, Date.now() + seconds * 1_000]))
  }
  await learn()
  await desk.db.listen('silence', () => {
    learn().catch((error) => desk.log.warn('silence.not_read', outage(error)))
  })
  return async (call, method, payload, signal) => {
    const chat = Number((payload as { chat_id?: number | string }).chat_id ?? 0)
    const left = ((until.get(chat) ?? 0) - Date.now()) / 1_000
    if (left > SHORT_S) throw tooEarly(method, payload, left)
    const answer = await call(method, payload, signal)
    if (answer.ok || answer.error_code !== 429 || chat === 0) return answer
    const seconds = answer.parameters?.retry_after ?? 1
    if (seconds > SHORT_S) {
      until.set(chat, Date.now() + seconds * 1_000)
      await silence(desk.db, { chat, seconds, flood: true }).catch(() => {})
    }
    return answer
  }
}

const tooEarly = (method: string, payload: object, left: number): GrammyError => {
  const retry_after = Math.ceil(left)
  const description = `Too Many Requests: retry after ${retry_after}`
  const error = { ok: false as const, error_code: 429, description, parameters: { retry_after } }
  return new GrammyError(`${method} would be too early`, error, method, payload as Record<string, unknown>)
}
