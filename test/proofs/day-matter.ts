import { newCitizen, numberIn } from '../people.ts'
import type { Chance } from './day-chance.ts'
import { CITIZEN, DESK } from './day-deeds.ts'
import type { Matter } from './day-ledger.ts'
import { close, ownerOf, takeAndSend } from './day-owner.ts'
import { type Acting, type Day, speak } from './day-speech.ts'
import { LINES, type Line } from './day-staff.ts'

/** Entries of the FAQ from which a citizen asks for a person; each belongs to its line. */
const ENTRIES: Record<Line, string> = {
  access: 'access.no_code',
  services: 'contact.chat',
  appeals: 'appeal.no_answer',
}

/** From the citizen's first word to the operator's last, as it may happen at a desk. */
export const live = async (
  day: Day,
  n: number,
  { chance, turns }: { chance: Chance; turns: number },
): Promise<Matter> => {
  const matter = await open(day, n, LINES[n % 3] as Line)
  const acting: Acting = { day, matter, chance }
  await day.sleep(chance.between(5, 40))
  if (chance.happens(0.15)) await takeAndSend(acting)
  for (let turn = chance.whole(2, turns); turn > 0; turn -= 1) {
    await CITIZEN[chance.weighed(LIKELY.citizen)]?.deed(acting)
    await day.sleep(chance.between(4, 25))
    await DESK[chance.weighed(LIKELY.desk)]?.deed(acting)
    await day.sleep(chance.between(4, 25))
  }
  await ownerOf(acting)
  await close(acting)
  return matter
}

const likely = (deeds: typeof CITIZEN): Record<string, number> =>
  Object.fromEntries(Object.entries(deeds).map(([name, one]) => [name, one.likely]))
const LIKELY = { citizen: likely(CITIZEN), desk: likely(DESK) }

const open = async (day: Day, n: number, line: Line): Promise<Matter> => {
  const citizen = newCitizen(day.sandbox, n % 4 === 0 ? 'en' : 'ru', `Гражданин ${n}`)
  citizen.says(`/start ${ENTRIES[line]}`)
  await citizen.presses(/^(👤 )?(Оператор|Operator)/)
  await citizen.presses(/^Согласен|I agree/)
  await citizen.hears(/Опишите|Describe/)
  await day.sleep(5)
  const matter: Matter = {
    n,
    line,
    number: '',
    citizen,
    openedAt: 0,
    owner: null,
    said: [],
    edited: [],
    reacted: [],
    held: [],
    changedAt: [],
    closed: false,
  }
  const said = speak({ day, matter, chance: null as never }, citizen, { words: 'не выходит, помогите' })
  matter.openedAt = said?.at ?? 0
  matter.number = numberIn(await citizen.hears(/Ваш номер|Your appeal number/, said?.message))
  return matter
}
