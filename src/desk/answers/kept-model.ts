import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { ConceptTable } from './concepts.ts'
import type { Model } from './model.ts'
import type { Phrases } from './phrases.ts'

/** All that the search learns from. */
export type Library = { phrases: Phrases; concepts: ConceptTable }

/** To be raised when features or training change: kept models of another make are made again. */
const MAKE = 5
const KEPT = 3

/** The same library has the same name, whoever reads it. */
export const nameOf = (library: Library): string =>
  createHash('sha256')
    .update(JSON.stringify([MAKE, library.phrases, library.concepts]))
    .digest('hex')
    .slice(0, 24)

/** The model of this name, or null when there is none that can be used. */
export async function keptModel(dir: string, name: string): Promise<Model | null> {
  try {
    const model: unknown = deserialize(await readFile(fileOf(dir, name)))
    return isModel(model) ? model : null
  } catch {
    return null
  }
}

/** Written beside and moved into place, so that a reader on another replica never sees half a model. */
export async function keepModel(dir: string, name: string, model: Model): Promise<void> {
  await mkdir(dir, { recursive: true })
  const draft = join(dir, `${randomUUID()}.draft`)
  await writeFile(draft, serialize(model))
  await rename(draft, fileOf(dir, name))
  await dropOld(dir)
}

const fileOf = (dir: string, name: string): string => join(dir, `${name}.model`)

async function dropOld(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((file) => file.endsWith('.model'))
  const dated = await Promise.all(names.map(async (file) => ({ file, at: (await stat(join(dir, file))).mtimeMs })))
  const old = dated.sort((one, other) => other.at - one.at).slice(KEPT)
  await Promise.all(old.map(({ file }) => rm(join(dir, file), { force: true })))
}

function isModel(value: unknown): value is Model {
  if (typeof value !== 'object' || value === null) return false
  const { ids, foreign, ours, phrases, keys, rarity, scales, weights, bias } = value as Partial<Model>
  const named = Array.isArray(ids) && Array.isArray(foreign)
  const words = ours instanceof Uint32Array && phrases instanceof Uint32Array && keys instanceof Uint32Array
  const whole = rarity instanceof Float32Array && scales instanceof Float32Array && bias instanceof Float32Array
  if (!(named && words && whole && weights instanceof Int8Array)) return false
  return weights.length === keys.length * ids.length && rarity.length === keys.length && bias.length === ids.length
}
