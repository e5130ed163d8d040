import { join } from 'node:path'
import { dataDirOf } from '../config.ts'
import { createLearning } from '../desk/answers/learning.ts'
import type { Found } from '../desk/answers/search.ts'
import { askAsDesk } from './faq-cross.ts'
import { readLibrary } from './faq-library.ts'

/** Answers as the desk does once it has learnt; what is no question at all is left to a person. */
export const tryFaq = async (): Promise<(question: string) => Found> => {
  const learning = createLearning({
    dir: join(dataDirOf(), 'models'),
    onTrouble: (error) => console.error('The search learnt nothing and answers simply:', error),
  })
  await learning.learn(readLibrary('locales'))
  return (question) => askAsDesk(learning.finder(), question)
}
