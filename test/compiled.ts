import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '..')
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const how = [
  '--ignoreConfig',
  '--noCheck',
  '--skipLibCheck',
  '--module',
  'nodenext',
  '--target',
  'es2023',
  '--types',
  'node',
]
const imports = ['--verbatimModuleSyntax', '--rewriteRelativeImportExtensions']

/** A script of the tests and what it imports, as JavaScript: processes that start many times then start at once. */
export const compiled = async (script: string) => {
  mkdirSync(join(root, 'dist'), { recursive: true })
  const folder = mkdtempSync(join(root, 'dist', 'test-'))
  const args = [tsc, ...how, ...imports, '--rootDir', root, '--outDir', folder, join(root, script)]
  await promisify(execFile)(process.execPath, args, { cwd: root })
  return {
    file: join(folder, script.replace(/\.ts$/, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
