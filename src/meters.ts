import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Fields, Log } from './log.ts'

export type Meters = { registry: Registry; log: Log }

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/**
 * What happened is counted where it is said: each line of the log that matters moves its counter, so that the figures and the
 * trace can never tell different stories. Labels are kinds and endings, never people.
 */
export const createMeters = (log: Log): Meters => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const count = counters(registry)
  const heard =
    (say: (event: string, fields?: Fields) => void) =>
    (event: string, fields: Fields = {}): void => {
      count(event, fields)
      say(event, fields)
    }
  return { registry, log: { info: heard(log.info), warn: heard(log.warn), error: heard(log.error) } }
}

const counters = (registry: Registry) => {
  const registers = [registry]
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `okoshko_${name}`, help, labelNames, registers })
  const seconds = (name: string, help: string, labelNames: string[]) =>
    new Histogram({ name: `okoshko_${name}`, help, labelNames, registers, buckets: SECONDS })
  const updates = counter('updates_total', 'Updates and timers handled, by where they came from and how it ended', [
    'from',
    'outcome',
  ])
  const handling = seconds('handler_seconds', 'How long the handling of an update or a timer took', ['from'])
  const sends = counter('sends_total', 'Sendings by kind of letter and how they ended', ['kind', 'outcome'])
  const sending = seconds('send_seconds', 'How long a sending took', ['kind'])
  const ambiguous = counter('ambiguous_sends_total', 'Sendings of which nobody knows whether they arrived')
  const refused = counter('too_many_requests_total', 'How often the messenger asked for silence (429)')
  const silence = counter('silence_seconds_total', 'How many seconds of silence the messenger asked for')
  const verdicts = counter('answers_total', 'Typed questions by what the answer search said', ['verdict'])
  const quarantined = counter('quarantined_total', 'Updates set aside after their last attempt')
  const storage = counter('storage_failures_total', 'Failures of the database, by who met them', ['by'])
  const word = (value: Fields[string]): string => String(value ?? 'unknown')
  const moves: Record<string, (fields: Fields) => void> = {
    'trace.handled': ({ from, outcome, ms }) => {
      updates.inc({ from: word(from), outcome: word(outcome) })
      handling.observe({ from: word(from) }, Number(ms) / 1_000)
    },
    'trace.sent': ({ kind, outcome, ms, seconds: asked }) => {
      sends.inc({ kind: word(kind), outcome: word(outcome) })
      sending.observe({ kind: word(kind) }, Number(ms) / 1_000)
      if (outcome === 'ambiguous') ambiguous.inc()
      if (outcome !== 'silence') return
      refused.inc()
      silence.inc(Number(asked ?? 0))
    },
    'trace.answered': ({ verdict }) => verdicts.inc({ verdict: word(verdict) }),
    'inbox.quarantined': () => quarantined.inc(),
    'inbox.storage': () => storage.inc({ by: 'inbox' }),
    'outbox.storage': () => storage.inc({ by: 'outbox' }),
    'webhook.storage': () => storage.inc({ by: 'webhook' }),
  }
  begun({ updates, sends, verdicts, storage })
  return (event: string, fields: Fields): void => moves[event]?.(fields)
}

type Begun = { [name in 'updates' | 'sends' | 'verdicts' | 'storage']: Counter<string> }

/** They are there from the first look on, so that an alert on their growth has something to grow from. */
const begun = ({ updates, sends, verdicts, storage }: Begun): void => {
  for (const verdict of ['answer', 'suggest', 'none']) verdicts.inc({ verdict }, 0)
  for (const by of ['inbox', 'outbox', 'webhook']) storage.inc({ by }, 0)
  for (const outcome of ['done', 'again', 'quarantined']) updates.inc({ from: 'private', outcome }, 0)
  for (const outcome of ['sent', 'failed', 'again', 'silence', 'ambiguous']) sends.inc({ kind: 'send', outcome }, 0)
}
