import type { Content } from './content.ts'
import type { Desk } from './desk.ts'
import { type Known, knownFrom, objectionTo } from './fraud/outgoing.ts'

/** What a desk of help never sends, whoever writes it, judged by the facts as citizens read them right now. */
export const neverSent = (desk: Pick<Desk, 'texts'>, { content }: { content: Content }): { phrase: string } | null => {
  const texts = desk.texts()
  const shown = texts.langs.flatMap((lang) => texts.facts().map(({ key }) => texts.fact(lang, key)))
  const why = objectionTo(
    {
      text: [content.text, content.detail].filter(Boolean).join('\n'),
      targets: (content.entities ?? []).flatMap(({ url }) => (url ? [url] : [])),
      file: content.file?.name,
    },
    knownIn(shown),
  )
  return why && { phrase: `guard.${content.closing ? 'comment' : 'held'}.${why}` }
}

let read: { whole: string; known: Known } | null = null

/** Read out anew only when citizens read something else. */
const knownIn = (shown: string[]): Known => {
  const whole = shown.join('\n')
  if (read?.whole !== whole) read = { whole, known: knownFrom(shown) }
  return read.known
}
