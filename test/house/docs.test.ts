import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '../../src/tools/source-files.ts'

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8')
const guides = ['README.md', ...readdirSync(join(projectFolder, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
)
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

test('the README stays short', () => {
  expect(read('README.md').split('\n').length - 1).toBeLessThanOrEqual(110)
})

test.each(guides)('%s leads nowhere that is not there', (path) => {
  const text = read(path)
  const links = found(text, /\]\((?!https?:|#)([^)#]+)/g).map((link) => join(dirname(path), link))
  const named = found(text, /(?<![\w/.-])((?:src|test|docs|drizzle|locales)\/[\w./-]*[\w/])(?![\w*<…])/g)
  expect([...links, ...named].filter((place) => !existsSync(join(projectFolder, place)))).toEqual([])
})

test.each(guides)('%s names only commands there are', (path) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = found(read(path), /(?:`| {4}|&& |; |\| )npm (?:run )?(?:-s )?([a-z:]+)/g).filter(
    (name) => name !== 'install' && name !== 'run',
  )
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('the README names every setting and no other', () => {
  const settings = found(read('src/config.ts'), /^ {2}([A-Z_]+): (?:optional|ids)/gm)
  const table = read('README.md').split('## Settings')[1]?.split('\n## ')[0] ?? ''
  const named = found(table, /^\| (.+?) \|/gm).flatMap((cell) => found(cell, /`([A-Z_]+)`/g))
  expect(named.sort()).toEqual(settings.sort())
})

test('the guides name every command of operators and of admins', () => {
  const lead = read('src/telegram/lead.ts')
  const commands = (name: string) => found(new RegExp(`const ${name} = \\[([^\\]]+)`).exec(lead)?.[1] ?? '', /'(\w+)'/g)
  const missing = (paths: string[], names: string[]) => {
    const words = paths.map(read).join('\n')
    return names.filter((name) => !words.includes(`/${name}`))
  }
  expect(commands('OPERATOR').length).toBeGreaterThan(8)
  expect(missing(['README.md', 'docs/operators.md'], commands('OPERATOR'))).toEqual([])
  expect(missing(['docs/admins.md'], commands('ADMIN'))).toEqual([])
})

test('pictures are small', () => {
  const folder = join(projectFolder, 'docs', 'pictures')
  const sizes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size] as const)
  expect(sizes.filter(([, size]) => size > 300_000)).toEqual([])
})
