import type { Db, Tx } from '../db/client.ts'
import type { Keyring } from '../db/keyring.ts'
import type { Log } from '../log.ts'
import type { Express } from '../mail/express.ts'
import type { Texts } from '../texts.ts'

/**
 * What every rule of the desk is given. `texts` is a function, because the words may be swapped at any time.
 * `express` is there as soon as the outbox is worked on.
 */
export type Desk = { db: Db; keys: Keyring; log: Log; texts: () => Texts; express?: Express | undefined }
export type { Tx }

export const LINES = ['access', 'services', 'appeals', 'fraud', 'complaints'] as const
export type Line = (typeof LINES)[number]
export const isLine = (word: string): word is Line => (LINES as readonly string[]).includes(word)

export type Status = 'accepted' | 'in_progress' | 'completed' | 'rejected' | 'cancelled'
export type AppealKind = 'operator' | 'feedback' | 'contest' | 'fault' | 'complaint' | 'fraud' | 'callback'

/** The language of the desk group's own words. */
export const DESK_LANG = 'ru'
