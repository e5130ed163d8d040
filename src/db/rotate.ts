import type { Db } from './client.ts'
import { type DataKey, headOfData, openWith, sealWith } from './seal.ts'

const BATCH = 500

/**
 * Everything that older DATA_KEYs sealed is sealed by the new one: the citizens' keys are wrapped anew – their texts stay as
 * they are – and each sealed column of the rest. A row that changed meanwhile is left to its writer, who has the new key.
 * Ended in the middle, it goes on where it was.
 */
export const rotate = async (db: Db, now: DataKey, older: DataKey[]): Promise<{ citizens: number; rows: number }> => {
  let citizens = 0
  let rows = 0
  for (const old of older.filter(({ id }) => id !== now.id)) {
    citizens += await rewrap(db, now, old)
    for (const { table, column } of await sealedColumns(db)) rows += await reseal(db, { table, column }, { now, old })
  }
  return { citizens, rows }
}

const rewrap = async (db: Db, now: DataKey, old: DataKey): Promise<number> => {
  for (let total = 0; ; ) {
    const some = await db.run<{ citizen: number; wrapped: Buffer }>(
      'select citizen, wrapped from keys.citizen_keys where kek = $1 order by citizen limit $2',
      [old.id, BATCH],
    )
    for (const { citizen, wrapped } of some) {
      const again = sealWith(now.key, headOfData(now), openWith(old.key, wrapped))
      await db.run('update keys.citizen_keys set wrapped = $2, kek = $3 where citizen = $1 and kek = $4', [
        citizen,
        again,
        now.id,
        old.id,
      ])
    }
    total += some.length
    if (some.length < BATCH) return total
  }
}

type Column = { table: string; column: string }

/** As the database itself says, so that a new table is never overlooked. */
const sealedColumns = async (db: Db): Promise<Column[]> =>
  await db.run<Column>(
    `select format('%I.%I', table_schema, table_name) as table, format('%I', column_name) as column
     from information_schema.columns where table_schema = 'public' and data_type = 'bytea' order by 1, 2`,
  )

const reseal = async (db: Db, { table, column }: Column, { now, old }: { now: DataKey; old: DataKey }) => {
  for (let total = 0; ; ) {
    const some = await db.run<{ place: string; value: Buffer }>(
      `select ctid::text as place, ${column} as value from ${table} where substring(${column} from 1 for 10) = $1 limit $2`,
      [headOfData(old), BATCH],
    )
    for (const { place, value } of some) {
      const again = sealWith(now.key, headOfData(now), openWith(old.key, value))
      await db.run(`update ${table} set ${column} = $2 where ctid = ($1::text)::tid and ${column} = $3`, [
        place,
        again,
        value,
      ])
    }
    total += some.length
    if (some.length < BATCH) return total
  }
}
