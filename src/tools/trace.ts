import { readNumber, showNumber } from '../desk/appeal-number.ts'
import { atDatabase } from './at-database.ts'
import { linesAbout } from './trace-log.ts'
import { type Followed, follow } from './trace-rows.ts'
import { tell } from './trace-words.ts'

/** npm run trace -- 482-913-057 [< log]: where each message of an appeal is, without a word of what it says. */
const number = readNumber(process.argv[2] ?? '')
if (number === null) {
  console.error(
    'Say which appeal: npm run trace -- 482-913-057, or with a log: npm run trace -- 482-913-057 < desk.log',
  )
  process.exit(2)
}
const followed: Followed | null = await atDatabase((db) => follow(db, number))
if (!followed) {
  console.error(`There is no appeal ${showNumber(number)}.`)
  process.exit(1)
}
for (const line of tell(followed)) console.log(line)
// A terminal is nobody's log: it would be waited for in vain.
if (!process.stdin.isTTY) {
  let head = '\nFrom the log:'
  for await (const line of linesAbout(followed, process.stdin)) {
    if (head) console.log(head)
    head = ''
    console.log(line)
  }
}
