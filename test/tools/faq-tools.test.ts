import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { projectFolder } from '../../src/tools/source-files.ts'

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'okoshko-faq-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const run = (tool: string, args: string[] = []) => {
  const script = join(projectFolder, 'src', 'tools', tool)
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: folder() }
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: projectFolder, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (part) => {
    errors += part
  })
  const lines: string[] = []
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line))
  return { child, reader, lines, errors: () => errors, ended: once(child, 'close') }
}

test('try -- faq: a line in, a JSON line out, always with the three best', { timeout: 120_000 }, async () => {
  const asked = [
    'ghbdtn',
    'parol zabyl',
    JSON.stringify('не приходит\nкод из смс'),
    '"',
    '',
    'рецепт борща',
    'how do I call from abroad',
  ]
  const { child, lines, ended } = run('try.ts', ['faq'])
  child.stdin.end(`${asked.join('\n')}\n`)
  await ended
  expect(child.exitCode).toBe(0)
  const found = lines.map((line) => JSON.parse(line))
  expect(found).toHaveLength(asked.length)
  for (const { verdict, entries, ...more } of found) {
    expect(['answer', 'suggest', 'none']).toContain(verdict)
    expect(entries).toHaveLength(3)
    for (const entry of entries)
      expect(entry).toEqual({ id: expect.stringMatching(/^[a-z_]+\.[a-z_]+$/), score: expect.any(Number) })
    expect(more).toEqual({})
  }
  const first = found.map(({ verdict, entries: [best] }) => `${verdict} ${best.id}`)
  expect(first[0]).toMatch(/^none/)
  expect(first[1]).toBe('answer access.forgot_password')
  expect(first[2]).toBe('answer access.no_code')
  expect(first[5]).toMatch(/^none/)
  expect(first[6]).toBe('answer contact.abroad')
})

test('try says what can be tried', async () => {
  const { child, errors, ended } = run('try.ts', ['tea'])
  await ended
  expect(child.exitCode).toBe(2)
  expect(errors()).toContain('faq|fraud|secrets')
})

test('faq:eval: by kind, language and entry, the worst confusions, bounds, milliseconds and memory', {
  timeout: 120_000,
}, async () => {
  const file = join(folder(), 'questions.tsv')
  const rows = [
    'lang\tquestion\ttopic ids\tkind\tsource',
    'ru\tкуда деваются мои эсэмэски со входным кодом\taccess.no_code\twritten\tx',
    'ru\tгде купить дирижабль\tnone\tnone\tx',
    'en\tthe page refuses to take my scan\tportal.upload_failed\tenglish\tx',
    'en\tthe page refuses to take my scan\tcontact.hours\tenglish\tx',
  ]
  writeFileSync(file, rows.join('\n'))
  const { child, lines, ended } = run('faq-eval.ts', [file, '--misses'])
  await ended
  expect(child.exitCode).toBe(0)
  const said = lines.join('\n')
  for (const part of [
    'by kind',
    'by language',
    'by entry',
    'worst confusions',
    'bounds of a direct answer',
    'misses',
  ]) {
    expect(said).toContain(`\n${part}\n`)
  }
  expect(said).toMatch(/^all +3 +66\.7 +66\.7/m)
  expect(said).toContain('1 × contact.hours taken for portal.upload_failed')
  expect(said).toMatch(/ms a question: median [\d.]+, p99 [\d.]+, worst [\d.]+/)
  expect(said).toMatch(/^memory: \d+ MiB/m)
})

test('faq:preview opens the sandbox at the entry, with data of its own', { timeout: 120_000 }, async () => {
  const { child, reader, lines, ended } = run('faq-preview.ts', ['access.no_code'])
  while (!lines.some((line) => line.includes('Ctrl-C'))) await once(reader, 'line')
  const url = lines.find((line) => line.startsWith('http')) ?? ''
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#citizen=1001&start=access-no_code$/)
  expect((await fetch(url)).status).toBe(200)
  child.kill('SIGTERM')
  await ended
  expect(child.exitCode).toBe(0)
})

test('faq:preview names the entries there are', { timeout: 120_000 }, async () => {
  const { child, errors, ended } = run('faq-preview.ts', ['access.nothing'])
  await ended
  expect(child.exitCode).toBe(2)
  expect(errors()).toContain('access.no_code')
})
