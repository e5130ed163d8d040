import { spawnSync } from 'node:child_process'

/** `npm run prove`, and with `-- --full` the long forms, whose people wait longer; whatever else is named goes to vitest. */
const given = process.argv.slice(2)
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--config', 'vitest.prove.config.ts', ...given.filter((one) => one !== '--full')],
  {
    stdio: 'inherit',
    env: { ...process.env, ...(given.includes('--full') ? { FULL: '1', TEST_PATIENCE_MS: '300000' } : {}) },
  },
)
process.exit(status ?? 1)
