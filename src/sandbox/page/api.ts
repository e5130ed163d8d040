import type {
  Deletion,
  MessageEdit,
  NewMessage,
  NewPerson,
  Person,
  PersonDeed,
  Press,
  PressAnswer,
  React,
  Refusal,
  SandboxState,
  TopicDeed,
} from './wire.ts'
import { w } from './words.ts'

type Answer<T> = ({ ok: true } & T) | Refusal

export const fetchState = async (): Promise<SandboxState> => {
  const response = await fetch('/sandbox/state')
  if (!response.ok) throw new Error(`state: ${response.status}`)
  return (await response.json()) as SandboxState
}

export const fileAddress = (fileId: string): string => `/sandbox/files/${encodeURIComponent(fileId)}`

export const addPerson = (person: NewPerson) => post<{ person?: Person }>('people', person)
export const changePerson = (deed: PersonDeed) => post<object>('person', deed)
export const editMessage = (edit: MessageEdit) => inOrder(() => post<object>('edit', edit))
export const deleteMessage = (deletion: Deletion) => inOrder(() => post<object>('delete', deletion))
export const press = (button: Press) => post<PressAnswer>('press', button)
export const react = (reaction: React) => post<object>('react', reaction)
export const doToTopic = (deed: TopicDeed) => post<object>('topic', deed)

export const sendMessage = (message: NewMessage, files: File[] = []) => {
  if (files.length === 0) return inOrder(() => post<object>('messages', message))
  const form = new FormData()
  form.set('json', JSON.stringify(message))
  for (const file of files) form.append('file', file, file.name)
  return inOrder(() => post<object>('messages', form))
}

let last: Promise<unknown> = Promise.resolve()

/** What is written quickly one after another arrives in that order. */
function inOrder<T>(deed: () => Promise<T>): Promise<T> {
  const mine = last.then(deed)
  last = mine
  return mine
}

async function post<T>(path: string, body: object): Promise<Answer<T>> {
  const form = body instanceof FormData
  try {
    const response = await fetch(`/sandbox/${path}`, {
      method: 'POST',
      headers: form ? {} : { 'content-type': 'application/json' },
      body: form ? body : JSON.stringify(body),
    })
    return (await response.json()) as Answer<T>
  } catch {
    return { ok: false, description: w.away }
  }
}
