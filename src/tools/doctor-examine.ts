import { type Config, ConfigError, readConfig } from '../config.ts'
import type { DatabaseFacts } from '../db/inspect.ts'
import { clockOfTelegram, inspectTelegram } from '../telegram/inspect.ts'
import type { Lack } from '../telegram/rights.ts'
import { TextsError } from '../texts/source.ts'
import type { Texts } from '../texts.ts'
import { databaseOf, databasePoints } from './doctor-database.ts'
import { clockPoint, diskPoint, nodePoint, portPoint, readTexts, textPoints } from './doctor-machine.ts'
import { bad, type Point, well } from './doctor-point.ts'
import { telegramPoints } from './doctor-telegram.ts'

/** Whoever runs the machine reads what the doctor says. */
const LANG = 'en'

/** Examines the desk that this environment describes. */
export const examine = async (env?: NodeJS.ProcessEnv, read = readTexts): Promise<Point[]> => {
  const config = configOf(env)
  if (Array.isArray(config)) return config
  const { sandbox, databaseUrl } = config
  const texts = read(config.localesDir)
  const mode = sandbox ? 'No BOT_TOKEN: npm start opens the sandbox.' : 'Every setting is well formed.'
  const port = await portPoint(config)
  const { points: opened, facts } = await databaseOf(config, port.running)
  return [
    well('settings', mode),
    nodePoint(process.versions.node),
    diskPoint(config.dataDir),
    ...textPoints(texts, facts?.reached === 'yes' ? facts.checks : undefined),
    port.point,
    ...opened,
    ...(facts ? databasePoints(facts, { local: databaseUrl === null }) : []),
    ...(sandbox ? [] : await outside(config, { database: facts, texts })),
  ]
}

const configOf = (env: NodeJS.ProcessEnv | undefined): Config | Point[] => {
  try {
    return env ? readConfig(env) : readConfig()
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((fault) => bad('settings', fault))
    throw error
  }
}

type Known = { database: DatabaseFacts | null; texts: Texts | TextsError }

const outside = async (config: Config, { database, texts }: Known): Promise<Point[]> => {
  const known = database?.reached === 'yes' ? database.chats : []
  const chats = [...new Set([...(config.deskChatId === null ? [] : [config.deskChatId]), ...known])]
  const people = [...new Set([...config.adminIds, ...config.operatorIds])]
  const wanted = { token: config.botToken, apiRoot: config.botApiRoot, chats, people }
  const [facts, telegramMs] = await Promise.all([inspectTelegram(wanted), clockOfTelegram(config.botApiRoot)])
  const databaseMs = database?.reached === 'yes' ? database.clockMs : null
  // In the words of locales, unless these have faults of their own.
  const remedyOf = (lack: Lack) => (texts instanceof TextsError ? `it lacks ${lack}` : texts.t(LANG, `lack.${lack}`))
  return [...telegramPoints(facts, config, remedyOf), clockPoint({ telegramMs, databaseMs })]
}
