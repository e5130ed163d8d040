import { parentPort, workerData } from 'node:worker_threads'
import type { Library } from './kept-model.ts'
import { trainModel } from './model.ts'

/** Runs in a thread of its own: learning takes seconds in which nobody could be answered. */
const { phrases, concepts } = workerData as Library
parentPort?.postMessage(trainModel(phrases, concepts))
