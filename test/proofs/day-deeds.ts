import type { Message } from '../../src/sandbox/page/wire.ts'
import { OLGA } from '../appeal.ts'
import type { Phone } from '../people.ts'
import type { Matter, Said } from './day-ledger.ts'
import { ownerOf, passToLine, passToPerson, release } from './day-owner.ts'
import { type Acting, atDesk, patiently, press, speak } from './day-speech.ts'
import { whoIsFree } from './day-staff.ts'

type Deed = (acting: Acting) => Promise<void> | void

/** What a citizen does in one turn, and how likely. */
export const CITIZEN: Record<string, { likely: number; deed: Deed }> = {
  words: {
    likely: 8,
    deed: (acting) => void speak(acting, acting.matter.citizen, { words: 'и что мне делать дальше' }),
  },
  several: { likely: 2, deed: (acting) => torrent(acting, acting.chance.whole(3, 6)) },
  torrent: { likely: 1, deed: (acting) => torrent(acting, 16) },
  photo: {
    likely: 1,
    deed: (acting) => void speak(acting, acting.matter.citizen, { words: 'снимок экрана', files: 1 }),
  },
  album: { likely: 1, deed: (acting) => album(acting, acting.matter.citizen) },
  edit: { likely: 1, deed: (acting) => edit(acting, acting.matter.citizen) },
  reply: { likely: 1, deed: (acting) => reply(acting, acting.matter.citizen) },
  reaction: { likely: 1, deed: (acting) => react(acting, acting.matter.citizen) },
  nothing: { likely: 3, deed: () => {} },
}

/** What happens at the desk in one turn. */
export const DESK: Record<string, { likely: number; deed: Deed }> = {
  answer: {
    likely: 9,
    deed: async (acting) => void speak(acting, await owner(acting), { words: 'Откройте раздел ещё раз' }),
  },
  photo: {
    likely: 1,
    deed: async (acting) => void speak(acting, await owner(acting), { words: 'так это выглядит', files: 1 }),
  },
  album: { likely: 1, deed: async (acting) => album(acting, await owner(acting)) },
  edit: { likely: 1, deed: async (acting) => edit(acting, await owner(acting)) },
  reply: { likely: 1, deed: async (acting) => reply(acting, await owner(acting)) },
  reaction: { likely: 1, deed: async (acting) => react(acting, await owner(acting)) },
  note: {
    likely: 1,
    deed: async (acting) =>
      void speak(acting, await owner(acting), { command: '/note', words: 'себе' }, { fate: 'stays' }),
  },
  colleague: { likely: 1, deed: (acting) => colleague(acting) },
  stopped: { likely: 1, deed: (acting) => stopped(acting) },
  release: { likely: 0.7, deed: release },
  passToPerson: { likely: 1, deed: passToPerson },
  passToLine: { likely: 0.6, deed: passToLine },
  blocked: { likely: 0.6, deed: (acting) => blocked(acting) },
  deleted: { likely: 0.4, deed: (acting) => deleted(acting) },
}

const owner = async (acting: Acting): Promise<Phone> => await atDesk(acting, await ownerOf(acting))

const torrent = (acting: Acting, many: number): void => {
  acting.day.tally(many > 10 ? 'torrents' : 'bursts')
  for (let n = 0; n < many; n += 1)
    speak(acting, acting.matter.citizen, { words: `слово ${n}`, files: many > 10 && n % 2 === 0 ? 1 : 0 })
}

const album = (acting: Acting, at: Phone): void => {
  const said = speak(acting, at, { words: 'всё по порядку', files: acting.chance.whole(2, 5) })
  if (said) acting.day.tally('albums')
}

/** The newest own words that went to the other side as a text. */
const edit = ({ day, matter }: Acting, at: Phone): void => {
  const said = matter.said.findLast(
    (one) =>
      one.from === at.id &&
      one.chat === at.chat &&
      one.thread === (at.thread ?? null) &&
      one.fate === 'goes' &&
      !one.late &&
      one.files.length === 0,
  )
  if (!said || matter.edited.some((one) => one.said === said)) return
  const mark = `e${matter.n}m${matter.edited.length}`
  try {
    day.sandbox.edit({ from: at.id, chat: at.chat, message_id: said.message, text: `${said.mark} исправлено ${mark}` })
  } catch (error) {
    day.tally(`not edited: ${(error as Error).message}`)
    return
  }
  matter.edited.push({ said, mark, message: said.message, at: Date.now() })
  day.tally('edits')
}

