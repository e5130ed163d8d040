import type { Appeal } from './appeals.ts'
import type { Content } from './content.ts'
import type { Desk } from './desk.ts'
import { neverSent } from './guard.ts'
import * as handoff from './handoff.ts'
import * as held from './held.ts'
import type { Vars } from './letters.ts'
import type { Spoken } from './messages.ts'
import type { Talk } from './talk.ts'
import { answerPlainly } from './talk-operator.ts'

/** Why an answer is kept back, as a phrase of locales that its author reads. */
export type Stop = { phrase: string; vars?: Vars }
/** Looks at words on their way to a citizen: an answer, an edit of one, a canned reply. */
export type Guard = (desk: Desk, words: { appeal: Appeal; content: Content }) => Stop | null | Promise<Stop | null>

/** Asked in this order; the first that stops the words is the one whose reason is told. */
export const GUARDS: Guard[] = [neverSent]

export const stopped: Guard = async (desk, words) => {
  for (const guard of GUARDS) {
    const stop = await guard(desk, words)
    if (stop) return stop
  }
  return null
}

/** The owner speaks: it goes to the citizen unless a guard stops it. An album is stopped as a whole. `going`: it is on the wire. */
export const answer = async (
  desk: Desk,
  appeal: Appeal,
  { talk, ...spoken }: Spoken & { talk?: Talk },
): Promise<'going' | 'sent' | 'held'> => {
  const { said } = spoken
  const stop =
    (await stopped(desk, { appeal, content: said.content })) ?? (said.album ? await held.stopOf(desk, said) : null)
  const plainly = !stop && talk && (await answerPlainly(desk, talk, spoken))
  if (plainly) return plainly === 'going' ? 'going' : 'sent'
  // Null: nobody's answer any more, because the appeal changed hands a moment ago.
  if (!stop && (await handoff.answer(desk, appeal, spoken)) !== null) return 'sent'
  await held.hold(desk, appeal, { ...spoken, stop })
  return 'held'
}

/** Whether an answer is still on its way, into a chat that Telegram has not asked to leave alone. */
export const waits = async (desk: Desk, { at, album }: Spoken['said'], chat: number): Promise<boolean> => {
  const key = album === undefined ? `relay:${at.chat}:${at.message}` : `album:${at.chat}:${album}`
  const rows = await desk.db.run(
    `select 1 from outbox o left join pace p on p.chat = $2
     where o.key = $1 and o.state in ('new', 'sending', 'ambiguous') and (p.not_before is null or p.not_before <= now())`,
    [key, chat],
  )
  return rows.length > 0
}
