import type { Context, Next } from 'hono'

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/**
 * Only this machine may look in. A web page out there could send requests here under its own name (DNS rebinding) or from
 * its own address; both show in the headers.
 */
export const guard = async (c: Context, next: Next): Promise<Response | undefined> => {
  const origin = c.req.header('origin')
  const foreign = origin !== undefined && !(URL.canParse(origin) && loopback.test(new URL(origin).host))
  if (!loopback.test(c.req.header('host') ?? '') || foreign || c.req.header('sec-fetch-site') === 'cross-site') {
    return c.text('The sandbox answers on this machine only: open it as http://localhost.', 403)
  }
  await next()
  c.header('x-content-type-options', 'nosniff')
  c.header('referrer-policy', 'no-referrer')
  c.header('x-frame-options', 'DENY')
  c.header('cross-origin-resource-policy', 'same-origin')
  if (!c.res.headers.has('content-security-policy')) {
    c.header(
      'content-security-policy',
      "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  }
  return undefined
}