/** The newest words of the other side that are seen here, and who wrote them. */
const newestFrom = (matter: Matter, at: Phone): { copy: Message; original: Said } | null => {
  const theirs = at.chat === matter.citizen.chat ? 'operator' : 'citizen'
  for (const copy of at.fromBot().toReversed()) {
    const words = copy.text ?? copy.caption ?? ''
    const original = matter.said.find((one) => one.by === theirs && new RegExp(`^${one.mark}\\b`).test(words))
    if (original) return { copy, original }
  }
  return null
}

const reply = (acting: Acting, at: Phone): void => {
  const found = newestFrom(acting.matter, at)
  if (!found) return
  const said = speak(
    acting,
    at,
    { words: 'про это' },
    { answers: { to: found.copy.message_id, original: found.original } },
  )
  if (said) acting.day.tally('replies')
}

const react = ({ day, matter, chance }: Acting, at: Phone): void => {
  const found = newestFrom(matter, at)
  if (!found) return
  const emoji = chance.one(['🔥', '❤', '🎉'])
  try {
    day.sandbox.react({ from: at.id, chat: at.chat, message_id: found.copy.message_id, emoji })
  } catch {
    return
  }
  const { chat, message } = found.original
  matter.reacted.push({ chat, message, emoji, home: day.homes.now(matter.number), at: Date.now() })
  day.tally('reactions')
}

/** Somebody else speaks in the topic: it is held back, and stays as a note. */
const colleague = async (acting: Acting): Promise<void> => {
  const { day, matter, chance } = acting
  const other = whoIsFree(day.staff, matter.line, chance, await ownerOf(acting))
  if (!other) return
  const desk = await atDesk(acting, other)
  const said = speak(acting, desk, { words: 'а я думаю иначе' }, { fate: 'stays', late: true })
  if (!said) return
  const asked = await desk.hears(/Не отправлено|Вы не состоите|переехало/, said.message)
  if (!asked.text?.startsWith('Не отправлено')) return
  await pressOn(acting, desk, { message: asked, words: 'Оставить заметкой' })
  day.tally('held: left as a note')
}

/** What asks for a code never goes out, whoever wrote it. */
const stopped = async (acting: Acting): Promise<void> => {
  const desk = await owner(acting)
  const said = speak(acting, desk, { words: 'Назовите код из СМС' }, { fate: 'stays', late: true })
  if (!said) return
  const asked = await desk.hears(/ не отправлено|Не отправлено|Вы не состоите|переехало/, said.message)
  await pressOn(acting, desk, { message: asked, words: 'Не отправлять' })
  acting.day.tally('held: stopped by a guard')
}

const pressOn = async (
  { day }: Acting,
  desk: Phone,
  { message, words }: { message: Message; words: string },
): Promise<void> => {
  const data = message.reply_markup?.inline_keyboard.flat().find(({ text }) => text === words)?.callback_data
  if (data) await press(day, desk, { message: message.message_id, data })
}

/** The citizen blocks the bot, an answer fails and says so, the citizen comes back, and it is tried again. */
const blocked = async (acting: Acting): Promise<void> => {
  const { day, matter } = acting
  const desk = await owner(acting)
  day.sandbox.person({ id: matter.citizen.id, blocked: true })
  const said = speak(acting, desk, { words: 'Вы ещё с нами?' }, { late: true })
  const failed = said && (await desk.hears(/Не доставлено|Не отправлено|Вы не состоите|переехало/, said.message))
  await day.sleep(20)
  day.sandbox.person({ id: matter.citizen.id, blocked: false })
  await day.sleep(10)
  day.tally('citizens who blocked the bot')
  if (failed) await pressOn(acting, desk, { message: failed, words: 'Попробовать снова' })
}

/** An admin of the group deletes the topic; the citizen's next words bring it back. */
const deleted = async (acting: Acting): Promise<void> => {
  const { day, matter } = acting
  const before = day.homes.all(matter.number)
  const [home] = before
  if (!home || before.length > 1) return
  day.sandbox.topic({ from: OLGA, chat: home.chat, thread: home.thread, deed: 'delete' })
  day.tally('deleted topics')
  speak(acting, matter.citizen, { words: 'вы здесь?' })
  await patiently(`a new topic of ${matter.number}`, day, () => day.homes.all(matter.number).length > 1)
}
