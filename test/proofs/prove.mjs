import { spawnSync } from 'node:child_process'

/** `npm run prove`, and with `-- --full` a hundred times as many texts; whatever else is named goes to vitest. */
const given = process.argv.slice(2)
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--config', 'vitest.prove.config.ts', ...given.filter((one) => one !== '--full')],
  { stdio: 'inherit', env: { ...process.env, ...(given.includes('--full') ? { FULL: '1' } : {}) } },
)
process.exit(status ?? 1)
