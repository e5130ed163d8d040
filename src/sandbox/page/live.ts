import { fetchState } from './api.ts'
import { changed, page, take } from './state.ts'
import type { SandboxEvent } from './wire.ts'

/** Keeps the page alive: the stream of events, and the whole state anew whenever the stream had to be opened again. */
export function connect(failures = 0): void {
  const stream = new EventSource('/sandbox/events')
  let waiting: SandboxEvent[] | null = []
  stream.onmessage = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as SandboxEvent
    if (waiting) waiting.push(event)
    else take(event)
  }
  const lost = () => {
    stream.close()
    show(false)
    setTimeout(() => connect(failures + 1), Math.min(5000, 500 * 2 ** failures))
  }
  stream.onerror = lost
  stream.onopen = async () => {
    try {
      take({ type: 'state', state: await fetchState() })
    } catch {
      if (stream.readyState !== EventSource.CLOSED) lost()
      return
    }
    // What came meanwhile may be older than the state; events carry whole objects, so taking them again does no harm.
    for (const event of waiting ?? []) take(event)
    waiting = null
    failures = 0
    show(true)
  }
}

function show(online: boolean): void {
  page.online = online
  changed()
}
