import { readFileSync } from 'node:fs'

/** A field's name and type; `!` after the type means required, `=` before it the only value. */
export type Fields = Record<string, string>

type Api = {
  version: string
  methods: Record<string, Fields>
  types: Record<string, Fields>
  unions: Record<string, string[]>
  reactions: string[]
}
/** The methods that are served, and the types their parameters reach. */
// The compiled file lies in dist/sandbox/, the source in src/sandbox/: the same two steps up from both.
export const api = JSON.parse(readFileSync(new URL('../../src/sandbox/bot-api.json', import.meta.url), 'utf8')) as Api

/** The emoji a bot may react with. */
export const reactionEmoji: ReadonlySet<string> = new Set(api.reactions)
