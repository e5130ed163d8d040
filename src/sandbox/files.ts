import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { imageSize } from './image-size.ts'
import type { MediaKind } from './model.ts'
import type { FileRef } from './page/wire.ts'
import type { Store } from './store.ts'

export type Upload = { name: string; type: string; bytes: Uint8Array }
export type FileRow = FileRef & { kind: MediaKind; file_path: string }
export type Files = {
  /** Keeps the bytes under a new id. Null when a photo is none. */
  keep(kind: MediaKind, upload: Upload): FileRow | null
  get(fileId: string): FileRow | undefined
  at(path: string): FileRow | undefined
  bytes(fileId: string): Uint8Array | null
}

const folders: Record<MediaKind, string> = {
  photo: 'photos',
  document: 'documents',
  voice: 'voice',
  video: 'videos',
  video_note: 'video_notes',
  audio: 'music',
  animation: 'animations',
  sticker: 'stickers',
}

/** Files lie beside the history, or in memory without a folder. */
export const createFiles = (store: Store, dir?: string): Files => {
  const rows = store.table<FileRow>('files')
  const memory = new Map<string, Uint8Array>()
  const folder = dir === undefined ? null : join(dir, 'files')
  if (folder !== null) mkdirSync(folder, { recursive: true })
  return {
    keep: (kind, upload) => {
      const shape = describe(kind, upload)
      if (shape === null) return null
      const number = store.next('file', 1)
      const file_id = `sandbox-${kind}-${number}`
      const file_path = `${folders[kind]}/file_${number}${suffix(upload)}`
      if (folder === null) memory.set(file_id, upload.bytes)
      else writeFileSync(join(folder, file_id), upload.bytes)
      const row = { file_id, file_unique_id: `u${number}`, file_size: upload.bytes.length, ...shape, kind, file_path }
      rows.put(file_id, row)
      return row
    },
    get: (fileId) => rows.get(fileId),
    at: (path) => rows.values().find((row) => row.file_path === path),
    bytes: (fileId) => {
      if (!rows.has(fileId)) return null
      return folder === null ? (memory.get(fileId) ?? null) : readFileSync(join(folder, fileId))
    },
  }
}

const suffix = (upload: Upload) => {
  const own = extname(upload.name)
  return /^\.\w{1,8}$/.test(own) ? own : ''
}

/** What Telegram would find out about a file; lengths of sound and film it cannot see here are zero. */
const describe = (
  kind: MediaKind,
  { name, type, bytes }: Upload,
): Omit<FileRef, 'file_id' | 'file_unique_id'> | null => {
  const size = imageSize(bytes)
  const named = { file_name: name, mime_type: type || 'application/octet-stream' }
  switch (kind) {
    case 'photo':
      return size
    case 'document':
      return named
    case 'voice':
      return { duration: 0, mime_type: type || 'audio/ogg' }
    case 'audio':
      return { duration: 0, ...named }
    case 'video_note':
      return { duration: 0, width: 240, height: 240 }
    case 'sticker':
      return { width: 512, height: 512, ...size }
    case 'video':
    case 'animation':
      return { duration: 0, width: 320, height: 240, ...size, ...named }
  }
}
