import type { Tx } from './desk.ts'

type Reference = { table: string; column: string; optional: boolean; has_id: boolean }

/** Which columns of which tables name rows of this one, as the database itself says: a new table is never overlooked. */
export const referencesTo = async (tx: Tx, table: string): Promise<Reference[]> =>
  await tx.run<Reference>(
    `select c.conrelid::regclass::text as table, quote_ident(a.attname) as column, not a.attnotnull as optional,
       exists (select 1 from pg_attribute i where i.attrelid = c.conrelid and i.attname = 'id') as has_id
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = $1::regclass and cardinality(c.conkey) = 1
     order by 1, 2`,
    [table],
  )

/** Removes rows with everything that hangs on them; where a row can do without what goes, it forgets it instead. */
export const removeRows = async (
  tx: Tx,
  { table, column, ids }: { table: string; column: string; ids: number[] },
): Promise<void> => {
  if (ids.length === 0) return
  const which = `${column} in (select value::bigint from json_array_elements_text($1::json))`
  const references = await referencesTo(tx, table)
  if (references.length > 0) {
    const rows = await tx.run<{ id: number }>(`select id from ${table} where ${which}`, [JSON.stringify(ids)])
    const gone = rows.map(({ id }) => id)
    for (const one of references) {
      if (one.optional) await unlink(tx, one, gone)
      else await removeRows(tx, { table: one.table, column: one.column, ids: gone })
    }
  }
  await tx.run(`delete from ${table} where ${which}`, [JSON.stringify(ids)])
}

const unlink = async (tx: Tx, { table, column }: Reference, ids: number[]): Promise<void> => {
  await tx.run(
    `update ${table} set ${column} = null
     where ${column} in (select value::bigint from json_array_elements_text($1::json))`,
    [JSON.stringify(ids)],
  )
}
