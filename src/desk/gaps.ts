import { keyOf } from './answers/concepts.ts'
import { normalise, wordsOf } from './answers/normalise.ts'
import { shorten } from './content.ts'
import type { Desk } from './desk.ts'
import { findSecrets } from './secrets/find.ts'

/** Questions alike that found no answer. `id` names the newest of them, `asked` are the different wordings, newest first. */
export type Gap = { id: number; count: number; asked: string[] }
type Question = { id: number; text: string }

const MOST_QUESTIONS = 2_000
const AT_ONCE = 25
const ALIKE = 0.4
const MOST_WORDINGS = 12
const A_WORDING = 160

/** What was asked and not answered in these days: nothing found, no guess pressed, or «не помогло». Most frequent first. */
export const gaps = async (desk: Desk, days: number): Promise<Gap[]> => {
  const groups = groupsOf(await unanswered(desk, days))
  return groups
    .map((group) => ({
      id: group[0]?.id ?? 0,
      count: group.length,
      asked: [...new Set(group.map(({ text }) => text))].slice(0, MOST_WORDINGS),
    }))
    .sort((one, other) => other.count - one.count || other.id - one.id)
}

/** Texts are sealed, so only the newest are opened; secrets in them are shown to nobody. */
const unanswered = async (desk: Desk, days: number): Promise<Question[]> => {
  const rows = await desk.db.run<{ id: number; body: Buffer }>(UNANSWERED, [days, MOST_QUESTIONS])
  const questions: Question[] = []
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const opened = rows.slice(from, from + AT_ONCE).map(async ({ id, body }) => {
      const text = await desk.keys.open<string>(body)
      return text?.trim() ? [{ id, text: shownOf(text) }] : []
    })
    questions.push(...(await Promise.all(opened)).flat())
  }
  return questions
}

// What followed a question lasts until the citizen's next one.
const UNANSWERED = `
  with asked as (
    select id, citizen_id, body, verdict, lead(id) over (partition by citizen_id order by id) as next
    from trail where kind = 'asked' and at > now() - make_interval(days => $1)
  ), followed as (
    select a.id, count(s.id) as seen, bool_or(v.helped is false) as in_vain
    from asked a
    left join trail s on s.citizen_id = a.citizen_id and s.kind = 'seen' and s.id > a.id and (a.next is null or s.id < a.next)
    left join faq_votes v on v.citizen_id = s.citizen_id and v.entry = s.entry
    group by a.id
  )
  select a.id, a.body from asked a join followed f on f.id = a.id
  where a.body is not null
    and (a.verdict = 'none' or (a.verdict = 'suggest' and f.seen = 0) or f.in_vain)
  order by a.id desc limit $2`

const shownOf = (text: string): string => {
  const plain = findSecrets(text).text.replace(/\s+/g, ' ').trim()
  return shorten(plain.replace(/\d{4,}/g, '•••'), A_WORDING)
}

type Bag = Map<string, number>

/** What stands in place of a secret says nothing of the question. */
const MASKED = /\[[^\]]{1,40}\]|•+/g
/** Among few questions no word is rare yet. */
const FEW = 50

/** Each question joins the group whose first question is most like it; rare words tell more than frequent ones. */
const groupsOf = (questions: Question[]): Question[][] => {
  const keys = questions.map(({ text }) => new Set(wordsOf(normalise(text.replace(MASKED, ' '))).map(keyOf)))
  const bags = weighed(keys)
  const groups: { bag: Bag; of: Question[] }[] = []
  const having = new Map<string, number[]>()
  for (const [at, question] of questions.entries()) {
    const bag = bags[at] ?? new Map()
    const near = [...new Set([...bag.keys()].flatMap((key) => having.get(key) ?? []))]
    const best = near
      .map((group) => ({ group, likeness: likeness(bag, groups[group]?.bag ?? new Map()) }))
      .reduce((one, other) => (other.likeness > one.likeness ? other : one), { group: -1, likeness: 0 })
    const found = best.likeness >= ALIKE ? groups[best.group] : undefined
    if (found) {
      found.of.push(question)
      continue
    }
    for (const key of bag.keys()) having.set(key, [...(having.get(key) ?? []), groups.length])
    groups.push({ bag, of: [question] })
  }
  return groups.map(({ of }) => of)
}

const weighed = (all: Set<string>[]): Bag[] => {
  const times = new Map<string, number>()
  for (const keys of all) for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1)
  return all.map((keys) => {
    const bag = new Map(
      [...keys].map((key) => [key, Math.log(1 + (all.length + FEW) / (1 + (times.get(key) ?? 0))) * sense(key)]),
    )
    const length = Math.hypot(...bag.values()) || 1
    return new Map([...bag].map(([key, weight]) => [key, weight / length]))
  })
}

/** Short words seldom say what a question is about. */
const sense = (key: string): number => (key.length < 3 ? 0.3 : 1)

const likeness = (one: Bag, other: Bag): number => {
  let sum = 0
  for (const [key, weight] of one) sum += weight * (other.get(key) ?? 0)
  return sum
}
