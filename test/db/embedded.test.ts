import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { askServer } from '../../src/db/embedded-wire.ts'
import { isAlive } from '../../src/db/processes.ts'

const root = mkdtempSync(join(tmpdir(), 'okoshko-embedded-'))
chmodSync(root, 0o755)
const dir = join(root, 'data')
const start = () => startEmbedded({ dir, fsync: false })
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('a stopped server is gone and its rows are there at the next start', async () => {
  const first = await start()
  await run(first, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await start()
  expect(await run(second, 'SELECT id FROM kept')).toEqual([{ id: 1 }])
  await second.stop()
})

test('the server answers on 127.0.0.1 and nowhere else', async () => {
  const server = await start()
  expect(await opens(server.port, '127.0.0.1')).toBe(true)
  expect(await opens(server.port, '127.0.0.2')).toBe(false)
  await server.stop()
})

test('a server left by a killed process is taken over, and stopped by the one who took it', async () => {
  const child = startInChild()
  const [line] = await once(child.stdout, 'data')
  const { pid, port } = JSON.parse(String(line)) as Embedded
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(pid)).toBe(true)
  const server = await start()
  expect({ pid: server.pid, port: server.port }).toEqual({ pid, port })
  await server.stop()
  expect(isAlive(pid)).toBe(false)
})

test('a second Okoshko on the same folder is turned away and the first goes on', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(/Another Okoshko \(process \d+\) is running on the data folder/)
  expect(await askServer({ port: first.port, user: 'okoshko', sql: 'SELECT 1' })).toBe('1')
  await first.stop()
})

test('rows survive a killed server', async () => {
  const first = await startEmbedded({ dir })
  await run(first, 'INSERT INTO kept VALUES (2)')
  process.kill(first.pid, 'SIGKILL')
  await first.stop()
  const second = await start()
  expect(await run(second, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 2 }])
  await second.stop()
})

test('a process number that a stranger got after a crash of the machine does not stand in the way', async () => {
  const pidFile = join(dir, 'postgres', 'postmaster.pid')
  writeFileSync(pidFile, `${process.pid}\n${join(dir, 'postgres')}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`)
  writeFileSync(join(dir, 'owner.pid'), `${process.pid} 1`)
  const server = await start()
  expect(server.port).not.toBe(5432)
  await server.stop()
})

test('what is wrong is said in one sentence with a remedy', async () => {
  const broken = startEmbedded({ dir, settings: { shared_buffers: 'plenty' } })
  await expect(broken).rejects.toThrow(/^The bundled PostgreSQL does not start here \(.*shared_buffers.*DATABASE_URL/)
  await expect(startEmbedded({ dir: join(import.meta.filename, 'data') })).rejects.toThrow(
    /cannot be written: point DATA/,
  )
  const versionFile = join(dir, 'postgres', 'PG_VERSION')
  const version = readFileSync(versionFile, 'utf8')
  writeFileSync(versionFile, '17\n')
  await expect(start()).rejects.toThrow(/is not of PostgreSQL 18 \(found: 17\)/)
  writeFileSync(versionFile, version)
  await (await start()).stop()
})

test.runIf(process.getuid?.() === 0)('as root, a folder closed to others is replaced by one that is not', async () => {
  const closed = join(root, 'closed')
  const lines: string[] = []
  const options = { dir: join(closed, 'data'), fsync: false, log: (line: string) => lines.push(line) }
  mkdirSync(closed, { mode: 0o700 })
  const first = await startEmbedded(options)
  await first.stop()
  expect(first.dir.startsWith(closed)).toBe(false)
  expect(lines.join('\n')).toContain(join(first.dir, '..'))
  const second = await startEmbedded(options)
  await second.stop()
  expect(second.dir).toBe(first.dir)
  rmSync(join(first.dir, '..'), { recursive: true })
})

async function run(server: Embedded, statement: string): Promise<unknown[]> {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(statement))]
  } finally {
    await sql.end()
  }
}

function opens(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 })
    const end = (answer: boolean) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

function startInChild() {
  const script = `import { startEmbedded } from ${JSON.stringify(new URL('../../src/db/embedded.ts', import.meta.url).href)}
    console.log(JSON.stringify(await startEmbedded({ dir: ${JSON.stringify(dir)}, fsync: false })))
    setTimeout(() => {}, 60_000)`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}
