import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from './day-chance.ts'

export type Gate = {
  url: string
  /** Deliveries of an update: the first and all repeats. */
  told: { updates: number; copies: number; most: number; refused: number }
  /** Called with the port of a replica that took an update. */
  onTaken(listener: (port: number) => void): void
  close(): void
}
type Letter = { body: string; headers: IncomingHttpHeaders }

/**
 * The one address Telegram calls, in front of all replicas. As Telegram may, it delivers an update once or up to fifty times: one
 * after the other, at the same time to several replicas, and late, when what came after it was long taken. It says «taken» only
 * if a replica said so; until then nothing of the same chat follows.
 */
export const openGate = async (ports: number[], chance: Chance): Promise<Gate> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const listeners: ((port: number) => void)[] = []
  const told = { updates: 0, copies: 0, most: 0, refused: 0 }
  const forward = async (letter: Letter): Promise<boolean> => {
    const port = chance.one(ports)
    const taken = (await hand(agent, port, letter)) === 200
    told.copies += 1
    if (taken) for (const listener of listeners) listener(port)
    else told.refused += 1
    return taken
  }
  const deliver = async (letter: Letter): Promise<boolean> => {
    const copies = copiesOf(chance)
    told.updates += 1
    told.most = Math.max(told.most, copies)
    if (chance.happens(0.2)) void sleep(chance.between(0, 4_000)).then(() => forward(letter))
    let taken = false
    for (let left = copies; left > 0; ) {
      const together = Math.min(left, chance.whole(1, 4))
      const answers = await Promise.all(Array.from({ length: together }, () => forward(letter)))
      taken ||= answers.includes(true)
      left -= together
    }
    return taken
  }
  const server = createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const part of incoming) body += part
    const taken = await deliver({ body, headers: incoming.headers })
    outgoing.writeHead(taken ? 200 : 503, taken ? {} : { 'retry-after': '2' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`,
    told,
    onTaken: (listener) => void listeners.push(listener),
    close: () => {
      agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

const copiesOf = (chance: Chance): number => {
  const how = chance.weighed({ once: 80, again: 15, often: 4, storm: 1 })
  if (how === 'once') return 1
  if (how === 'again') return chance.whole(2, 4)
  return how === 'often' ? chance.whole(5, 15) : chance.whole(16, 50)
}

/** The status; 0 where the replica is dead, or died over it. */
const hand = (agent: Agent, port: number, { body, headers }: Letter): Promise<number> =>
  new Promise((resolve) => {
    const secret = headers['x-telegram-bot-api-secret-token'] ?? ''
    const calling = request(
      {
        host: '127.0.0.1',
        port,
        path: '/telegram',
        method: 'POST',
        agent,
        timeout: 30_000,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-telegram-bot-api-secret-token': secret,
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0)).on('error', () => resolve(0))
      },
    )
    calling.on('error', () => resolve(0)).on('timeout', () => calling.destroy())
    calling.end(body)
  })
