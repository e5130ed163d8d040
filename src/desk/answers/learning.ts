import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { keepModel, keptModel, type Library, nameOf } from './kept-model.ts'
import type { Model } from './model.ts'
import { createFinder, type Finder } from './search.ts'

export type Learning = {
  /** The best finder there is for what was last learnt. */
  finder(): Finder
  /** Answers at once as well as it can; ends when the model is in use, or when something newer is being learnt. Never rejects. */
  learn(library: Library): Promise<void>
  close(): Promise<void>
}
type Options = {
  /** Where models rest between starts. */
  dir: string
  /** A model that cannot be learnt or kept: questions are still answered, only less well. */
  onTrouble?: (error: unknown) => void
  train?: Train
}
type Train = (library: Library) => { model: Promise<Model>; stop(): void }

export const createLearning = ({ dir, onTrouble = () => {}, train = inThread }: Options): Learning => {
  let finder = createFinder([])
  let known = ''
  let running: { stop(): void } | null = null
  let turn = 0
  const modelOf = async (library: Library, wanted: () => boolean): Promise<Model | null> => {
    const name = nameOf(library)
    const kept = await keptModel(dir, name)
    if (kept || !wanted()) return kept
    const training = train(library)
    running = training
    const model = await training.model
    await keepModel(dir, name, model).catch(onTrouble)
    return model
  }
  const learn = async (library: Library): Promise<void> => {
    turn += 1
    const mine = turn
    running?.stop()
    // A changed wording is worse served by a search that has to start anew than by what was learnt before.
    const entries = [...new Set(library.phrases.map(({ id }) => id))].sort().join(' ')
    if (entries !== known) finder = whenAsked(() => createFinder(library.phrases, { concepts: library.concepts }))
    known = entries
    try {
      const model = await modelOf(library, () => mine === turn)
      if (mine !== turn || !model) return
      const learnt = createFinder(library.phrases, { concepts: library.concepts, model })
      await warm(learnt, library)
      if (mine === turn) finder = learnt
    } catch (error) {
      if (mine === turn) onTrouble(error)
    }
  }
  const close = async () => {
    turn += 1
    running?.stop()
  }
  return { finder: () => finder, learn, close }
}

/** The first questions after a start would be the slowest by far; one at a time, so that nobody waits for it. */
async function warm(finder: Finder, { phrases }: Library): Promise<void> {
  const lines = phrases.flatMap(({ ask }) => ask.slice(0, 4)).slice(0, 300)
  for (const line of lines) {
    finder.find(line)
    await setImmediate()
  }
}

/** A kept model is there before anybody asks, most of the time; then the simple search need not be made at all. */
const whenAsked = (make: () => Finder): Finder => {
  let made: Finder | null = null
  return {
    find: (question) => {
      made ??= make()
      return made.find(question)
    },
  }
}

function inThread(library: Library): { model: Promise<Model>; stop(): void } {
  const here = import.meta.url
  const worker = new Worker(new URL(here.endsWith('.ts') ? './model-thread.ts' : './model-thread.js', here), {
    workerData: library,
  })
  const model = new Promise<Model>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the learning thread ended without a model')))
  })
  return { model, stop: () => void worker.terminate() }
}
