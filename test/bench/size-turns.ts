import type { OtherSide, Params } from './other-side.ts'
import { answers, buttonIn, GROUP, hears, idOf, inGeneral, type Pair, says } from './people.ts'

/** Something one person does and what the bot says because of it; `before` is what must be so, untimed. */
export type Deed = { update: Params; place: string; fits?: RegExp; before?: Params; settled?: RegExp }
export type Doing = { name: string; times: number; next(n: number): Deed }

type Place = { side: OtherSide; pairs: Pair[]; numbers: string[] }
const at = <T>(list: T[], n: number): T => list[n % list.length] as T

/** What people do all day, and what of it might ask for more when there is more history. */
export const doings = ({ pairs, numbers }: Place, digits: (n: number) => string): Doing[] => [
  {
    name: 'relay to the topic',
    times: 300,
    next: (n) => ({ update: says(at(pairs, n).citizen, `Слово ${n}`), place: `${GROUP}:${at(pairs, n).thread}` }),
  },
  {
    name: 'answer to the citizen',
    times: 300,
    next: (n) => ({ update: answers(at(pairs, n).thread, `Ответ ${n}`), place: `${at(pairs, n).citizen}:` }),
  },
  {
    name: 'take',
    times: 150,
    next: (n) => {
      const { thread, citizen } = at(pairs, n)
      return {
        update: command(answers(thread, '/take')),
        place: `${citizen}:`,
        fits: /В работе/,
        before: command(answers(thread, '/release')),
        settled: /очеред/i,
      }
    },
  },
  {
    name: 'status by number',
    times: 300,
    next: (n) => ({ update: says(at(pairs, n).citizen, at(numbers, n)), place: `${at(pairs, n).citizen}:` }),
  },
  {
    name: 'my appeals',
    times: 300,
    next: (n) => ({ update: says(at(pairs, n).citizen, '/appeals'), place: `${at(pairs, n).citizen}:` }),
  },
  { name: '/find by number', times: 200, next: (n) => general(`/find ${at(numbers, n)}`) },
  { name: '/find by four digits', times: 200, next: (n) => general(`/find ${digits(n)}`) },
  { name: '/find by words', times: 20, next: (n) => general(`/find справка ${n}`) },
  { name: '/queue', times: 200, next: () => general('/queue') },
]

const general = (text: string): Deed => ({ update: command(inGeneral(text)), place: `${GROUP}:` })

const command = (update: Params): Params => {
  const message = update.message as { text: string }
  const length = message.text.split(' ')[0]?.length ?? 0
  return { ...update, message: { ...message, entities: [{ type: 'bot_command', offset: 0, length }] } }
}

/** Milliseconds from the update to the words on the wire. */
export const once = async (side: OtherSide, { update, place, fits, before, settled }: Deed): Promise<number> => {
  const wanted = (words?: RegExp) => (call: { params: Params }) => !words || words.test(String(call.params.text))
  if (before) {
    const done = hears(side, place, wanted(settled))
    await side.post(before)
    await soon(done, before)
  }
  const heard = hears(side, place, wanted(fits))
  const begun = performance.now()
  await side.post(update)
  return (await soon(heard, update)).at - begun
}

const soon = async <T>(heard: Promise<T>, update: Params): Promise<T> => {
  let late: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    const words = JSON.stringify(update.message).slice(-200)
    late = setTimeout(() => reject(new Error(`no answer to ${words}`)), 20_000)
  })
  return await Promise.race([heard, silence]).finally(() => clearTimeout(late))
}

/** The number of an appeal as its topic's card shows it. */
export const numbersOf = (side: OtherSide, pairs: Pair[]): string[] =>
  pairs.map(({ thread }) => {
    const card = side.journal?.find((call) => call.params.message_thread_id === thread && buttonIn(call, /Взять/))
    return /\d{3}-\d{3}-\d{3}/.exec(String(card?.params.text))?.[0] ?? `nothing of ${card ? idOf(card) : thread}`
  })
