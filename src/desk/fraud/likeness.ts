export type Likeness = { cost: number; start: number; end: number }

/**
 * The stretch of a text that is closest to a name, and how many letters it is off. Letters that look alike cost little.
 * One pass over the text for each letter of the name.
 */
export const closest = (name: string, text: string): Likeness => {
  let row: Likeness[] = Array.from({ length: text.length + 1 }, (_, at) => ({ cost: 0, start: at, end: at }))
  let older: Likeness[] = []
  for (let letter = 0; letter < name.length; letter += 1) {
    const next = [{ cost: letter + 1, start: 0, end: 0 }]
    for (let at = 1; at <= text.length; at += 1) next.push(cell({ name, text, letter, at, row, next, older }))
    older = row
    row = next
  }
  return row.reduce((best, one, at) => (one.cost < best.cost - 1e-9 ? { ...one, end: at } : best), {
    cost: Number.POSITIVE_INFINITY,
    start: 0,
    end: 0,
  })
}

type Step = {
  name: string
  text: string
  letter: number
  at: number
  row: Likeness[]
  next: Likeness[]
  older: Likeness[]
}

const NOTHING: Likeness = { cost: Number.POSITIVE_INFINITY, start: 0, end: 0 }

function cell({ name, text, letter, at, row, next, older }: Step): Likeness {
  const wanted = name[letter] ?? ''
  const given = text[at - 1] ?? ''
  const through = plus(row[at - 1], substitution(wanted, given))
  const missing = plus(row[at], 1)
  const extra = plus(next[at - 1], given === '-' || given === '.' ? 0.1 : 1)
  const swapped =
    letter > 0 && at > 1 && wanted === text[at - 2] && name[letter - 1] === given ? plus(older[at - 2], 1) : NOTHING
  return [missing, extra, swapped].reduce((best, one) => (one.cost < best.cost ? one : best), through)
}

function plus(one: Likeness | undefined, cost: number): Likeness {
  return one ? { cost: one.cost + cost, start: one.start, end: one.end } : NOTHING
}

function substitution(wanted: string, given: string): number {
  if (wanted === given) return 0
  return ALIKE.some((group) => group.includes(wanted) && group.includes(given)) ? 0.3 : given === '*' ? 0.4 : 1
}

const ALIKE = ['o0q', 'li1j|!ty', 'il', 'uvwy', 'sc5z', 'g9q6', 'ij1', 'ae']
