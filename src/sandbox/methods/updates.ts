import { badRequest, conflict } from '../refusal.ts'
import type { Params } from '../schema.ts'
import type { World } from '../world.ts'
import type { Call } from './media.ts'

type PollParams = { offset?: number; limit?: number; timeout?: number; allowed_updates?: string[] }

const getUpdates = (world: World, params: Params, { signal }: Call) => {
  if (world.webhook.settings()) {
    throw conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
  }
  const { offset, limit, timeout, allowed_updates: allowed } = params as PollParams
  if (allowed) world.updates.allow(allowed)
  return world.updates.poll({ offset, limit, timeout, signal })
}

type WebhookParams = {
  url: string
  secret_token?: string
  max_connections?: number
  allowed_updates?: string[]
  drop_pending_updates?: boolean
}

const setWebhook = (world: World, params: Params): true => {
  const {
    url,
    secret_token: secret = '',
    max_connections,
    allowed_updates,
    drop_pending_updates,
  } = params as WebhookParams
  if (secret.length > 256) throw badRequest('secret token is too long')
  if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
  if (url !== '') checkAddress(url)
  if (drop_pending_updates) world.updates.clear()
  if (allowed_updates) world.updates.allow(allowed_updates)
  if (url === '') {
    world.webhook.remove()
    return true
  }
  const connections = Math.max(1, Math.min(100, max_connections ?? 40))
  world.updates.interrupt('terminated by setWebhook request')
  world.webhook.set({ url, secret, max_connections: connections })
  return true
}

/** Plain http is taken for this machine only; out there Telegram wants https. */
const checkAddress = (address: string): void => {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url) throw badRequest('bad webhook: invalid webhook URL specified')
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(here && url.protocol === 'http:')) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  }
}

const deleteWebhook = (world: World, params: Params): true => {
  if (params.drop_pending_updates) world.updates.clear()
  world.webhook.remove()
  return true
}

const getWebhookInfo = (world: World) => {
  const settings = world.webhook.settings()
  const allowed = world.updates.allowed()
  return {
    url: settings?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: world.updates.pending().length,
    ...(settings ? { max_connections: settings.max_connections, ...world.webhook.lastError() } : {}),
    ...(allowed ? { allowed_updates: allowed } : {}),
  }
}

export const updateMethods = { getUpdates, setWebhook, deleteWebhook, getWebhookInfo }
