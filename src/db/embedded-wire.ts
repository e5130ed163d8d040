import { connect } from 'node:net'

/**
 * Asks one question over PostgreSQL's own protocol and returns the first value. Enough to see whose server answers on
 * a port, without the driver, which belongs to client.ts.
 */
export function askServer({ port, user, sql }: { port: number; user: string; sql: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 })
    let rest = Buffer.alloc(0)
    let answer: string | undefined
    let asked = false
    const finish = (error?: Error) => {
      socket.destroy()
      if (answer === undefined) reject(error ?? new Error('no answer'))
      else resolve(answer)
    }
    socket.once('error', finish).once('close', () => finish())
    socket.once('timeout', () => finish(new Error('no answer in time')))
    socket.once('connect', () => socket.write(framed('', number(196_608), `user\0${user}\0database\0postgres\0\0`)))
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      for (let size = frameSize(rest); size > 0; size = frameSize(rest)) {
        const [kind, body] = [String.fromCharCode(rest[0] ?? 0), rest.subarray(5, size)]
        rest = rest.subarray(size)
        if (kind === 'E') finish(new Error('the server refused'))
        if (kind === 'D') answer = body.subarray(6).toString('utf8')
        if (kind === 'Z' && asked) finish()
        if (kind === 'Z' && !asked) asked = socket.write(framed('Q', `${sql}\0`)) || true
      }
    })
  })
}

function frameSize(bytes: Buffer): number {
  const size = bytes.length < 5 ? 0 : 1 + bytes.readInt32BE(1)
  return size > bytes.length ? 0 : size
}

function framed(kind: string, ...parts: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  return Buffer.concat([Buffer.from(kind), number(body.length + 4), body])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
