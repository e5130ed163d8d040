import { showFault } from '../texts/source.ts'
import { brokenImports } from './import-rules.ts'
import { checkLocales } from './locale-rules.ts'
import { brokenSizes } from './size-rules.ts'
import { sourceFiles } from './source-files.ts'

type Findings = { wrong: string[]; toVerify?: string[] }

/** What the compiler and Biome do not look at: each check returns its findings as sentences. */
const checks: { name: string; run: () => Findings }[] = [
  { name: 'imports', run: () => ({ wrong: brokenImports(sourceFiles('src')) }) },
  { name: 'sizes and names', run: () => ({ wrong: brokenSizes(sourceFiles('src', 'test')) }) },
  { name: 'locales', run: localeFindings },
]

for (const { name, run } of checks) {
  const { wrong, toVerify = [] } = run()
  console.log(`${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  for (const finding of [...wrong, ...toVerify]) console.log(`     ${finding}`)
  if (wrong.length > 0) process.exitCode = 1
}

function localeFindings(): Findings {
  const faults = checkLocales()
  const shown = (severity: string) => faults.filter((fault) => fault.severity === severity).map(showFault)
  return { wrong: shown('error'), toVerify: shown('warning') }
}
