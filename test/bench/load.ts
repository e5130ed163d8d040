import type { OtherSide, Params } from './other-side.ts'
import { answers, GROUP, hears, type Pair, presses, says } from './people.ts'

/** One turn of one person: an update, and what the bot says because of it. */
export type Turn = () => { update: Params; place: string }
export type Latency = { p50: number; p99: number }

/** Each person goes on as soon as answered; handled updates a second. */
export const closedLoop = async (side: OtherSide, people: Turn[], seconds: number): Promise<number> => {
  let done = 0
  const start = performance.now()
  const end = start + seconds * 1_000
  await Promise.all(
    people.map(async (turn) => {
      while (performance.now() < end) {
        await once(side, turn())
        if (performance.now() < end) done += 1
      }
    }),
  )
  return done / seconds
}

/** Updates come at their own rate, whoever is ready; milliseconds from the post to the bot's words on the wire. */
export const openLoop = async (
  side: OtherSide,
  people: Turn[],
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Latency> => {
  const taken: number[] = []
  const running: Promise<unknown>[] = []
  const start = performance.now()
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = start + (n * 1_000) / perSecond
    const wait = due - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
    const turn = people[n % people.length] as Turn
    const begun = performance.now()
    running.push(once(side, turn()).then((at) => taken.push(at - begun)))
  }
  await Promise.all(running)
  taken.sort((a, b) => a - b)
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

const once = async (side: OtherSide, { update, place }: ReturnType<Turn>): Promise<number> => {
  const heard = hears(side, place)
  const status = await side.post(update)
  if (status !== 200) throw new Error(`the bot answered ${status}`)
  return (await heard).at
}

/** Citizen and operator in turn. */
export const talking = ({ citizen, thread }: Pair): Turn => {
  let n = 0
  return () => {
    n += 1
    return n % 2 === 1
      ? { update: says(citizen, `Вопрос ${n}: что мне делать дальше?`), place: `${GROUP}:${thread}` }
      : { update: answers(thread, `Ответ ${n}: откройте настройки профиля.`), place: `${citizen}:` }
  }
}

/** The same two updates to a bot that answers where it was spoken to. */
export const asking = ({ citizen }: Pair): Turn => {
  let n = 0
  return () => {
    n += 1
    return { update: says(citizen, `Вопрос ${n}: что мне делать дальше?`), place: `${citizen}:` }
  }
}

export const pressing =
  (citizen: number, data: string): Turn =>
  () => ({ update: presses(citizen, citizen, { data, message_id: 900 }), place: `${citizen}:` })

const QUESTIONS = [
  'не приходит код из смс',
  'забыл пароль',
  'какие документы нужны для услуги',
  'сколько ждать ответ',
  'gde moe zayavlenie',
]
export const wondering = (citizen: number): Turn => {
  let n = citizen
  return () => {
    n += 1
    return { update: says(citizen, QUESTIONS[n % QUESTIONS.length] ?? ''), place: `${citizen}:` }
  }
}
