import { hold, letGo, type Matter, stillOwns } from './day-ledger.ts'
import { type Acting, atDesk, patiently, press, speak } from './day-speech.ts'
import { LINES, type Person, whoIsFree } from './day-staff.ts'

/** Whoever has the matter; if nobody has it any more, somebody of its line takes it. */
export const ownerOf = async (acting: Acting): Promise<Person> => {
  const { matter } = acting
  if (matter.owner && stillOwns(matter)) return matter.owner.person
  letGo(matter)
  return await patiently(`somebody to take ${matter.number}`, acting.day, () => takeOnce(acting))
}

const takeOnce = async (acting: Acting): Promise<Person | null> => {
  const { day, matter, chance } = acting
  const person = whoIsFree(day.staff, matter.line, chance)
  if (!person) await day.sleep(5)
  const rival = person && chance.happens(0.2) ? whoIsFree(day.staff, matter.line, chance, person) : null
  const hands = [person, rival].flatMap((one) => one ?? [])
  const since = hands.map(({ gone }) => gone)
  const won = await Promise.all(hands.map((one) => pressTake(acting, one)))
  const winners = hands.filter((_, n) => won[n])
  if (rival) day.tally('takes by two at once')
  if (winners.length > 1)
    throw new Error(`${matter.number} was taken by ${winners.map(({ name }) => name).join(' and ')}`)
  const [winner] = winners
  if (winner) hold(matter, winner, since[hands.indexOf(winner)] ?? 0)
  return winner ?? null
}

/** True: the press was answered without an objection. */
const pressTake = async (acting: Acting, person: Person): Promise<boolean> => {
  const { day } = acting
  const desk = await atDesk(acting, person)
  const found = desk.inlineButton(/^Взять$/)
  if (!found) return false
  const data = found.button.callback_data ?? ''
  const answer = await press(day, desk, { message: found.message.message_id, data })
  // Who was too late looks at the next one first.
  if (!answer || answer.text) await day.sleep(15)
  return answer !== null && !answer.text
}

/** Written before it was theirs, then taken along with one button. */
export const takeAndSend = async (acting: Acting): Promise<void> => {
  const { day, matter, chance } = acting
  const person = whoIsFree(day.staff, matter.line, chance)
  if (!person) return
  const { gone } = person
  const desk = await atDesk(acting, person)
  const said = speak(acting, desk, { words: 'Здравствуйте, сейчас посмотрю' }, { late: true })
  if (!said) return
  const asked = await desk.hears(/Не отправлено|Вы не состоите|переехало/, said.message)
  const data = asked.reply_markup?.inline_keyboard
    .flat()
    .find(({ text }) => text === 'Взять и отправить')?.callback_data
  const answer = data ? await press(day, desk, { message: asked.message_id, data }) : null
  if (answer && !answer.text) hold(matter, person, gone)
  day.tally('held: taken and sent')
}

export const release = async (acting: Acting): Promise<void> => {
  const { day, matter } = acting
  const desk = await atDesk(acting, await ownerOf(acting))
  const asked = command(acting, desk, '/release')
  if (!asked) return
  await desk.hears(/Вернули в очередь|Это может только|устарела|переехало/, asked)
  letGo(matter)
  day.tally('releases')
}

/** To a colleague by name, with a note. */
export const passToPerson = async (acting: Acting): Promise<void> => {
  const { day, matter, chance } = acting
  const owner = await ownerOf(acting)
  const to = whoIsFree(day.staff, matter.line, chance, owner)
  if (!to) return
  const { gone } = to
  const desk = await atDesk(acting, owner)
  const asked = speak(acting, desk, { command: `/transfer ${to.name}`, words: 'дальше ты' }, { fate: 'stays' })
  if (!asked) return
  const said = await desk.hears(/^Передано|предел|Куда передать|Это может только|устарела|переехало/, asked.message)
  if (!said.text?.startsWith('Передано')) return
  hold(matter, to, gone)
  day.tally('transfers to a person')
}

/** To another line: its queue, and a topic in one of its groups. */
export const passToLine = async (acting: Acting): Promise<void> => {
  const { day, matter, chance } = acting
  const desk = await atDesk(acting, await ownerOf(acting))
  const line = chance.one(LINES.filter((one) => one !== matter.line))
  const asked = speak(acting, desk, { command: `/transfer ${line}`, words: 'это к вам' }, { fate: 'stays' })
  if (!asked) return
  const said = await desk.hears(/^Передано|Это может только|устарела|переехало/, asked.message)
  letGo(matter)
  if (!said.text?.startsWith('Передано')) return
  matter.line = line
  day.tally('transfers to a line')
  const groups = day.staff.groups.filter((one) => one.line === line).map(({ chat }) => chat)
  await patiently(`${matter.number} in ${line}`, day, () => groups.includes(day.homes.now(matter.number)?.chat ?? 0))
}

/** A word with nothing of the person's own in it; 0 where it could not be said. */
const command = ({ day }: Acting, desk: { id: number; chat: number; thread?: number }, text: string): number => {
  try {
    return day.sandbox.write({ from: desk.id, chat: desk.chat, thread: desk.thread, text }).message_id
  } catch {
    return 0
  }
}

const REFUSED = /Это может только|переехало|Вы не состоите/

/** Ends it with a comment, and sees the citizen read it; whoever is refused lets somebody else do it. */
export const close = async (acting: Acting): Promise<void> => {
  const { day, matter } = acting
  const comment = `итог${matter.n}`
  await patiently(`the end of ${matter.number}`, day, async () => {
    const desk = await atDesk(acting, await ownerOf(acting))
    const asked = command(acting, desk, `/close Помогли, ${comment}`)
    if (!asked) return letGoOf(matter)
    const ended = await patiently(`an answer to /close in ${matter.number}`, day, () => {
      if (matter.citizen.fromBot().some(({ text }) => text?.includes(comment))) return 'closed'
      return desk.fromBot().some((one) => one.message_id > asked && REFUSED.test(one.text ?? '')) ? 'refused' : null
    })
    return ended === 'closed' ? true : letGoOf(matter)
  })
  letGo(matter)
  matter.closed = true
}

const letGoOf = (matter: Matter): null => {
  letGo(matter)
  return null
}
