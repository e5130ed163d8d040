import { configDefaults, defineConfig } from 'vitest/config'
import base, { DAY, PROOFS } from './vitest.config.ts'

const { DAY_APPEALS, FULL, MODEL_STEPS } = process.env
const include = FULL || DAY_APPEALS || MODEL_STEPS ? [...PROOFS, ...DAY] : PROOFS

export default defineConfig({
  test: { ...base.test, include, exclude: configDefaults.exclude, maxWorkers: 2, isolate: true },
})
