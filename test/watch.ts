import type { Chat, Message, SandboxEvent } from '../src/sandbox/page/wire.ts'
import type { Sandbox } from '../src/sandbox/server.ts'

const PATIENCE_MS = Number(process.env.TEST_PATIENCE_MS ?? 50_000)

/** What a screen shows is kept up to date by the sandbox's own events, so that hundreds of people can watch at once. */
type Watch = { chats: Map<number, Chat>; screens: Map<string, Screen[]>; lookers: Set<() => void> }
export type Screen = {
  inbox(): Message[]
  waitFor<T>(what: () => string, look: () => T | null | undefined | false): Promise<T>
}
type Kept = Screen & { take(event: SandboxEvent): void }

const watches = new WeakMap<Sandbox, Watch>()

export const watchOf = (sandbox: Sandbox): Watch => {
  const known = watches.get(sandbox)
  if (known) return known
  const watch: Watch = {
    chats: new Map(sandbox.state().chats.map((chat) => [chat.id, chat])),
    screens: new Map(),
    lookers: new Set(),
  }
  watches.set(sandbox, watch)
  sandbox.subscribe((event) => {
    if (event.type === 'chat') watch.chats.set(event.chat.id, event.chat)
    const chat = 'chat' in event ? (typeof event.chat === 'number' ? event.chat : event.chat.id) : 0
    for (const screen of watch.screens.get(String(chat)) ?? []) (screen as Kept).take(event)
    for (const look of watch.lookers) look()
  })
  return watch
}

/** Resolves as soon as `look` finds something; it is asked again after every event. */
export const untilEvent = async <T>(
  sandbox: Sandbox,
  what: string,
  look: (watch: Watch) => T | null | undefined | false,
): Promise<T> => {
  const watch = watchOf(sandbox)
  return await waiting(
    watch.lookers,
    () => what,
    () => look(watch),
  )
}

export const screen = (sandbox: Sandbox, chat: number, thread?: number): Screen => {
  const watch = watchOf(sandbox)
  const lookers = new Set<() => void>()
  const messages = new Map((sandbox.messages(chat, thread) as unknown as Message[]).map((one) => [one.message_id, one]))
  const kept: Kept = {
    inbox: () => [...messages.values()],
    waitFor: (what, look) => waiting(lookers, what, look),
    take: (event) => {
      if (event.type === 'deleted') messages.delete(event.message_id)
      const message = event.type === 'message' || event.type === 'edited' ? event.message : null
      if (message && (thread === undefined || message.message_thread_id === thread))
        messages.set(message.message_id, message)
      for (const look of lookers) look()
    },
  }
  watch.screens.set(String(chat), [...(watch.screens.get(String(chat)) ?? []), kept])
  return kept
}

const waiting = <T>(
  lookers: Set<() => void>,
  what: () => string,
  look: () => T | null | undefined | false,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = (finish: () => void) => {
      clearTimeout(timer)
      lookers.delete(again)
      finish()
    }
    const again = () => {
      const found = look()
      if (found) end(() => resolve(found))
    }
    const timer = setTimeout(() => end(() => reject(new Error(`waited in vain for ${what()}`))), PATIENCE_MS)
    lookers.add(again)
    again()
  })
