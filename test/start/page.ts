import type { Fault } from '../../src/sandbox/faults.ts'
import type { Message, SandboxState } from '../../src/sandbox/page/wire.ts'

export { GROUP } from '../house.ts'

/** What the sandbox's page does with the server of a desk that runs in another process. */
export function page(port: number) {
  const address = `http://127.0.0.1:${port}/sandbox`
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  }
  const messagesIn = async (chat: number): Promise<Message[]> => {
    const state = (await (await fetch(`${address}/state`)).json()) as SandboxState
    return state.messages[String(chat)] ?? []
  }
  const textsIn = async (chat: number) => (await messagesIn(chat)).flatMap(({ text }) => (text ? [text] : []))

  /** The newest text that fits, as soon as it is there. */
  const hears = async (chat: number, words: RegExp, patience = 10_000): Promise<string> =>
    await eventually(patience, `${words} in ${chat}`, async () => {
      return (await textsIn(chat)).findLast((text) => words.test(text))
    })

  const press = async (from: number, chat: number, words: RegExp) => {
    const found = await eventually(10_000, `a button ${words}`, async () => {
      const all = (await messagesIn(chat)).flatMap(({ message_id, reply_markup }) =>
        (reply_markup?.inline_keyboard.flat() ?? []).map((button) => ({ message_id, ...button })),
      )
      return all.findLast(({ text, callback_data }) => callback_data !== undefined && words.test(text))
    })
    await post('/press', { from, chat, message_id: found.message_id, data: found.callback_data })
  }

  return {
    write: (from: number, chat: number, text: string) => post('/messages', { from, chat, text }),
    fault: (fault: Fault) => post('/fault', fault),
    press,
    hears,
    textsIn,
  }
}

async function eventually<T>(patience: number, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience
  while (Date.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`waited in vain for ${what}`)
}
