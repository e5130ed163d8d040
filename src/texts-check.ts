import type { TextSet } from './texts-set.ts'
import type { Fault } from './texts-source.ts'

/** Holds the texts against each other and against what Telegram takes. */
export const checkTextSet = (_set: TextSet, _today: string): Fault[] => []
