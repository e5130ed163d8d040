import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from './free-port.ts'

export type Road = { url: string; open(): Promise<void>; close(): Promise<void> }

/** A port that leads to the database only while it is open. */
export async function roadTo(databaseUrl: string): Promise<Road> {
  const { hostname, port: target } = new URL(databaseUrl)
  const port = await freePort()
  const travellers = new Set<Socket>()
  let server: Server | null = null
  const close = async () => {
    const closing = server
    server = null
    for (const socket of travellers) socket.destroy()
    if (closing) await new Promise((resolve) => closing.close(resolve))
  }
  const open = async () => {
    server = createServer((near) => {
      const far = connect(Number(target), hostname)
      for (const [one, other] of [[near, far] as const, [far, near] as const]) {
        travellers.add(one)
        one
          .on('error', () => {})
          .on('close', () => {
            travellers.delete(one)
            other.destroy()
          })
        one.pipe(other)
      }
    }).listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  return { url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href, open, close }
}
