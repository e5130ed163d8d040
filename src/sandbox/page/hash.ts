import { sendMessage } from './api.ts'
import { onChange, page } from './state.ts'

/** `#citizen=1001&operator=5001&topic=12` keeps what is open; `start=<payload>` is said once by the citizen. */
export function readHash(): void {
  const hash = new URLSearchParams(location.hash.slice(1))
  const id = (name: string) => (/^-?\d+$/.test(hash.get(name) ?? '') ? Number(hash.get(name)) : null)
  const { here } = page
  here.citizen = id('citizen') ?? here.citizen
  here.operator = id('operator') ?? here.operator
  here.topic = id('topic')
  here.side = hash.get('side') === 'desk' ? 'desk' : 'citizen'
  payload = hash.get('start')
}

export function keepHash(): void {
  onChange(() => {
    if (!page.state) return
    start()
    const { citizen, operator, topic, side } = page.here
    const parts = [
      citizen && `citizen=${citizen}`,
      operator && `operator=${operator}`,
      topic && `topic=${topic}`,
      side === 'desk' && 'side=desk',
    ]
    const hash = `#${parts.filter(Boolean).join('&')}`
    if (hash !== location.hash) history.replaceState(null, '', hash)
  })
}

let payload: string | null = null

function start(): void {
  const { citizen } = page.here
  if (payload === null || citizen === null) return
  const text = `/start ${payload}`.trim()
  payload = null
  void sendMessage({ from: citizen, chat: citizen, text })
}
