import type { Db } from './client.ts'
import { marking } from './keyring.ts'
import { type DataKey, headOfData, openWith, sealWith } from './seal.ts'

const BATCH = 500

type Rotated = { citizens: number; rows: number; marks: number }

/**
 * Everything that older DATA_KEYs sealed is sealed by the new one: the citizens' keys are wrapped anew – their texts stay as
 * they are – and each sealed column of the rest, and the marks of phones are made anew. A row that changed meanwhile is left to its writer, who has the new key.
 * Ended in the middle, it goes on where it was.
 */
export const rotate = async (db: Db, now: DataKey, older: DataKey[]): Promise<Rotated> => {
  let citizens = 0
  let rows = 0
  let marks = 0
  for (const old of older.filter(({ id }) => id !== now.id)) {
    citizens += await rewrap(db, now, old)
    for (const { table, column } of await sealedColumns(db)) rows += await reseal(db, { table, column }, { now, old })
    marks += await remark(db, now, old)
  }
  return { citizens, rows, marks }
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

/** A mark cannot be opened, but of four digits there are only so many: each old one is known by making it again. */
const remark = async (db: Db, now: DataKey, old: DataKey): Promise<number> => {
  const [marksNow, marksOld] = [marking([now.key]), marking([old.key])]
  let total = 0
  for (let from = 0; from < ENDINGS; from += BATCH) {
    const endings = Array.from({ length: BATCH }, (_, n) => String(from + n).padStart(4, '0'))
    const pairs = endings.map((ending) => [marksOld(ending)[0], marksNow(ending)[0]])
    const moved = await db.run(MOVE_MARKS, [JSON.stringify(Object.fromEntries(pairs))])
    total += moved.length
  }
  return total
}

const ENDINGS = 10_000
const MOVE_MARKS = `
  with old as (
    delete from contact_marks m using json_each_text($1::json) pair where m.mark = pair.key
    returning m.citizen_id, m.at, pair.value as mark
  ), made as (
    insert into contact_marks (citizen_id, mark, at) select citizen_id, mark, at from old on conflict do nothing
  )
  select 1 from old`
