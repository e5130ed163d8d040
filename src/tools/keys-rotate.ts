import { rotate } from '../db/rotate.ts'
import { dataKey } from '../db/seal.ts'
import { audit } from '../desk/audit.ts'
import { dataKeyOf } from '../storage.ts'
import { atDatabase } from './at-database.ts'

/** npm run keys:rotate: seals by DATA_KEY whatever the keys in DATA_KEY_OLD had sealed. The desk may run meanwhile. */
const done = await atDatabase(async (db, config) => {
  const now = dataKey(dataKeyOf(config))
  const older = config.olderKeys?.map(dataKey) ?? []
  if (older.length === 0) return null
  const counts = await rotate(db, now, older)
  const key = `rotate_keys:${now.id}:${Date.now()}`
  await audit(db, { key, actor: { kind: 'system' }, action: 'rotate_keys', data: { ...counts, to: now.id } })
  return counts
})
if (done === null) {
  console.error('Set DATA_KEY to the new key and DATA_KEY_OLD to the old one, for this command and for every replica.')
  process.exit(1)
}
console.log(
  `${done.citizens} citizens' keys and ${done.rows} rows are sealed by the new DATA_KEY. Run it once more: it must find none.`,
)
