import { describe, expect, test } from 'vitest'
import { brokenImports } from '../../src/tools/import-rules.ts'
import { sourceFiles } from '../../src/tools/source-files.ts'

test('every import of the house points one way', () => {
  const files = sourceFiles('src')
  expect(files.length).toBeGreaterThan(50)
  expect(brokenImports(files)).toEqual([])
})

describe('the rule sees', () => {
  const wrong: [string, string, string][] = [
    ['desk that knows Telegram', 'src/desk/appeals.ts', "import { show } from '../telegram/show.ts'"],
    ['mail that knows the desk', 'src/mail/inbox.ts', "import type { Appeal } from '../desk/appeals.ts'"],
    ['db that knows mail', 'src/db/client.ts', "import { x } from '../mail/inbox.ts'"],
    ['a sandbox that knows the database', 'src/sandbox/server.ts', "import { x } from '../db/client.ts'"],
    ['a sandbox that knows Telegram’s side', 'src/sandbox/server.ts', "import { x } from '../telegram/bot.ts'"],
    ['a page that knows its server', 'src/sandbox/page/app.ts', "import { x } from '../server.ts'"],
    ['a leaf that knows anybody', 'src/texts.ts', "import { x } from './desk/appeals.ts'"],
    ['http beside telegram', 'src/http.ts', "import { x } from './telegram/bot.ts'"],
    ['something that imports main', 'src/tools/bench.ts', "import { x } from '../main.ts'"],
    ['a citizen’s deed in an operator’s', 'src/telegram/citizen/a.ts', "import { x } from '../operator/b.ts'"],
    ['an admin’s deed in an operator’s', 'src/telegram/operator/a.ts', "export { x } from '../admin/b.ts'"],
    ['grammy outside telegram', 'src/desk/a.ts', "import type { Context } from 'grammy'"],
    ['conversations outside telegram', 'src/main.ts', "import { x } from '@grammyjs/conversations'"],
    ['i18next outside texts', 'src/telegram/a.ts', "import i18next from 'i18next'"],
    ['a second driver', 'src/mail/a.ts', "import postgres from 'postgres'"],
    ['an import over several lines', 'src/mail/a.ts', "import {\n  a,\n  b,\n} from '../desk/a.ts'"],
    ['an import for its effect', 'src/mail/a.ts', "import '../desk/a.ts'"],
    ['an import at run time', 'src/mail/a.ts', "const a = await import('../desk/a.ts')"],
    ['config read inside', 'src/desk/a.ts', "import { readConfig } from '../config.ts'"],
    ['a second reader of the environment', 'src/main.ts', 'const token = process.env.BOT_TOKEN'],
  ]
  test.each(wrong)('%s', (_, path, text) => {
    expect(brokenImports([{ path, text }])).toHaveLength(1)
  })

  const right: [string, string][] = [
    ['src/main.ts', "import { serve } from './http.ts'\nimport { readConfig } from './config.ts'"],
    ['src/telegram/bot.ts', "import { Bot } from 'grammy'\nimport { ask } from './citizen/ask.ts'"],
    ['src/telegram/citizen/ask.ts', "import { open } from '../../desk/appeals.ts'\nimport { show } from '../show.ts'"],
    ['src/desk/appeals.ts', "import { put } from '../mail/outbox.ts'\nimport { t } from '../texts.ts'"],
    ['src/desk/appeals.ts', "import type { Config } from '../config.ts'\nimport { sql } from 'drizzle-orm'"],
    ['src/tools/bench.ts', "import { start } from '../sandbox/server.ts'"],
    ['src/db/client.ts', "import postgres from 'postgres'"],
  ]
  test.each(right)('nothing wrong in %s', (path, text) => {
    expect(brokenImports([{ path, text }])).toEqual([])
  })
})
