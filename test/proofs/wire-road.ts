import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export type WireRoad = {
  url: string
  /** Ends the connection in which the k-th byte from now on travels, right after that byte; resolves when it has. */
  cutAfter(k: number): Promise<void>
  /** What is open now never says a word again, and nobody is told; what is opened later works. */
  blackHole(): void
}

/** A road to a server on this machine on which connections can be cut at any byte, or go silent. */
export const wireRoadTo = async (address: string): Promise<WireRoad> => {
  const target = new URL(address)
  const travellers = new Set<{ near: Socket; far: Socket }>()
  let left = Number.POSITIVE_INFINITY
  let cut: (() => void) | null = null
  const carry = (pair: { near: Socket; far: Socket }, to: Socket) => (bytes: Buffer) => {
    if (left > bytes.length) {
      left -= bytes.length
      to.write(bytes)
      return
    }
    const last = bytes.subarray(0, left)
    left = Number.POSITIVE_INFINITY
    // The byte itself arrives: what follows it does not.
    to.write(last, () => {
      pair.near.destroy()
      pair.far.destroy()
      cut?.()
    })
  }
  const server = createServer((near) => {
    const pair = { near, far: connect(Number(target.port), target.hostname) }
    travellers.add(pair)
    for (const [one, other] of [[pair.near, pair.far] as const, [pair.far, pair.near] as const]) {
      one
        .on('data', carry(pair, other))
        .on('error', () => {})
        .on('close', () => {
          travellers.delete(pair)
          other.destroy()
        })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const { near, far } of travellers) for (const one of [near, far]) one.destroy()
    server.close()
  })
  const { port } = server.address() as { port: number }
  return {
    url: Object.assign(new URL(address), { hostname: '127.0.0.1', port: String(port) }).href.replace(/\/$/, ''),
    cutAfter: (k) =>
      new Promise((resolve) => {
        left = k
        cut = resolve
      }),
    blackHole: () => {
      for (const { near, far } of travellers) {
        for (const one of [near, far]) one.removeAllListeners('data').removeAllListeners('close').pause()
      }
    },
  }
}
