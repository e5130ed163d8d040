import { readFileSync } from 'node:fs'
import { listenAtPoints } from '../../dist/mail/failpoints.js'

// Given to a desk by --import: the process ends without a word at the point that is written in this file just now.
listenAtPoints((point) => {
  if (point === readFileSync(process.env.DIE_AT_FILE, 'utf8')) process.kill(process.pid, 'SIGKILL')
})
