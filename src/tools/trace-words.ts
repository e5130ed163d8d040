import { showNumber } from '../desk/appeal-number.ts'
import type { Followed, Letter, Said, Waiting } from './trace-rows.ts'

/** What was followed, as lines: first the answer, then how it is known. */
export const tell = ({ appeal, topic, said, letters, waiting }: Followed): string[] => {
  const place = topic
    ? `topic ${topic.thread ?? 'not made yet'} (${topic.state}, generation ${topic.gen})`
    : 'no topic yet'
  const stuck = said.filter(({ letter, state }) => state === 'relayed' && letter !== null && letter.state !== 'sent')
  return [
    `${showNumber(appeal.number)} · ${appeal.line} · ${appeal.status} · ${appeal.owner ? `in hand of ${appeal.owner}` : 'nobody has it in hand'}`,
    `opened ${appeal.opened}${appeal.closed ? `, closed ${appeal.closed}` : ''} · ${place}`,
    verdict(stuck, waiting),
    '',
    'Messages:',
    ...said.map(saidLine),
    ...(letters.length > 0 ? ['', 'Other letters:', ...letters.map(letterLine)] : []),
    ...(waiting.length > 0 ? ['', 'Not handled yet:', ...waiting.map(waitingLine)] : []),
  ]
}

const verdict = (stuck: Said[], waiting: Waiting[]): string => {
  const aside = waiting.filter(({ state }) => state === 'quarantined').length
  const parts = [
    ...(stuck.length > 0
      ? [`${stuck.length} not delivered: ${stuck.map(({ id }) => `message ${id}`).join(', ')}`]
      : []),
    ...(aside > 0 ? [`${aside} set aside, waiting for /retry`] : []),
    ...(waiting.length > aside ? [`${waiting.length - aside} waiting to be handled`] : []),
  ]
  return parts.length === 0 ? 'Everything that was said is on the other side.' : `${parts.join('; ')}.`
}

const saidLine = ({ id, author, at, state, version, copies, letter }: Said): string => {
  const edit = version > 1 ? ` (edit ${version - 1})` : ''
  return `  ${at}  message ${id} of the ${author}${edit}: ${whereIs(state, copies, letter)}`
}

/** A letter's row goes a week after it was sent; the copy on the other side is known for good. */
const whereIs = (state: string, copies: number, letter: Letter | null): string => {
  if (state !== 'relayed') return `${state}, it does not go out`
  if (letter) return stateOf(letter)
  return copies > 0 ? 'delivered' : 'kept; nothing of its way is known any more'
}

const letterLine = (letter: Letter): string => `  ${letter.created}  ${letter.key} (${letter.kind}): ${stateOf(letter)}`

const stateOf = ({ state, done, attempt, repeated, fault, cause }: Letter): string => {
  const how = [
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(repeated > 0 ? ['marked as a possible repetition'] : []),
    ...(fault ? [fault] : []),
    ...(cause ? [`because of ${cause}`] : []),
  ]
  const rest = how.length > 0 ? ` (${how.join(', ')})` : ''
  return `${state === 'sent' ? `delivered ${done}` : state === 'failed' ? `failed ${done}` : `waits: ${state}`}${rest}`
}

const waitingLine = ({ key, state, attempts, fault, created }: Waiting): string =>
  `  ${created}  ${key}: ${state}, attempt ${attempts}${fault ? `, ${fault}` : ''}`
