import type { Sandbox } from '../src/sandbox/server.ts'
import { GROUP } from './house.ts'
import { inTopic, newCitizen, numberIn, type Phone } from './people.ts'
import { untilEvent } from './watch.ts'

/** Ольга is admin of the desk and of the group, Пётр and Марина are operators; so the house is settled. */
export const OLGA = 5001
export const PETR = 5002
export const MARINA = 5003

export type Opened = { citizen: Phone; number: string }

/** A newcomer asks for a person and gets a number. */
export const openAppeal = async (sandbox: Sandbox, text = 'Не приходит код', lang = 'ru'): Promise<Opened> => {
  const citizen = newCitizen(sandbox, lang)
  citizen.says('/operator')
  await citizen.presses(/Согласен|I agree/)
  await citizen.hears(/Опишите|Describe/)
  return { citizen, number: await ask(citizen, text) }
}

export const ask = async (citizen: Phone, text: string): Promise<string> => {
  const { message_id } = citizen.says(text)
  // The message with an earlier number is edited while that appeal waits.
  return numberIn(await citizen.hears(/Ваш номер|Your appeal number/, message_id))
}

/** The same, taken by an operator who now stands in its topic. */
export const takenAppeal = async (
  sandbox: Sandbox,
  { by = PETR, text }: { by?: number; text?: string } = {},
): Promise<Opened & { desk: Phone }> => {
  const opened = await openAppeal(sandbox, text)
  const desk = await inTopic(sandbox, by, opened.number)
  await desk.presses('Взять')
  await opened.citizen.hears(/В работе|In progress/)
  return { ...opened, desk }
}

/** 👌 at a message: delivered. */
export const delivered = async (sandbox: Sandbox, message: { chat: { id: number }; message_id: number }) =>
  await untilReaction(sandbox, message, '👌')

export const untilReaction = async (
  sandbox: Sandbox,
  { chat, message_id }: { chat: { id: number }; message_id: number },
  emoji: string,
): Promise<void> => {
  const here = () => sandbox.state().reactions[`${chat.id}:${message_id}`]?.bot === emoji
  await untilEvent(sandbox, `${emoji} at ${message_id}`, here)
}

export const topicOf = (sandbox: Sandbox, number: string) =>
  sandbox
    .state()
    .chats.find((one) => one.id === GROUP)
    ?.topics.findLast((one) => one.name.startsWith(number))

export const untilClosed = async (sandbox: Sandbox, number: string, closed = true): Promise<void> => {
  await untilEvent(sandbox, `the topic of ${number} ${closed ? 'closed' : 'open'}`, () => {
    const topic = topicOf(sandbox, number)
    return topic !== undefined && topic.closed === closed
  })
}
