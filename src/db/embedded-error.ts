/** One sentence for the person who starts the desk: what is wrong and what to do. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError'
}

const another = 'set DATABASE_URL to a PostgreSQL 15 or newer'

export function unsupported(platform: string): EmbeddedError {
  return new EmbeddedError(`There is no bundled PostgreSQL for ${platform} (or npm left it out): ${another}.`)
}

export function doesNotStart(why: string): EmbeddedError {
  return new EmbeddedError(`The bundled PostgreSQL does not start here (${why || 'it said nothing'}): ${another}.`)
}

/** Turns a failure of the file system into a sentence that names the folder and the remedy. */
export function explained(error: unknown, dir: string): EmbeddedError {
  const text = error instanceof Error ? error.message : String(error)
  if (/ENOSPC|EDQUOT|No space left|quota exceeded/i.test(text)) {
    return new EmbeddedError(`The disk that holds ${dir} is full: free some space or point DATA_DIR elsewhere.`)
  }
  if (/EACCES|EROFS|EPERM|ENOTDIR|EEXIST|Permission denied|Read-only/i.test(text)) {
    return new EmbeddedError(`The folder ${dir} cannot be written: point DATA_DIR to one that can, or ${another}.`)
  }
  return new EmbeddedError(`The local PostgreSQL in ${dir} did not start (${text}): ${another}.`)
}
