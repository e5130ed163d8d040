import type { Texts } from '../texts.ts'
import type { Desk } from './desk.ts'
import * as drafts from './drafts.ts'

/** One step of a way back into the account, and whether it helped. */
export type Tried = { path: string; step: number; worked: boolean }

const FRESH_MS = 7 * 24 * 60 * 60_000

/** Kept at once, by the press it came with. */
export const record = async (
  desk: Desk,
  citizen: number,
  { key, tried }: { key: string; tried: Tried },
): Promise<void> => {
  const draft = await drafts.begin(desk, citizen, { flow: 'recovery' })
  const content = { kind: 'text' as const, text: tried.worked ? 'yes' : 'no' }
  const said = { at: { chat: 0, message: 0 }, content }
  await drafts.answer(desk, draft, { step: `${tried.path}.${tried.step}`, key, said })
}

/** What was tried lately, oldest first. */
export const tried = async (desk: Desk, citizen: number): Promise<Tried[]> => {
  const draft = await drafts.kept(desk, citizen, 'recovery')
  if (!draft || Date.now() - draft.touchedAt.getTime() > FRESH_MS) return []
  return draft.answers.map(({ step, said }) => {
    const [path = '', number = ''] = step.split('.')
    return { path, step: Number(number), worked: said?.content.text === 'yes' }
  })
}

/** It worked, or a person goes on with it: the next time begins anew. */
export const finish = async (desk: Desk, citizen: number): Promise<void> => {
  const draft = await drafts.kept(desk, citizen, 'recovery')
  if (draft) await drafts.setState(desk, draft.id, 'dropped')
}

/** One line for each way, in words for an operator. */
export const summary = (texts: Texts, lang: string, all: Tried[]): string =>
  texts
    .recovery(lang)
    .flatMap(({ id, title }) => {
      const mine = all.filter(({ path }) => path === id)
      if (mine.length === 0) return []
      const steps = [...new Set(mine.map(({ step }) => step + 1))].join(', ')
      const end = mine.some(({ worked }) => worked) ? 'worked' : 'failed'
      return [texts.t(lang, `recovery.summary_${end}`, { title, steps })]
    })
    .join('; ')
