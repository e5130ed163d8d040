import { AsyncLocalStorage } from 'node:async_hooks'

/** The key of the row whose handling puts letters out, so that a letter can be followed back to the message that caused it. */
const causes = new AsyncLocalStorage<string>()

export const causedBy = <T>(key: string, work: () => Promise<T>): Promise<T> => causes.run(key, work)
export const cause = (): string | null => causes.getStore() ?? null
