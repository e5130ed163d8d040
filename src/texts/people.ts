import { z } from 'zod'
import { LINES } from './schema.ts'

/** How long the owner of an appeal may leave its citizen without an answer, in working minutes. */
export type AnswerTerm = { remind: number; return: number }
export type PeopleRules = {
  capacity: number
  shiftHours: number
  answer: { default: AnswerTerm; lines: Partial<Record<string, AnswerTerm>> }
}

const term = z
  .strictObject({ remind: z.int().min(1), return: z.int().min(2).max(10_000) })
  .refine((one) => one.remind < one.return, 'reminds after the appeal has gone back')

/** locales/desk.yaml; the file and each of its keys may be left out. */
export const peopleSchema = z
  .strictObject({
    capacity: z.int().min(1).max(1_000).default(80),
    shift_hours: z.int().min(1).max(24).default(14),
    answer: z
      .strictObject({
        default: term.default({ remind: 30, return: 60 }),
        lines: z.partialRecord(z.enum(LINES), term).default({}),
      })
      .default({ default: { remind: 30, return: 60 }, lines: {} }),
  })
  .transform(({ capacity, shift_hours, answer }): PeopleRules => ({ capacity, shiftHours: shift_hours, answer }))

export const USUAL_PEOPLE: PeopleRules = peopleSchema.parse({})
