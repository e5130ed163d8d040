import { brokenImports } from './import-rules.ts'
import { brokenSizes } from './size-rules.ts'
import { sourceFiles } from './source-files.ts'

/** What the compiler and Biome do not look at. Each check returns its findings as sentences. */
const checks: { name: string; run: () => string[] | Promise<string[]> }[] = [
  { name: 'imports', run: () => brokenImports(sourceFiles('src')) },
  { name: 'sizes and names', run: () => brokenSizes(sourceFiles('src', 'test')) },
]

for (const { name, run } of checks) {
  const findings = await run()
  console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  for (const finding of findings) console.log(`     ${finding}`)
  if (findings.length > 0) process.exitCode = 1
}
