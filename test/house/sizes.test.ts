import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { brokenSizes } from '../../src/tools/size-rules.ts'
import { projectFolder, sourceFiles } from '../../src/tools/source-files.ts'

test('no file is too long, too deep or badly named', () => {
  expect(brokenSizes(sourceFiles('src', 'test'))).toEqual([])
})

test('no function is longer than 40 lines', () => {
  expect(longFunctions()).toEqual([])
})

describe('the rule sees', () => {
  const wrong: [string, string, string][] = [
    ['a long file', 'src/desk/a.ts', 'x\n'.repeat(301)],
    ['a deep file', 'src/telegram/citizen/ask/again.ts', ''],
    ['a drawer', 'src/desk/utils.ts', ''],
    ['an index', 'src/desk/index.ts', ''],
    ['a heap of types', 'test/desk/types.ts', ''],
    ['a service', 'src/desk/appeals.service.ts', ''],
    ['a camel', 'src/desk/appealNumber.ts', ''],
    ['updates thrown away', 'src/telegram/a.ts', 'await api.deleteWebhook({ drop_pending_updates: true })'],
    ['text in a parse mode', 'src/telegram/a.ts', "await ctx.reply(text, { parse_mode: 'HTML' })"],
    ['a clock', 'src/desk/a.ts', 'setInterval(nudge, 1000)'],
  ]
  test.each(wrong)('%s', (_, path, text) => {
    expect(brokenSizes([{ path, text }]).length).toBeGreaterThan(0)
  })

  test('nothing wrong in a file that only speaks of them', () => {
    expect(brokenSizes([{ path: 'src/telegram/receive.ts', text: '// drop_pending_updates never\n' }])).toEqual([])
  })
})

function longFunctions(): string[] {
  const biome = join(projectFolder, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const only = ['--only=complexity/noExcessiveLinesPerFunction', '--max-diagnostics=none', '--reporter=github']
  try {
    execFileSync(process.execPath, [biome, 'lint', 'src', ...only], { cwd: projectFolder, encoding: 'utf8' })
    return []
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('::'))
  }
}
