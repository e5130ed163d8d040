import { setImmediate } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { searches } from '../db/schema-sight.ts'
import { normalise, wordsOf } from './answers/normalise.ts'
import { stemOf } from './answers/stems.ts'
import { type Content, textOf } from './content.ts'
import type { Desk } from './desk.ts'
import type { Operator } from './operators.ts'

/** What was looked for and found, newest first. `looked`: how many appeals were opened for it; null: an index knew. */
export type Search = { id: number; by: 'digits' | 'words'; found: number[]; looked: number | null; operator: number }

const MOST_APPEALS = 2_000
const MOST_FOUND = 200
const SLICE = 40
/** Shorter words are everywhere. */
const SHORTEST = 2

/** The appeals of citizens who left a phone that ends with these four digits, in the operator's lines. */
export const byDigits = async (desk: Desk, operator: Operator, digits: string): Promise<number[]> => {
  const rows = await desk.db.run<{ id: number }>(
    `select a.id from contact_marks m join appeals a on a.citizen_id = m.citizen_id
     where m.mark = any (array(select json_array_elements_text($1::json))) and ($2::json is null or a.line in (select json_array_elements_text($2::json)))
       and a.barred_id is distinct from $3
     order by a.id desc limit $4`,
    [JSON.stringify(desk.keys.marks(digits)), linesOf(operator), operator.id, MOST_FOUND],
  )
  return rows.map(({ id }) => id)
}

/**
 * Texts are sealed, so a word can only be found by opening them: of the newest 2,000 appeals of one's lines, a slice at a time,
 * so that others are answered in between.
 */
export const byWords = async (
  desk: Desk,
  operator: Operator,
  words: string,
): Promise<{ found: number[]; looked: number }> => {
  const wanted = rootsOf(words)
  const newest = await newestOf(desk, operator)
  const found: number[] = []
  let looked = 0
  for (let from = 0; from < newest.length && found.length < MOST_FOUND; from += SLICE) {
    const slice = newest.slice(from, from + SLICE)
    const texts = await textsOf(desk, slice)
    found.push(...slice.filter((id) => wanted.every((root) => texts.get(id)?.includes(root))))
    looked += slice.length
    await setImmediate()
  }
  return { found, looked }
}

/** Without any word there is nothing to look for. */
export const rootsOf = (words: string): string[] =>
  wordsOf(normalise(words))
    .filter((word) => word.length >= SHORTEST)
    .map(stemOf)

export const newestOf = async (desk: Desk, operator: Operator): Promise<number[]> => {
  const rows = await desk.db.run<{ id: number }>(NEWEST, [linesOf(operator), operator.id, MOST_APPEALS])
  return rows.map(({ id }) => id)
}

// Line by line, so that a line with few appeals does not make the desk read all others.
const NEWEST = `
  select a.id from (select id from lines where $1::json is null or id in (select json_array_elements_text($1::json))) l
  cross join lateral (
    select id from appeals where line = l.id and barred_id is distinct from $2 order by id desc limit $3) a
  order by a.id desc limit $3`

const linesOf = ({ lines }: Operator): string | null => (lines.length === 0 ? null : JSON.stringify(lines))

export const textsOf = async (desk: Desk, slice: number[]): Promise<Map<number, string>> => {
  const rows = await desk.db.run<{ appeal: number; body: Buffer }>(
    `select appeal_id as appeal, body from messages
     where appeal_id in (select value::bigint from json_array_elements_text($1::json)) order by appeal_id, id`,
    [JSON.stringify(slice)],
  )
  const texts = new Map<number, string>()
  for (const { appeal, body } of rows) {
    const content = await desk.keys.open<Content>(body).catch(() => null)
    if (content) texts.set(appeal, `${texts.get(appeal) ?? ''} ${normalise(textOf(content))}`)
  }
  return texts
}

type Kept = Omit<Search, 'id' | 'operator'>

/** Kept sealed for a day, so that its further pages need no second search; a repeated update keeps it once. */
export const keep = async (desk: Desk, { key, operator, search }: { key: string; operator: number; search: Kept }) => {
  const body = desk.keys.own(search)
  const [row] = await desk.db.query
    .insert(searches)
    .values({ key, operatorId: operator, body })
    .onConflictDoUpdate({ target: searches.key, set: { body } })
    .returning({ id: searches.id })
  return { id: row?.id ?? 0, operator, ...search } satisfies Search
}

export const kept = async (desk: Desk, id: number): Promise<Search | null> => {
  const [row] = await desk.db.query.select().from(searches).where(eq(searches.id, id))
  const search = row && (await desk.keys.open<Kept>(row.body))
  return row && search ? { id: row.id, operator: row.operatorId, ...search } : null
}
