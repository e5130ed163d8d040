import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Delivery = { key: string; lane: string; repeated: number }

/** The other side of the wire, which outlives every crash: it hands out updates until they are acknowledged and notes what arrives. */
export const openWire = async () => {
  const updates: { id: number; key: string; lane: string }[] = []
  const arrived: Delivery[] = []
  let acknowledged = 0
  const answer = (path: string, body: string): unknown => {
    if (path === '/updates') {
      acknowledged = Math.max(acknowledged, Number(JSON.parse(body)))
      return updates.filter(({ id }) => id > acknowledged).slice(0, 5)
    }
    arrived.push(JSON.parse(body) as Delivery)
    return {}
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    response.end(JSON.stringify(answer(request.url ?? '', body)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    updates,
    write: (key: string, lane: string) => updates.push({ id: updates.length + 1, key, lane }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type Wire = Awaited<ReturnType<typeof openWire>>
