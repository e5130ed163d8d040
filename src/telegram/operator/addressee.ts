import type { Appeal } from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import * as complaints from '../../desk/complaints.ts'
import { LINES, type Line } from '../../desk/desk.ts'
import type { Operator } from '../../desk/operators.ts'
import { type Colleague, everybody, worksIn } from '../../desk/people.ts'
import type { Ctx } from '../context.ts'

/** Whom an appeal may go to, and what is said with it. */
export type Addressee = { line?: Line; person?: Colleague; note: string }

/** «мошенники просили код», «Марина перезвоните ей»: the first word names a line or one colleague, the rest is the note. */
export const addressee = async (ctx: Ctx, words: string, within: Colleague[]): Promise<Addressee> => {
  const [first = '', ...rest] = words.trim().split(/\s+/)
  const note = rest.join(' ')
  const wanted = first.toLowerCase()
  if (wanted === '') return { note: '' }
  const line = LINES.find((one) => one === wanted) ?? lineStarting(ctx, wanted)
  if (line) return { line, note }
  const named = within.filter(({ name }) => name.toLowerCase().split(/\s+/)[0]?.startsWith(wanted.replace(/^@/, '')))
  const [person] = named
  return person && named.length === 1 ? { person, note } : { note: '' }
}

/** Colleagues who may have this appeal in hand now: at work, in its line, in its group – and with room, unless a senior asks. */
export const reachable = async (ctx: Ctx, appeal: Appeal, by: { above: boolean }): Promise<Colleague[]> => {
  const { desk } = ctx.house
  const seniors = await complaints.seniors(desk)
  const fit = (await everybody(desk)).filter(
    (one) => one.online && (one.room || by.above) && one.id !== appeal.ownerId && worksIn(one, appeal.line),
  )
  const may: Colleague[] = []
  for (const one of fit) {
    const member = (await ctx.house.isMember(ctx.chat?.id ?? 0, one.externalId)) === true
    if (authorize({ kind: 'operator', operator: one as Operator, member, seniors }, 'take', appeal).allowed)
      may.push(one)
  }
  return may
}

/** «в бухгалтерию» names no line, though one begins with that letter. */
const LEAST = 3

const lineStarting = (ctx: Ctx, wanted: string): Line | undefined =>
  wanted.length < LEAST ? undefined : LINES.find((line) => ctx.t(`line.${line}`).toLowerCase().startsWith(wanted))
