import { and, desc, eq, gt } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { faqVotes, trail } from '../db/schema-citizen.ts'
import { isGiven } from './consent.ts'
import type { Desk } from './desk.ts'
import { redactWithMarks } from './secrets/redact-text.ts'

export type Step = {
  kind: 'asked' | 'seen'
  entry: string | null
  text: string | null
  verdict: string | null
  at: Date
}

const FRESH_MS = 24 * 60 * 60_000
const STILL_ASKED_MS = 30 * 60_000
const MOST = 12

type Trace = { citizen: number; key: string; text?: string; entry?: string; verdict?: string }
/** `answer`: the entry that was shown at once. */
type Asked = Trace & { consented?: boolean; answer?: string | undefined }

/** A typed question; kept so that nobody has to say it twice. Before there is consent, nothing personal in it is. */
export const asked = async (
  desk: Desk,
  { citizen, key, text = '', verdict, consented, answer }: Asked,
): Promise<void> => {
  const given = consented ?? (await isGiven(desk, citizen))
  const body = await desk.keys.forCitizen(citizen, given ? text : redactWithMarks(text).text)
  // Handed over at the same moment, so that they are kept in this order.
  await Promise.all([
    desk.db.together(STEP, { key, citizen, kind: 'asked', body: body.toString('hex'), verdict }),
    answer ? seen(desk, { citizen, key: `${key}:${answer}`, entry: answer }) : null,
  ])
  desk.log.info('trace.answered', { update: key, verdict })
}

export const seen = async (desk: Desk, { citizen, key, entry }: Trace): Promise<void> => {
  await desk.db.together(STEP, { key, citizen, kind: 'seen', entry })
}

const STEP = `
  insert into trail (key, citizen_id, kind, entry, body, verdict)
  select key, citizen, kind, entry, decode(body, 'hex'), verdict
  from json_to_recordset($1::json) as q(n int, key text, citizen bigint, kind text, entry text, body text, verdict text)
  order by n on conflict (key) do nothing`

/** The way of the last day, oldest first. */
export const recent = async (desk: Desk, citizen: number): Promise<Step[]> => {
  const rows = await desk.db.query
    .select()
    .from(trail)
    .where(and(eq(trail.citizenId, citizen), gt(trail.at, new Date(Date.now() - FRESH_MS))))
    .orderBy(desc(trail.id))
    .limit(MOST)
  const steps = rows.reverse().map(async ({ kind, entry, body, verdict, at }) => ({
    kind: kind as Step['kind'],
    entry,
    verdict,
    at,
    text: body ? await desk.keys.open<string>(body) : null,
  }))
  return await Promise.all(steps)
}

/** The question asked just before, if it still waits for an answer: one that went into an appeal does not. */
export const lastQuestion = async (desk: Desk, citizen: number): Promise<string | null> => {
  const steps = await recent(desk, citizen)
  const last = steps.findLast((step) => step.kind === 'asked')
  if (!last || Date.now() - last.at.getTime() > STILL_ASKED_MS) return null
  const opened = await desk.db.query
    .select({ id: appeals.id })
    .from(appeals)
    .where(and(eq(appeals.citizenId, citizen), gt(appeals.openedAt, last.at)))
    .limit(1)
  return opened.length > 0 ? null : last.text
}

export const vote = async (
  desk: Desk,
  { citizen, entry, helped }: { citizen: number; entry: string; helped: boolean },
) => {
  await desk.db.query
    .insert(faqVotes)
    .values({ citizenId: citizen, entry, helped })
    .onConflictDoUpdate({ target: [faqVotes.citizenId, faqVotes.entry], set: { helped, at: new Date() } })
}
