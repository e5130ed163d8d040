import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

export const template = 'okoshko_template'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** A migrated, empty database of one's own. Call it in beforeAll, and drop() in afterAll once all connections are closed. */
export function testDatabase(): Promise<TestDatabase> {
  return createDatabase(`TEMPLATE ${template} STRATEGY FILE_COPY`)
}

/** A database without any table, for tests of the migrations themselves. */
export function emptyDatabase(how = "TEMPLATE template0 ENCODING 'UTF8'"): Promise<TestDatabase> {
  return createDatabase(how)
}

async function createDatabase(how: string): Promise<TestDatabase> {
  const server = inject('databaseServer')
  const name = `okoshko_${randomBytes(6).toString('hex')}`
  await onServer(server, `CREATE DATABASE ${name} ${how}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

async function onServer(server: string, statement: string): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}
