import { z } from 'zod'
import { LINES } from './schema.ts'
import type { TextSet } from './set.ts'
import { type Fault, faultAt } from './source.ts'

/** How long people wait before something is offered, asked or ended. Minutes and hours are working time of the line. */
export type Waiting = {
  /** In the queue, until another way is offered. */
  limitMinutes: number
  /** After an operator's answer without a word, until the citizen is asked; and then until the appeal is closed. */
  nudgeHours: number
  graceHours: number
  /** Which line takes over when the limit is passed. */
  reserve: (typeof LINES)[number] | null
}
export type WaitingFile = { default: Waiting; lines: Record<string, Waiting> }

const USUAL: Waiting = { limitMinutes: 30, nudgeHours: 9, graceHours: 9, reserve: null }

const part = z.strictObject({
  limit_minutes: z.int().positive().optional(),
  nudge_hours: z.number().positive().optional(),
  grace_hours: z.number().positive().optional(),
  reserve: z.enum(LINES).nullable().optional(),
})

export const waitingSchema = z
  .strictObject({ default: part, lines: z.partialRecord(z.enum(LINES), part).default({}) })
  .transform((written): WaitingFile => {
    const usual = filled(written.default, USUAL)
    const lines = Object.entries(written.lines).map(([line, one]) => [line, filled(one, usual)])
    return { default: usual, lines: Object.fromEntries(lines) as Record<string, Waiting> }
  })

function filled(written: z.infer<typeof part>, usual: Waiting): Waiting {
  return {
    limitMinutes: written.limit_minutes ?? usual.limitMinutes,
    nudgeHours: written.nudge_hours ?? usual.nudgeHours,
    graceHours: written.grace_hours ?? usual.graceHours,
    reserve: written.reserve === undefined ? usual.reserve : written.reserve,
  }
}

/** The numbers of a line; what no file says is as it always was. A line is never its own reserve. */
export const waitingOf = (file: WaitingFile | null, line: string): Waiting => {
  const found = file?.lines[line] ?? file?.default ?? USUAL
  return found.reserve === line ? { ...found, reserve: null } : found
}

export const waitingFaults = ({ waiting }: Pick<TextSet, 'waiting'>): Fault[] =>
  Object.entries(waiting?.data.lines ?? {}).flatMap(([line, { reserve }]) => {
    if (!waiting || reserve !== line || written(waiting.source.data, line) !== line) return []
    const message = `lines.${line}: names itself as its reserve`
    return [faultAt(waiting.source, ['lines', line, 'reserve'], { message, remedy: 'Name another line, or null' })]
  })

const written = (data: unknown, line: string): unknown =>
  (data as { lines?: Record<string, { reserve?: unknown }> }).lines?.[line]?.reserve
