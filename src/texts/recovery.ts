import { z } from 'zod'

const text = z.string().trim().min(1, 'is empty')

/** Ways back into the account: what may be the matter, and what to try, one step after the other. */
export const recoverySchema = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z]{1,20}$/, 'is no id like nocode'),
      title: text,
      /** The answer it belongs to; that answer's line of work goes on with it. */
      entry: text,
      steps: z.array(text).min(1, 'is empty').max(8, 'has more than eight steps'),
    }),
  )
  .min(1, 'has no ways')

export type RecoveryFile = z.infer<typeof recoverySchema>
export type RecoveryPath = RecoveryFile[number]
