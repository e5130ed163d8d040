import { connect, createServer, type Socket } from 'node:net'

export type Road = { url: string; statements(): number; close(): Promise<void> }

/** A road to the database that counts what passes: every statement that is executed, whoever asks it and however it is written. */
export const openRoad = async (databaseUrl: string): Promise<Road> => {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  let statements = 0
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname)
    const seen = reader((type) => {
      if (type === 'E' || type === 'Q') statements += 1
    })
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(from)
      from.on('data', (bytes: Buffer) => {
        if (from === client) seen(bytes)
        to.write(bytes)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.end()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href,
    statements: () => statements,
    close: async () => {
      for (const one of open) one.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Messages of the PostgreSQL protocol: a letter and a length; the very first has no letter. */
const reader = (onMessage: (type: string) => void) => {
  let rest = Buffer.alloc(0)
  let greeted = false
  return (bytes: Buffer): void => {
    rest = Buffer.concat([rest, bytes])
    for (;;) {
      const head = greeted ? 1 : 0
      if (rest.length < head + 4) return
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return
      if (greeted) onMessage(String.fromCharCode(rest[0] ?? 0))
      greeted = true
      rest = rest.subarray(length)
    }
  }
}
