import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { botApi } from './bot-api-http.ts'
import type { Server } from './call.ts'
import { control } from './control.ts'
import * as deeds from './deeds.ts'
import { createFaults, type Fault } from './faults.ts'
import { createJournal, type JournalView } from './journal.ts'
import { createLimits } from './limits.ts'
import type { ApiMessage, ChatRow, PersonRow } from './model.ts'
import type * as wire from './page/wire.ts'
import { page } from './page-http.ts'
import { changeGroup, changePerson, type GroupDeed, newPerson, type StandingDeed } from './people.ts'
import { stateOf } from './state.ts'
import type { Update } from './updates.ts'
import { addGroup, type Bot, createWorld, type NewGroup, type World } from './world.ts'
import { edit, remove, type Writing, write } from './writing.ts'

export type SandboxOptions = {
  token: string
  /** Where history and files are kept; without it they last as long as the process. */
  dir?: string
  /** How many times Telegram's limits may be sent; 'off' unless said. */
  limits?: number | 'off'
  bot?: Bot
  clock?: () => number
  /** How long one of the webhook's seconds is, in seconds; less than 1 makes its repeats come sooner. */
  webhookSecond?: number
  /** How many journal entries are kept at least; all unless said. */
  keepJournal?: number
  /** Folders the page is served from. */
  pageDir?: string
  pageScripts?: string
}

/**
 * A messenger on this machine. `app` serves
 * - `/bot<token>/<method>` and `/file/bot<token>/<path>`: the Bot API,
 * - `/sandbox/*`: what people do, for the page and for tests (page/wire.ts; further `fault`, `faults`, `group`, `journal`),
 * - `/` and the page's files.
 *
 * The functions beside it do the same without HTTP, at once and in order. They throw `Refusal` where the messenger refuses.
 * The journal holds what the Bot API accepted, in the order of acceptance; a call is in it if and only if it had its effect.
 */
export type Sandbox = {
  app: Hono
  token: string
  newPerson(person: wire.NewPerson): PersonRow
  newGroup(group: NewGroup): ChatRow
  /** Writes one message; of an album the first part is returned. */
  write(writing: Writing): ApiMessage
  writeAlbum(writing: Writing): ApiMessage[]
  edit(edit: wire.MessageEdit): ApiMessage
  remove(deletion: wire.Deletion): void
  /** Resolves when the bot has answered, or after `patience` milliseconds (10 s) without an answer. */
  press(press: wire.Press, patience?: number): Promise<wire.PressAnswer>
  react(reaction: wire.React): void
  topic(deed: wire.TopicDeed): void
  person(deed: StandingDeed): PersonRow
  group(deed: GroupDeed): void
  /** Returns what takes the fault away again. */
  fault(fault: Fault): () => void
  clearFaults(): void
  journal(after?: number): JournalView
  state(): wire.SandboxState
  /** The messages that are in a chat now, oldest first; with `thread` those of one topic. */
  messages(chat: number, thread?: number): ApiMessage[]
  /** Updates the bot has not confirmed. */
  pending(): Update[]
  /** Queues any update, well formed or not. Null when the bot has not asked for its kind. */
  update(kind: string, body: object, lane: string): Update | null
  subscribe(listener: (event: wire.SandboxEvent) => void): () => void
  /** Ends polls and streams, so that the HTTP server can close; nothing is written to the history any more. */
  close(): void
}

export const createSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const world = createWorld(options)
  const server: Server = {
    world,
    journal: createJournal(world.now, options.keepJournal),
    faults: createFaults(),
    limits: createLimits(options.limits ?? 'off', world.now),
  }
  const app = new Hono()
  const sandbox: Sandbox = {
    app,
    token: options.token,
    ...deedsIn(world),
    fault: (fault) => server.faults.add(fault),
    clearFaults: () => server.faults.clear(),
    journal: (after) => server.journal.view(after),
    subscribe: world.subscribe,
    close: () => {
      world.closing.abort()
      world.updates.interrupt()
      world.webhook.close()
      world.store.close()
    },
  }
  app.route('/', botApi(server, options.token))
  app.route('/sandbox', control(sandbox, world))
  app.route('/', page(options))
  return sandbox
}

const deedsIn = (world: World) => ({
  newPerson: (person: wire.NewPerson) => newPerson(world, person),
  newGroup: (group: NewGroup) => addGroup(world, group),
  write: (writing: Writing) => write(world, writing)[0] as ApiMessage,
  writeAlbum: (writing: Writing) => write(world, writing),
  edit: (change: wire.MessageEdit) => edit(world, change),
  remove: (deletion: wire.Deletion) => remove(world, deletion),
  press: (one: wire.Press, patience?: number) => deeds.press(world, one, patience),
  react: (reaction: wire.React) => deeds.react(world, reaction),
  topic: (deed: wire.TopicDeed) => deeds.doToTopic(world, deed),
  person: (deed: StandingDeed) => changePerson(world, deed),
  group: (deed: GroupDeed) => changeGroup(world, deed),
  state: () => stateOf(world),
  messages: (chat: number, thread?: number) => {
    const all = world.messages(chat).values()
    return thread === undefined ? all : all.filter((message) => message.message_thread_id === thread)
  },
  pending: () => world.updates.pending().map((queued) => queued.update),
  update: (kind: string, body: object, lane: string) => world.updates.add(kind, body, lane),
})

/** The sandbox on a port of this machine, for tests: any free one unless said. */
export const listenSandbox = async (
  options: SandboxOptions & { port?: number },
): Promise<{ url: string; sandbox: Sandbox; close(): Promise<void> }> => {
  const sandbox = await createSandbox(options)
  const { server, address } = await new Promise<{ server: ReturnType<typeof serve>; address: AddressInfo }>(
    (resolve) => {
      const server = serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: options.port ?? 0 }, (address) =>
        resolve({ server, address }),
      )
    },
  )
  const close = () =>
    new Promise<void>((resolve) => {
      sandbox.close()
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${address.port}`, sandbox, close }
}
