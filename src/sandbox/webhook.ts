import type { Store } from './store.ts'
import type { QueuedUpdate, Updates } from './updates.ts'

export type WebhookSettings = { url: string; secret: string; max_connections: number }
export type Webhook = {
  set(settings: WebhookSettings): void
  remove(): void
  settings(): WebhookSettings | undefined
  lastError(): { last_error_date?: number; last_error_message?: string }
  close(): void
}
type Options = { store: Store; updates: Updates; now: () => number; second: number }
type Lane = { updates: QueuedUpdate[]; failures: number; busy: boolean; notBefore: number }
type Answer = { ok: true } | { ok: false; status: number; retryAfter: number | null; reason: string }
type Driver = Options & {
  lanes: Map<string, Lane>
  inFlight: number
  current: WebhookSettings | undefined
  error: { last_error_date?: number; last_error_message?: string }
  /** Since when every answer has been 410. */
  gone: number | null
  timers: Set<NodeJS.Timeout>
}

/**
 * Pushes updates as Telegram does: what belongs together goes one by one and in order, a failure is repeated at once, then
 * after 2, 4 … up to 60–120 s, or when Retry-After says so; other lanes go on meanwhile.
 */
export const createWebhook = (options: Options): Webhook => {
  const table = options.store.table<WebhookSettings>('webhook')
  const driver: Driver = {
    ...options,
    lanes: new Map(),
    inFlight: 0,
    current: table.get('current'),
    error: {},
    gone: null,
    timers: new Set(),
  }
  const restart = (settings: WebhookSettings | undefined) => start(driver, settings)
  options.updates.onAdded((queued) => {
    if (!driver.current) return
    line(driver, queued)
    pump(driver)
  })
  restart(driver.current)
  return {
    set: (settings) => {
      table.put('current', settings)
      restart(settings)
    },
    remove: () => {
      table.drop('current')
      restart(undefined)
    },
    settings: () => driver.current,
    lastError: () => driver.error,
    close: () => {
      driver.current = undefined
      for (const timer of driver.timers) clearTimeout(timer)
    },
  }
}

const start = (driver: Driver, settings: WebhookSettings | undefined): void => {
  driver.current = settings
  driver.lanes.clear()
  driver.error = {}
  driver.gone = null
  if (!settings) return
  for (const queued of driver.updates.pending()) line(driver, queued)
  pump(driver)
}

const line = ({ lanes }: Driver, queued: QueuedUpdate): void => {
  const lane = lanes.get(queued.queue) ?? { updates: [], failures: 0, busy: false, notBefore: 0 }
  lane.updates.push(queued)
  lanes.set(queued.queue, lane)
}

const pump = (driver: Driver): void => {
  const settings = driver.current
  if (!settings) return
  for (const [name, lane] of driver.lanes) {
    if (driver.inFlight >= settings.max_connections) return
    if (lane.busy || lane.notBefore > Date.now()) continue
    const queued = nextOf(driver, lane)
    if (!queued) driver.lanes.delete(name)
    else void deliver(driver, lane, queued)
  }
}

const nextOf = ({ updates, now }: Driver, lane: Lane): QueuedUpdate | undefined => {
  for (let first = lane.updates[0]; first && first.until <= now(); first = lane.updates[0]) {
    updates.drop(first.update.update_id)
    lane.updates.shift()
    lane.failures = 0
  }
  return lane.updates[0]
}

const deliver = async (driver: Driver, lane: Lane, queued: QueuedUpdate): Promise<void> => {
  const settings = driver.current
  if (!settings) return
  lane.busy = true
  driver.inFlight += 1
  const answer = await push(settings, queued, 60 * driver.second)
  lane.busy = false
  driver.inFlight -= 1
  // Another webhook may have been set while this one was being called; its lanes are new.
  if (driver.current !== settings) return pump(driver)
  if (answer.ok) {
    driver.updates.drop(queued.update.update_id)
    lane.updates.shift()
    lane.failures = 0
    driver.gone = null
  } else fail(driver, lane, answer)
  pump(driver)
}

const push = async ({ url, secret }: WebhookSettings, { update }: QueuedUpdate, timeout: number): Promise<Answer> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret ? { 'x-telegram-bot-api-secret-token': secret } : {}),
      },
      body: JSON.stringify(update),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    await response.arrayBuffer()
    if (response.ok) return { ok: true }
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    const reason = `Wrong response from the webhook: ${response.status} ${response.statusText}`
    return { ok: false, status: response.status, retryAfter: retryAfter >= 0 ? retryAfter : null, reason }
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    const reason = late ? 'Read timeout expired' : 'Connection refused'
    return { ok: false, status: 0, retryAfter: null, reason }
  }
}

const fail = (driver: Driver, lane: Lane, answer: Answer & { ok: false }): void => {
  driver.error = { last_error_date: Math.floor(driver.now() / 1000), last_error_message: answer.reason }
  driver.gone = answer.status === 410 ? (driver.gone ?? driver.now()) : null
  const wait = answer.retryAfter === null ? backOff(lane.failures) : Math.min(3600, answer.retryAfter)
  lane.failures += 1
  if (driver.gone !== null && driver.now() - driver.gone >= 23 * 3_600_000) {
    driver.store.table('webhook').drop('current')
    driver.current = undefined
    return
  }
  if (wait === 0) return
  lane.notBefore = Date.now() + wait * driver.second
  const timer = setTimeout(() => {
    driver.timers.delete(timer)
    lane.notBefore = 0
    pump(driver)
  }, wait * driver.second)
  driver.timers.add(timer)
}

/** 0, 2, 4 … and from the seventh failure on somewhere between one and two minutes. */
const backOff = (failures: number): number => {
  if (failures === 0) return 0
  return failures < 6 ? 2 ** failures : 60 + ((failures * 37) % 61)
}
