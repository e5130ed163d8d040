import type { Db } from '../src/db/client.ts'

/** Every value of every table, as text; what is bytes, as its bytes. */
export const dump = async (db: Db): Promise<{ table: string; bytes: Buffer }[]> => {
  const tables = await db.run<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const found = tables.map(async ({ name }) => {
    const rows = await db.run<{ row: string }>(`select t::text as row from ${name} t`)
    // A bytea is written as \x…: its bytes are looked at, too.
    const parts = rows.flatMap(({ row }) => [
      Buffer.from(row),
      ...[...row.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex')),
    ])
    return { table: name, bytes: Buffer.concat(parts) }
  })
  return await Promise.all(found)
}

/** The forms in which a word may hide. */
export const disguises = (word: string): Buffer[] => [
  Buffer.from(word),
  Buffer.from(word, 'utf16le'),
  Buffer.from(
    JSON.stringify(word).replaceAll(/[^\x20-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ),
  Buffer.from(Buffer.from(word).toString('hex')),
  Buffer.from(Buffer.from(word).toString('base64').slice(4, -4)),
]
