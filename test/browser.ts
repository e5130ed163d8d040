import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a browser for tests is, or null; who finds none skips and says so. */
export function browserPath(): string | null {
  const found = [process.env.CHROMIUM, ...places].find((path) => path && existsSync(path))
  if (!found) console.warn(`SKIPPED: no chromium (looked at CHROMIUM, ${places.join(', ')})`)
  return found ?? null
}

export async function launchBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
  return chromium.launch({ executablePath: browserPath() ?? undefined, args })
}
