import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import type { Library } from './desk/answers/kept-model.ts'
import { createLearning } from './desk/answers/learning.ts'
import type { Finder } from './desk/answers/search.ts'
import { readWordbook } from './desk/answers/wordbook.ts'
import { fault, type Log } from './log.ts'
import { watchTexts } from './texts/watch.ts'
import { LOCALES, type Texts } from './texts.ts'

export type Words = { texts(): Texts; finder(): Finder; close(): Promise<void> }

/** The words of locales, followed as they change, and what finds answers in them. */
export const openWords = (config: Config, log: Log): Words => {
  const learning = createLearning({
    dir: join(config.dataDir, 'models'),
    onTrouble: (error) => log.error('answers.not_learnt', fault(error)),
  })
  const watch = watchTexts(LOCALES, {
    options: { showUnverified: config.sandbox },
    onSwap: (texts) => {
      void learning.learn(libraryOf(texts))
      log.info('texts.swapped', { version: texts.version })
    },
    onFault: (faults) =>
      log.error('texts.kept', { faults: faults.map(({ file, line, message }) => `${file}:${line} ${message}`) }),
  })
  void learning.learn(libraryOf(watch.current()))
  return {
    texts: () => watch.current(),
    finder: learning.finder,
    close: async () => {
      watch.close()
      await learning.close()
    },
  }
}

const libraryOf = (texts: Texts): Library => {
  const { concepts, offTopic } = readWordbook(fileURLToPath(LOCALES), texts.langs)
  const entries = texts.langs.flatMap((lang) => texts.entries(lang).map((entry) => ({ entry, lang })))
  const phrases = entries.map(({ entry: { id, title, answer, ask, words }, lang }) => ({
    id,
    lang,
    title,
    answer,
    ask,
    words,
  }))
  return { phrases: [...phrases, ...offTopic], concepts }
}
