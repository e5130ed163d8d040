import { pino } from 'pino'

export type Log = {
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, fields?: Fields): void
}

/** Ids, kinds, counts, durations – never a text, a token, a phone or a name. */
export type Fields = Record<string, string | number | boolean | null | undefined | string[]>

export const createLog = (level = 'info'): Log => {
  const lines = pino({
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'event',
  })
  return {
    info: (event, fields = {}) => lines.info(fields, event),
    warn: (event, fields = {}) => lines.warn(fields, event),
    error: (event, fields = {}) => lines.error(fields, event),
  }
}

/**
 * What may be written about an error. The message is left out: a driver's or Telegram's message can quote what a person
 * wrote (drizzle puts every bound value into it). Name, code and the places in the code are enough to find the fault.
 */
export const fault = (error: unknown): Fields => {
  const chain = causes(error)
  return {
    error: chain.map((one) => one.name).join(' < ') || typeof error,
    code: chain.map(codeOf).find((code) => code !== undefined),
    at: (chain.at(-1)?.stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 6)
      .map((line) => line.trim().replace(/\(?file:\/\/\/?.*\/(src|dist|node_modules)\//, '($1/')),
  }
}

/** What is said of an outage, which is nobody's bug: the same without places in the code. */
export const outage = (error: unknown): Fields => {
  const { error: name, code } = fault(error)
  return { error: name, code }
}

const causes = (error: unknown): Error[] => {
  const chain: Error[] = []
  for (let one = error; one instanceof Error && chain.length < 5; one = one.cause) chain.push(one)
  return chain
}

const codeOf = (error: Error): string | undefined => {
  const { code, error_code } = error as Error & { code?: unknown; error_code?: unknown }
  const found = code ?? error_code
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
}
