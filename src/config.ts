import { z } from 'zod'

export type Config = {
  /** Without a token the desk talks to the messenger on this machine. */
  sandbox: boolean
  botToken: string
  botApiRoot: string | null
  databaseUrl: string | null
  dataDir: string
  /** Another folder of words than the one that comes with the program. */
  localesDir: string | null
  deskChatId: number | null
  adminIds: number[]
  operatorIds: number[]
  webhook: { url: URL; secrets: [string, ...string[]] } | null
  /** How many times Telegram's limits the desk may send; 'off' for a server without limits. */
  pace: number | 'off'
  port: number
  /** 32 bytes; null means: made once and kept in the data folder (sandbox only). */
  dataKey: Buffer | null
  /** Keys that still open what they sealed, while DATA_KEY is being changed. */
  olderKeys?: Buffer[]
}

export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`The settings have ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <T extends z.ZodType>(type: T) => z.preprocess(blank, type.optional())
const ids = (name: string) =>
  optional(
    z.string().regex(/^\s*\d{1,16}(\s*,\s*\d{1,16})*\s*$/, `${name}: a comma list of Telegram ids, e.g. 123456,234567`),
  ).transform((list) => (list === undefined ? [] : list.split(',').map(Number)))

const environment = z.object({
  BOT_TOKEN: optional(
    z.string().regex(/^\d{5,16}:[\w-]{20,}$/, 'BOT_TOKEN: looks like 123456789:AA…, take it from @BotFather'),
  ),
  BOT_API_ROOT: optional(
    z.url({ protocol: /^https?$/, error: 'BOT_API_ROOT: an http(s) address such as http://127.0.0.1:8081' }),
  ),
  DATABASE_URL: optional(
    z.url({
      protocol: /^postgres(ql)?$/,
      error: 'DATABASE_URL: looks like postgres://user:password@host:5432/okoshko',
    }),
  ),
  DATA_DIR: optional(z.string()),
  LOCALES_DIR: optional(z.string()),
  DESK_CHAT_ID: optional(
    z
      .string()
      .regex(/^-\d{5,16}$/, 'DESK_CHAT_ID: the id of a forum supergroup, a negative number such as -1001234567890'),
  ),
  ADMIN_IDS: ids('ADMIN_IDS'),
  OPERATOR_IDS: ids('OPERATOR_IDS'),
  WEBHOOK_URL: optional(z.url({ protocol: /^https?$/, error: 'WEBHOOK_URL: the whole https address Telegram calls' })),
  WEBHOOK_SECRET: optional(
    z
      .string()
      .regex(
        /^[\w-]{1,256}(,[\w-]{1,256})?$/,
        'WEBHOOK_SECRET: 1–256 of A-Z a-z 0-9 _ -; a second one after a comma while it is changed',
      ),
  ),
  PACE: optional(z.string().regex(/^(off|\d{1,4}(\.\d+)?)$/, 'PACE: a number such as 1, or off')),
  PORT: optional(z.string().regex(/^\d{1,5}$/, 'PORT: a number from 0 to 65535')),
  DATA_KEY: optional(z.string()),
  DATA_KEY_OLD: optional(z.string()),
})

/** Reads the whole environment at once. @throws {ConfigError} that names every fault and its remedy. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const parsed = environment.safeParse(env)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message)
  const raw = parsed.success ? parsed.data : null
  const dataKey = readKey(env.DATA_KEY, faults)
  const olderKeys = (env.DATA_KEY_OLD ?? '').split(',').flatMap((one) => readKey(one, faults, 'DATA_KEY_OLD') ?? [])
  faults.push(...contradictions(env))
  if (faults.length > 0 || raw === null) throw new ConfigError(faults)
  const [secret, ...older] = raw.WEBHOOK_SECRET?.split(',') ?? []
  return {
    sandbox: raw.BOT_TOKEN === undefined,
    botToken: raw.BOT_TOKEN ?? '',
    botApiRoot: raw.BOT_API_ROOT?.replace(/\/+$/, '') ?? null,
    databaseUrl: raw.DATABASE_URL ?? null,
    dataDir: raw.DATA_DIR ?? DATA_DIR,
    localesDir: raw.LOCALES_DIR ?? null,
    deskChatId: raw.DESK_CHAT_ID === undefined ? null : Number(raw.DESK_CHAT_ID),
    adminIds: raw.ADMIN_IDS,
    operatorIds: raw.OPERATOR_IDS,
    webhook: raw.WEBHOOK_URL && secret ? { url: new URL(raw.WEBHOOK_URL), secrets: [secret, ...older] } : null,
    pace: raw.PACE === 'off' ? 'off' : Number(raw.PACE ?? 1),
    port: Number(raw.PORT ?? 3000),
    dataKey,
    olderKeys,
  }
}

/** For tools that need no more of the settings than where things are kept. */
export const dataDirOf = (env: NodeJS.ProcessEnv = process.env): string => env.DATA_DIR?.trim() || DATA_DIR

const DATA_DIR = '.data'

const readKey = (value: string | undefined, faults: string[], name = 'DATA_KEY'): Buffer | null => {
  if (value === undefined || value.trim() === '') return null
  const key = Buffer.from(value, 'base64')
  if (key.length === 32) return key
  faults.push(`${name}: 32 bytes in base64; make one with: openssl rand -base64 32`)
  return null
}

const contradictions = (env: NodeJS.ProcessEnv): string[] => {
  const faults: string[] = []
  const given = (name: string) => (env[name] ?? '').trim() !== ''
  if (given('BOT_TOKEN') && !given('DATA_KEY')) {
    faults.push(
      'DATA_KEY: required with BOT_TOKEN; make one with: openssl rand -base64 32, and keep it as safely as the database',
    )
  }
  if (given('WEBHOOK_URL') && !given('WEBHOOK_SECRET')) {
    faults.push('WEBHOOK_SECRET: required with WEBHOOK_URL; make one with: openssl rand -hex 32')
  }
  if (given('WEBHOOK_URL') && !given('BOT_TOKEN')) faults.push('WEBHOOK_URL: only with BOT_TOKEN; the sandbox polls')
  if (!secureEnough(env.WEBHOOK_URL)) faults.push('WEBHOOK_URL: Telegram needs https (http is taken for loopback only)')
  if (given('PACE') && env.PACE !== 'off' && !(Number(env.PACE) > 0)) faults.push('PACE: more than 0, or off')
  if (given('PORT') && Number(env.PORT) > 65535) faults.push('PORT: a number from 0 to 65535')
  return faults
}

const secureEnough = (address: string | undefined): boolean => {
  if (!address || !URL.canParse(address)) return true
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
