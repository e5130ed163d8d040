export class LostConnection extends Error {
  override name = 'LostConnection'
  readonly code = 'CONNECTION_LOST'
}

/** The storage is away, full, read-only or too busy: nobody's update is to blame, so nothing counts against it. */
export const isStorageFault = (error: unknown): boolean => {
  const code = sqlCode(error)
  return code !== null && (AWAY.has(code) || /^(08|53|57|58|25006|40001|40P01|55P03)/.test(code))
}

export const isReadOnly = (error: unknown): boolean => sqlCode(error) === '25006'

/** Another transaction was first; the same work may simply be tried again. */
export const isConflict = (error: unknown): boolean => ['40001', '40P01'].includes(sqlCode(error) ?? '')

export const isUniqueViolation = (error: unknown): boolean => sqlCode(error) === '23505'

/**
 * postgres.js 3.4.9 throws this outside every promise when a connection drops at the wrong moment. It says no more than that a
 * connection was lost, which the transaction learns by itself.
 */
export const isDriverSlip = (error: unknown): boolean =>
  error instanceof TypeError &&
  /reading '(write|state|end)'|null/.test(error.message) &&
  /node_modules\/postgres\//.test(error.stack ?? '')

const AWAY = new Set([
  'CONNECTION_LOST',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])

/** What a person can mend about DATABASE_URL, in one sentence; null for anything else. */
export const databaseRemedy = (error: unknown): string | null => REMEDIES[sqlCode(error) ?? ''] ?? null

const REMEDIES: Record<string, string> = {
  '28P01': 'PostgreSQL refuses the password in DATABASE_URL: correct it.',
  '28000': 'PostgreSQL does not let the user in DATABASE_URL in: correct the name, or create the user.',
  '3D000': 'The database that DATABASE_URL names does not exist: create it, or correct the name.',
  '42501': 'The user in DATABASE_URL may not create tables: make it the owner of the database.',
}

/** Drizzle wraps the driver's error as its cause. */
const sqlCode = (error: unknown): string | null => {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as Error & { code?: unknown }
    if (typeof code === 'string') return code
  }
  return null
}
