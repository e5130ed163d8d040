import { head, verify } from '../desk/audit-chain.ts'
import { atDatabase } from './at-database.ts'

/** npm run audit:verify [-- POSITION:HASH]: walks the chain, and may hold it against an end that was written down earlier. */
const [, position, hash] = /^(\d+):([0-9a-f]{64})$/.exec(process.argv[2] ?? '') ?? []
const known = position && hash ? { position: Number(position), hash } : undefined

const [broken, end] = await atDatabase(async (db) => [await verify(db, known), await head(db)] as const)
if (broken === null) {
  console.log(
    `The audit is whole: ${end.position} entries. Its end, to be kept elsewhere:\n${end.position}:${end.hash}`,
  )
} else {
  const entry = broken.id === null ? 'is missing' : `(id ${broken.id}) is not what was sealed`
  console.error(`The audit is broken: entry ${broken.position} ${entry}. Nothing after it is proven.`)
}
process.exit(broken === null ? 0 : 1)
