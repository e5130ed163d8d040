import type { Upload } from './files.ts'
import { badRequest } from './refusal.ts'

export type Part = { name: string; text: string } | { name: string; file: Upload }

/**
 * The parts of a multipart body, in order. Read here because the platform's own reader refuses bodies that Telegram takes:
 * without a space after a header's colon, or without a line end after the last boundary.
 */
export const readMultipart = (body: Buffer, contentType: string): Part[] => {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)?.slice(1).find(Boolean)
  if (boundary === undefined) throw badRequest("can't find a boundary in the content type")
  const parts: Part[] = []
  const mark = Buffer.from(`\r\n--${boundary}`)
  let at = body.indexOf(mark.subarray(2))
  if (at < 0) throw badRequest("can't find the boundary in the body")
  at += mark.length - 2
  while (body.subarray(at, at + 2).toString('latin1') === '\r\n') {
    const end = body.indexOf(mark, at)
    if (end < 0) throw badRequest('the body ends inside a part')
    parts.push(readPart(body.subarray(at + 2, end)))
    at = end + mark.length
  }
  return parts
}

const readPart = (part: Buffer): Part => {
  const split = part.indexOf('\r\n\r\n')
  const head = part.subarray(0, Math.max(0, split)).toString('utf8')
  const content = part.subarray(split + 4)
  const name = field(head, 'name')
  if (split < 0 || name === undefined) throw badRequest('a part of the body has no name')
  const file = field(head, 'filename')
  if (file === undefined) return { name, text: content.toString('utf8') }
  const type = /^content-type:\s*([^\r\n;]+)/im.exec(head)?.[1]?.trim() ?? ''
  return { name, file: { name: file, type, bytes: new Uint8Array(content) } }
}

const field = (head: string, name: string): string | undefined => {
  const match = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;\\r\\n]*))`, 'i').exec(head)
  return match?.[1] ?? match?.[2]
}
