import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Context, Hono } from 'hono'
import { guard } from './guard.ts'

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
}

/** The page: its scripts as compiled, everything else as it lies in the source. Plain names only, so no way leads out. */
export const page = ({ pageDir, pageScripts }: { pageDir?: string; pageScripts?: string }): Hono => {
  const folders = [
    pageScripts ?? fileURLToPath(new URL('../../dist/sandbox/page/', import.meta.url)),
    pageDir ?? fileURLToPath(new URL('../../src/sandbox/page/', import.meta.url)),
  ]
  const give = (c: Context, name: string) => {
    const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
    const type = types[name.split('.').at(-1) ?? '']
    if (!file || !type) return c.notFound()
    return c.body(readFileSync(file), 200, { 'content-type': type, 'cache-control': 'no-cache' })
  }
  const app = new Hono()
  app.get('/', guard, (c) => give(c, 'index.html'))
  app.get('/:name{[\\w-]+\\.(?:html|css|js|svg|png|ico|woff2)}', guard, (c) => give(c, c.req.param('name') ?? ''))
  return app
}
