import { showFault } from '../texts-source.ts'
import { checkLocales } from './locale-rules.ts'

const faults = checkLocales()
for (const fault of faults) console.log(showFault(fault))
if (faults.some((fault) => fault.severity === 'error')) process.exitCode = 1
