import { z } from 'zod'
import { LINES } from './schema.ts'

const minutes = z.int().positive()
const byLine = z
  .strictObject({ default: minutes })
  .extend(
    Object.fromEntries(LINES.map((line) => [line, minutes.optional()])) as Record<
      (typeof LINES)[number],
      z.ZodOptional<typeof minutes>
    >,
  )
const limit = (tell: number, over: number) =>
  z
    .strictObject({ tell: z.int().positive(), over: z.int().nonnegative() })
    .refine((one) => one.over < one.tell, 'is over only below the point from which it is told')
    .default({ tell: tell, over: over })

/** What the desk wants to reach, and the limits from which its seniors are told. A file is not needed. */
export const targetsSchema = z.strictObject({
  plan: z
    .strictObject({ first_answer: byLine, closing: byLine, share: z.int().min(1).max(100) })
    .default({ first_answer: { default: 30 }, closing: { default: 480 }, share: 90 }),
  alerts: z
    .strictObject({
      oldest_waiting: limit(60, 20),
      queue_length: limit(40, 25),
      undelivered: limit(10, 0),
      ambiguous: limit(20, 5),
      quarantined: limit(1, 0),
      database_away: limit(60, 0),
    })
    .prefault({}),
})

export type Targets = z.infer<typeof targetsSchema>
export type AlertKind = keyof Targets['alerts']
