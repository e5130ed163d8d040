import { tooManyRequests } from './refusal.ts'
import type { Params } from './schema.ts'

export type Limits = { check(method: string, params: Params): void }
type Rule = { most: number; seconds: number }

/**
 * Telegram's limits: 20 a minute in a group (messages, edits, new topics), 30 a second in all, and one a second in a private
 * chat. The last is not enforced to the letter out there: short bursts pass, so up to 5 in 5 seconds do here, too.
 * `scale` says how many times as much may be sent. @throws {Refusal} 429 with the seconds to wait
 */
export const createLimits = (scale: number | 'off', now: () => number): Limits => {
  if (scale === 'off') return { check: () => {} }
  const group = { most: Math.max(1, Math.round(20 * scale)), seconds: 60 }
  const personal = { most: Math.max(1, Math.round(5 * scale)), seconds: 5 }
  const overall = { most: Math.max(1, Math.round(30 * scale)), seconds: 1 }
  const windows = new Map<string, number[]>()
  const wait = (key: string, rule: Rule): number => {
    const from = now() - rule.seconds * 1000
    const window = (windows.get(key) ?? []).filter((time) => time > from)
    windows.set(key, window)
    return window.length < rule.most ? 0 : Math.ceil(((window[0] ?? 0) - from) / 1000)
  }
  return {
    check: (method, params) => {
      if (!counted.test(method)) return
      const rule = Number(params.chat_id) < 0 ? group : personal
      const key = `chat:${String(params.chat_id)}`
      const seconds = Math.max(wait(key, rule), wait('all', overall))
      if (seconds > 0) throw tooManyRequests(seconds)
      const weight = method === 'sendMediaGroup' ? (params.media as unknown[]).length : 1
      for (let count = 0; count < weight; count += 1) {
        windows.get(key)?.push(now())
        windows.get('all')?.push(now())
      }
    },
  }
}

const counted = /^(send(?!ChatAction)|copyMessage|editMessage|createForumTopic)/
