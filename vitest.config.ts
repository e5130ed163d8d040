import { configDefaults, defineConfig } from 'vitest/config'

/** Long walks, crowds, kills and whole processes: `npm run prove` runs them, and so does every build. */
export const PROOFS = [
  'test/checklist/*.test.ts',
  'test/journeys/crowd.test.ts',
  'test/mail/crash.test.ts',
  'test/mail/outage.test.ts',
  'test/proofs/canaries.test.ts',
  'test/proofs/deploy.test.ts',
  'test/proofs/error-texts.test.ts',
  'test/proofs/failpoints.test.ts',
  'test/proofs/forget-crash.test.ts',
  'test/proofs/fuzz-texts.test.ts',
  'test/proofs/restore.test.ts',
  'test/proofs/silence.test.ts',
  'test/proofs/storage-away.test.ts',
  'test/proofs/storm.test.ts',
  'test/proofs/wires.test.ts',
  'test/start/away.test.ts',
  'test/start/crash.test.ts',
  'test/start/stop.test.ts',
  'test/start/waiting.test.ts',
  'test/tools/faq-tools.test.ts',
]

/** Begin only when they are asked for: `npm run prove -- --full`, `DAY_APPEALS=60 npm run prove -- day`, `MODEL_STEPS=4000 npm run prove -- model`. */
export const DAY = ['test/proofs/day.test.ts', 'test/proofs/model.test.ts']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env.PROOFS === 'in' ? [] : PROOFS), ...DAY],
    globalSetup: ['test/setup/postgres.ts'],
    pool: 'forks',
    // Importing the house anew for each of two hundred files would be a third of the time; files of one worker share its modules.
    isolate: false,
    // One more than a small machine has cores: a journey mostly waits for the other side.
    maxWorkers: 3,
    // Generous, so that a busy machine is slow and not wrong; nothing here asserts a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    // A build server has bad moments; a test that needed its second chance is named in the report.
    retry: process.env.CI ? 1 : 0,
  },
})
