/** Digits that may be one number: groups and what stands between them. */
export type Run = { start: number; end: number; digits: string; groups: string; plus: boolean; last: number }

export type Atom = { start: number; end: number }

export const atomsOf = (folded: string): Atom[] =>
  Array.from(folded.matchAll(/\d+/g), (match) => ({ start: match.index, end: match.index + match[0].length }))

/** Every number that may begin at this group of digits, short ones first. `groups` is «4-4-4-4». */
export const runsFrom = (folded: string, atoms: Atom[], first: number): Run[] => {
  const runs: Run[] = []
  const from = atoms[first]
  if (!from) return runs
  const plus = folded[from.start - 1] === '+'
  let digits = ''
  let groups = ''
  for (let at = first; at < atoms.length; at += 1) {
    const atom = atoms[at]
    const before = atoms[at - 1]
    if (!atom || (at > first && before && !SOFT.test(folded.slice(before.end, atom.start)))) break
    if (digits.length + atom.end - atom.start > 60) break
    digits += folded.slice(atom.start, atom.end)
    groups += `${groups && '-'}${atom.end - atom.start}`
    runs.push({ start: plus ? from.start - 1 : from.start, end: atom.end, digits, groups, plus, last: at })
  }
  return runs
}

const SOFT = /^(?: ?[-.·_/]? ?| {2,3}| ?\( ?| ?\) ?-? ?)$/
