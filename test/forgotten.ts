import { expect } from 'vitest'
import type { House } from './house.ts'
import type { Phone } from './people.ts'

export const citizenId = async ({ db }: House, { id }: Phone): Promise<number> =>
  (await db.run<{ id: number }>('select id from citizens where external_id = $1', [id]))[0]?.id ?? 0

export const confirmsForget = async (phone: Phone): Promise<void> => {
  phone.says('/forget')
  await phone.hears('Удалить ваши данные?')
  await phone.presses('Удалить всё')
}

/** Has everything erased; the number on the receipt. */
export const forgets = async (phone: Phone): Promise<string> => {
  await confirmsForget(phone)
  return /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec((await phone.hears('Квитанция')).text ?? '')?.[0] ?? ''
}

/** Kept of a forgotten citizen: a row without a name or a way to them, numbers and dates. */
const KEPT = ['appeals', 'consents', 'events', 'audit']

export const expectGone = async (house: House, id: number, externalId: number): Promise<void> => {
  const columns = await house.db.run<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and column_name in ('citizen_id', 'citizen', 'current_citizen')`,
  )
  expect(columns.length).toBeGreaterThan(6)
  for (const { table, column } of columns.filter((one) => !KEPT.includes(one.table)))
    expect(await house.db.run(`select 1 from ${table} where ${column} = $1`, [id]), table).toEqual([])
  expect(await house.db.run('select 1 from keys.citizen_keys where citizen = $1', [id])).toEqual([])
  expect(
    await house.db.run('select 1 from messages m join appeals a on a.id = m.appeal_id where a.citizen_id = $1', [id]),
  ).toEqual([])
  expect(await house.db.run('select 1 from outbox where lane = $1', [`citizen:${id}`])).toEqual([])
  const [row] = await house.db.run<{ name: Buffer; external_id: number }>(
    'select name, external_id from citizens where id = $1',
    [id],
  )
  expect(row?.name).toHaveLength(10)
  expect(row?.external_id).toBe(-id)
  // The last traces of Telegram's id go a moment later.
  await house.db.run(`update inbox set due_at = now() where key like 'timer:scrub:%' and state = 'later'`)
  const left = async () => [
    ...(await house.db.run(`select key from inbox where lane = $1 and state = 'done' and key like 'timer:%'`, [
      `private:${externalId}`,
    ])),
    ...(await house.db.run(`select key from outbox where lane = $1`, [`chat:${externalId}`])),
  ]
  while ((await left()).length > 0) await new Promise((resolve) => setTimeout(resolve, 100))
}

/** Not a column of any table that is in clear holds Telegram's id, nor the name of a lane made of it. */
export const expectNoTrace = async ({ db }: House, externalId: number): Promise<void> => {
  const columns = await db.run<{ table: string; column: string; type: string }>(
    `select format('%I.%I', table_schema, table_name) as table, format('%I', column_name) as column, data_type as type
     from information_schema.columns
     where table_schema in ('public', 'keys') and data_type in ('bigint', 'integer', 'text', 'json', 'jsonb', 'ARRAY')`,
  )
  expect(columns.length).toBeGreaterThan(100)
  const found: string[] = []
  for (const { table, column } of columns) {
    const rows = await db.run(
      `select 1 from ${table} where ${column}::text ~ ('(^|\\D)' || $1::text || '(\\D|$)') limit 1`,
      [String(externalId)],
    )
    if (rows.length > 0) found.push(`${table}.${column}`)
  }
  expect(found).toEqual([])
}
