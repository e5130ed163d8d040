import { z } from 'zod'
import { FLOWS, LINES } from './schema.ts'

const text = z.string().trim().min(1, 'is empty')
const phrase = z.union([text, z.number().transform(String)])
const id = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/, 'is no id like access.no_code')

// A key that nothing follows is an empty list.
function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((list) => list ?? [])
}

const entrySchema = z.strictObject({
  id: id.max(48, 'is too long for a button'),
  title: text,
  answer: text,
  ask: listOf(phrase),
  words: listOf(phrase),
  see: listOf(id),
  line: z.enum(LINES, 'is no line of work').optional(),
  flow: z.enum(FLOWS, 'is no flow of the bot').nullable().default(null),
})

/** A section is one file of `locales/<language>/faq`. */
export const faqSchema = z.strictObject({
  section: id,
  order: z.number(),
  title: text,
  line: z.enum(LINES, 'is no line of work'),
  entries: z.array(entrySchema).min(1, 'has no entries'),
})

const list = z.array(text).min(1, 'is empty')

export const fraudSchema = z.strictObject({
  intro: text,
  signs: list,
  never: list,
  happened: list,
  verify: list,
  handoff: text,
})

/** What is filled in when a canned reply is sent: whom it is for, what about, and who writes. */
export const IN_REPLIES: ReadonlySet<string> = new Set(['citizen', 'number', 'operator'])

/** `file`: lies in locales/<language>/files and goes with the words. */
export const repliesSchema = z.array(
  z.strictObject({
    id: id.max(30, 'is too long for a button'),
    title: text,
    text,
    line: z.enum(LINES, 'is no line of work').nullable().default(null),
    file: z
      .string()
      .regex(/^[\w-]+\.[a-z0-9]{2,5}$/, 'is no name of a file')
      .optional(),
  }),
)

export type FaqFile = z.infer<typeof faqSchema>
export type FaqEntry = z.infer<typeof entrySchema>
export type FraudFile = z.infer<typeof fraudSchema>
export type Reply = z.infer<typeof repliesSchema>[number]

export type Entry = {
  id: string
  section: string
  title: string
  answer: string
  ask: string[]
  words: string[]
  see: string[]
  line: string
  flow: string | null
}
export type Section = { id: string; title: string; line: string; entries: string[] }
