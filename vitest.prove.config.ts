import { configDefaults, defineConfig } from 'vitest/config'
import base, { PROOFS } from './vitest.config.ts'

export default defineConfig({ test: { ...base.test, include: PROOFS, exclude: configDefaults.exclude, maxWorkers: 2 } })
