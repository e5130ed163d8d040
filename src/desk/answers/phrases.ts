import { normalise, wordsOf } from './normalise.ts'

export type Phrases = { id: string; lang: string; title: string; answer: string; ask: string[]; words: string[] }[]

/** Phrases of this id are about something else: they are learnt from and never shown. */
export const OFF_TOPIC = 'none'

/** Everything an entry is known by. */
export function linesOf(entry: Phrases[number]): string[] {
  return [entry.title, ...entry.ask, ...entry.words].filter((line) => line.trim() !== '')
}

/** All words that may be typed: those of the phrases as often as they stand there, then those of the answers. */
export function vocabularyOf(phrases: Phrases, turns: string[]): string[] {
  const lines = phrases.flatMap((entry) => [...linesOf(entry), plain(entry.answer)])
  return [...lines, ...turns].flatMap((line) => wordsOf(normalise(line)))
}

/** An answer without its marks and placeholders. */
function plain(answer: string): string {
  return answer.replace(/<[^>]{0,80}>|\{\{[^}]{0,80}\}\}/g, ' ')
}
