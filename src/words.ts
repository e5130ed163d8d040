import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import type { Library } from './desk/answers/kept-model.ts'
import { createLearning } from './desk/answers/learning.ts'
import type { Finder } from './desk/answers/search.ts'
import { readWordbook } from './desk/answers/wordbook.ts'
import type { Desk } from './desk/desk.ts'
import * as facts from './desk/facts.ts'
import * as loaded from './desk/loaded.ts'
import { fault, type Log, outage } from './log.ts'
import type { Fault } from './texts/source.ts'
import { changesBetween } from './texts/stock.ts'
import { watchTexts } from './texts/watch.ts'
import { LOCALES, type Texts } from './texts.ts'

export type Words = {
  texts(): Texts
  finder(): Finder
  /** From now on the checks of facts count, and admins read what is loaded here. Ends with what takes leave of the desk. */
  join(desk: Desk, owner: string): Promise<() => Promise<void>>
  close(): Promise<void>
}
type Checks = ReadonlyMap<string, string>
type Shared = { checks: Checks; said: loaded.Loaded; tell: () => void }

/** The words of locales, followed as they change, and what finds answers in them. */
export const openWords = (config: Config, log: Log): Words => {
  const learning = createLearning({
    dir: join(config.dataDir, 'models'),
    onTrouble: (error) => log.error('answers.not_learnt', fault(error)),
  })
  const dir = config.localesDir ?? fileURLToPath(LOCALES)
  const shared: Shared = { checks: new Map(), said: NOTHING_SAID, tell: () => {} }
  let texts: Texts | null = null
  const swap = (next: Texts) => {
    shared.said = saidOf(shared.said, next, texts)
    texts = next
    // The files may be other ones again by now; what was learnt before goes on answering.
    attempt(
      () => void learning.learn(libraryOf(next, dir)),
      (error) => log.error('answers.not_learnt', fault(error)),
    )
    shared.tell()
  }
  const watch = watchTexts(dir, {
    options: { showUnverified: config.sandbox, checkedUntil: (hash) => shared.checks.get(hash) ?? null },
    onSwap: (next) => {
      swap(next)
      log.info('texts.swapped', { version: next.version })
    },
    onFault: (found, state) => {
      const faults = found.map(inWords)
      log.error('texts.kept', { faults })
      shared.said = { ...shared.said, trouble: { state, faults } }
      shared.tell()
    },
    onRound: () => shared.tell(),
  })
  swap(watch.current())
  return {
    texts: () => watch.current(),
    finder: learning.finder,
    join: (desk, owner) => share({ desk, owner, shared, look: watch.look }),
    close: async () => {
      watch.close()
      await learning.close()
    },
  }
}

const NOTHING_SAID: loaded.Loaded = { version: '', since: '', changes: null, trouble: null }

const saidOf = (said: loaded.Loaded, next: Texts, before: Texts | null): loaded.Loaded => {
  if (said.version === next.version) return { ...said, trouble: null }
  const changes = before && changesBetween(before.stock, next.stock)
  return { version: next.version, since: new Date().toISOString(), changes, trouble: null }
}

const attempt = (work: () => void, onError: (error: unknown) => void): void => {
  try {
    work()
  } catch (error) {
    onError(error)
  }
}

const inWords = ({ file, line, message, remedy }: Fault): string => `${file}:${line} ${message}. ${remedy}`

type Joining = { desk: Desk; owner: string; shared: Shared; look: () => void }

const share = async ({ desk, owner, shared, look }: Joining): Promise<() => Promise<void>> => {
  const refresh = async () => {
    shared.checks = await facts.checks(desk)
  }
  const report = async () => {
    await loaded.report(desk, owner, shared.said)
    if (shared.said.trouble) await loaded.tellTrouble(desk, shared.said.trouble)
  }
  // Without its database the desk goes on with the words and the checks it has; the next look makes up for it.
  const safely = (work: () => Promise<void>) => () =>
    void work().catch((error) => desk.log.warn('words.not_shared', outage(error)))
  shared.tell = safely(async () => {
    await refresh()
    await report()
  })
  await refresh()
  await report()
  await desk.db.listen('facts', safely(refresh))
  await desk.db.listen('texts', () => {
    look()
    shared.tell()
  })
  return async () => {
    shared.tell = () => {}
    await loaded.leave(desk, owner).catch((error) => desk.log.warn('words.not_shared', outage(error)))
  }
}

const libraryOf = (texts: Texts, dir: string): Library => {
  const entries = texts.langs.flatMap((lang) => texts.entries(lang).map((entry) => ({ entry, lang })))
  const book = readWordbook(dir, texts.langs, new Set(entries.map(({ entry }) => entry.id)))
  const phrases = entries.map(({ entry: { id, title, answer, ask, words }, lang }) => ({
    id,
    lang,
    title,
    answer,
    ask,
    words,
  }))
  return { phrases: [...phrases, ...book.phrases], concepts: book.concepts }
}
