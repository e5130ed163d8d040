import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/postgres.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Generous, so that a busy machine is slow and not wrong; nothing here asserts a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A build server has bad moments; a test that needed its second chance is named in the report.
    retry: process.env.CI ? 1 : 0,
    teardownTimeout: 15_000,
  },
})
