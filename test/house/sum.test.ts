import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '../../src/tools/source-files.ts'

const report = (passed: number, failed: number, skipped: number, unread = 0) =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults: Array(unread).fill({ status: 'failed', assertionResults: [] }),
  })

test.each([
  [
    'all is well',
    { 'check.exit': '0\n', 'tests.exit': '0\n', 'tests.json': report(12, 0, 0) },
    '13 passed, 0 failed',
    0,
  ],
  [
    'two runs',
    { 'a.exit': '0', 'a.json': report(1, 0, 0), 'b.exit': '0', 'b.json': report(2, 0, 0) },
    '3 passed, 0 failed',
    0,
  ],
  ['a red test', { 'tests.exit': '1', 'tests.json': report(4, 2, 0) }, '4 passed, 2 failed', 1],
  ['a failed check', { 'check.exit': '1', 'tests.exit': '0', 'tests.json': report(3, 0, 0) }, '3 passed, 1 failed', 1],
  ['a file that cannot be read', { 'tests.exit': '1', 'tests.json': report(4, 0, 0, 1) }, '4 passed, 1 failed', 1],
  ['an error outside of every test', { 'tests.exit': '1', 'tests.json': report(4, 0, 0) }, '4 passed, 1 failed', 1],
  ['a run without a report', { 'tests.exit': '124' }, '0 passed, 1 failed', 1],
  ['what did not run', { 'a.exit': '0', 'a.json': report(1, 0, 2), 'b.skip': '' }, '1 passed, 0 failed, 3 skipped', 0],
])('the sum of %s', (_, files, line, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'okoshko-sum-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const { stdout, status } = spawnSync(process.execPath, [join(projectFolder, '.ci', 'sum.mjs'), folder])
  rmSync(folder, { recursive: true })
  expect([String(stdout).trim(), status]).toEqual([line, code])
})
