import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { OLGA, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { newCitizen } from '../people.ts'

const read = (file: string): string => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
type Rule = { alert: string; expr: string; annotations: { runbook: string } }
const rules = (parse(read('monitoring/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (one) => one.rules,
)
const board = JSON.parse(read('monitoring/grafana.json')) as { panels: { targets: { expr: string }[] }[] }
const exprs = [
  ...rules.map(({ expr }) => expr),
  ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
]

let house: House
let port = 0
beforeAll(async () => {
  house = await openHouse({ replicas: 0 })
  port = (await house.replica()).port
})
afterAll(() => house.stop())

const page = async (path: string) => await (await fetch(`http://127.0.0.1:${port}/${path}`)).text()

test('every metric that the dashboard and the alert rules name is there, with the labels they ask for', async () => {
  const citizen = newCitizen(house.sandbox, 'ru', 'Ефросинья')
  citizen.says('не приходит код из смс на телефон')
  await citizen.hears('код')
  const { desk, citizen: other, number } = await takenAppeal(house.sandbox, { text: 'Тайное дело о квартире' })
  desk.says('Отвечаю по делу')
  await other.hears('Отвечаю')
  // Something that waits, or nothing would be late.
  await house.db.run(
    `insert into inbox (key, lane, state, owner, lease_until, due_at)
     values ('tg:waits', 'private:1', 'working', 'nobody', now() + interval '1 hour', now() - interval '90 s')`,
  )
  await house.db.run(
    `insert into outbox (key, lane, kind, priority, state, owner, lease_until, not_before)
     values ('waits', 'citizen:900', 'send', 3, 'sending', 'nobody', now() + interval '1 hour', now() - interval '90 s')`,
  )
  const text = await page('metrics')
  expect(text).toMatch(/okoshko_inbox_lag_seconds\{from="private"\} 9\d/)
  const known = new Map<string, Set<string>>()
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z_:]+)(?:\{([^}]*)\})? /gm))
    known.set(
      name,
      new Set([...(known.get(name) ?? []), ...[...labels.matchAll(/([a-z_]+)="/g)].map(([, label = '']) => label)]),
    )
  for (const [, name = ''] of text.matchAll(/^# TYPE ([a-z_]+) /gm)) known.set(name, known.get(name) ?? new Set())
  const named = [...new Set(exprs.flatMap((expr) => expr.match(/\b(okoshko|process|nodejs)_[a-z0-9_]+/g) ?? []))]
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((name) => !text.includes(`\n${name}`))).toEqual([])
  for (const expr of exprs)
    for (const [, name = '', labels = ''] of expr.matchAll(/\b(okoshko_[a-z_]+)\{([^}]*)\}/g))
      for (const [, label = ''] of labels.matchAll(/([a-z_]+)(?:=|!=)/g))
        expect([...(known.get(name) ?? [])], `${name} has ${label}`).toContain(label)

  // Nothing of anybody: no words, names, numbers or ids. A measured value may look like an id by chance, so those are left out.
  const said = text.replace(/ [-+.\de]+$/gm, '')
  for (const secret of [
    'Ефросинья',
    'квартир',
    'Отвечаю',
    number,
    number.replaceAll('-', ''),
    String(citizen.id),
    String(OLGA),
  ])
    expect(said).not.toContain(secret)
  expect(text).toMatch(/okoshko_updates_total\{from="private",outcome="done"\} [1-9]/)
  expect(text).toMatch(/okoshko_answers_total\{verdict="(answer|suggest)"\} 1/)
  expect(text).toMatch(/okoshko_sends_total\{kind="send",outcome="sent"\} [1-9]/)
  expect(text).toMatch(/okoshko_first_answer_seconds\{line="services",quantile="0.5"\} /)
  expect(text).toContain('okoshko_database_up 1')
})

test('every alert has its place in the runbook', () => {
  const runbook = read('runbook.md')
  const heads = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, head]) => head)
  for (const { alert, annotations } of rules) {
    expect(heads).toContain(alert)
    expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`)
    const part = runbook.split(`## ${alert}\n`)[1]?.split('\n## ')[0] ?? ''
    for (const question of ['**Means:**', '**People feel:**', '**Do:**']) expect(part, alert).toContain(question)
  }
  expect(heads.filter((head) => head?.startsWith('Okoshko'))).toHaveLength(rules.length)
})

test('/ready tells what is missing', async () => {
  expect(await page('ready')).toBe('ready')
  await house.db.run('alter table drizzle.__drizzle_migrations rename to gone')
  expect(await page('ready')).not.toBe('ready')
  await house.db.run('alter table drizzle.gone rename to __drizzle_migrations')
  const [last] = await house.db.run<{ id: number; hash: string; created_at: number }>(
    'delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations) returning *',
  )
  expect(await page('ready')).toBe('migrations')
  await house.db.run('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
    last?.hash ?? '',
    last?.created_at ?? 0,
  ])
  expect(await page('ready')).toBe('ready')
})
