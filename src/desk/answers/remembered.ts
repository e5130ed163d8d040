const MOST = 20_000
const LONGEST = 40

/** The same work is not done twice for a word: people use few of them. What is remembered is bounded, and forgotten whole. */
export const remembered = (work: (word: string) => string): ((word: string) => string) => {
  const known = new Map<string, string>()
  return (word) => {
    if (word.length > LONGEST) return work(word)
    const found = known.get(word)
    if (found !== undefined) return found
    if (known.size >= MOST) known.clear()
    const done = work(word)
    known.set(word, done)
    return done
  }
}
