import type { Desk, Tx } from './desk.ts'
import type { Step } from './trail.ts'

/** What an operator sees on the card: the way through the FAQ and the answers given in the conversation. */
export type Context = {
  trail: { kind: 'asked' | 'seen'; text: string | null; entry: string | null }[]
  /** Step name → what was answered; the questions' words are in locales. */
  answers: { step: string; text: string }[]
  flow: string
}

export const contextOf = (flow: string, steps: Step[], answers: Context['answers'] = []): Context => ({
  flow,
  answers,
  trail: steps.map(({ kind, text, entry }) => ({ kind, text, entry })),
})

export const sealContext = async (desk: Desk, citizen: number, context: Context, tx?: Tx): Promise<Buffer> =>
  await desk.keys.forCitizen(citizen, context, tx)

export const openContext = async (desk: Desk, sealed: Buffer): Promise<Context | null> =>
  await desk.keys.open<Context>(sealed)
