// Sums the results of .ci/run: for each step NAME.exit, beside it NAME.json if vitest wrote one, or NAME.skip.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const sum = { passed: 0, failed: 0, skipped: 0 }
for (const file of readdirSync(folder)) {
  const [name, kind] = file.split(/\.(?=\w+$)/)
  if (kind === 'skip') sum.skipped += 1
  if (kind === 'exit') add(resultOf(name, readFileSync(join(folder, file), 'utf8').trim() === '0'))
}
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`)
process.exit(sum.failed > 0 ? 1 : 0)

function add({ passed, failed, skipped }) {
  sum.passed += passed
  sum.failed += failed
  sum.skipped += skipped
}

function resultOf(name, good) {
  const report = join(folder, `${name}.json`)
  // A step without a report counts as one test, and so does a run of vitest that ended before it could write one.
  if (!existsSync(report)) return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const unread = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const failed = numFailedTests + unread
  // Nothing red and still a bad end: an error outside of every test.
  return {
    passed: numPassedTests,
    failed: good ? failed : Math.max(1, failed),
    skipped: numPendingTests + numTodoTests,
  }
}
