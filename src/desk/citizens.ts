import { and, eq, isNull } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import { POLICY } from './consent.ts'
import type { Desk } from './desk.ts'
import { toTopic } from './letters.ts'
import { type Talk, type TalkRow, talkIn, talkSql } from './talk.ts'

export type Citizen = {
  id: number
  externalId: number
  lang: string
  langChosen: boolean
  currentAppeal: number | null
  unreachableSince: Date | null
  /** No emoji, and choices that can be typed. */
  plain: boolean
}
export type Person = { externalId: number; lang: string; name: string }
/** The citizen as this update meets them, so that most updates need no further question. */
export type Met = Citizen & {
  /** A form waits for an answer, or this update has answered one before, up to a crash. */
  inForm: boolean
  /** The messenger's plug-in keeps a conversation. */
  conversing: boolean
  /** There has been a ban; whether one stands, desk/bans says. */
  banned: boolean
  /** Consent to the rules as they are now is given. */
  consented: boolean
  /** The current appeal, if this update may be a word in it. */
  talk: Talk | null
}

const columns = {
  id: citizens.id,
  externalId: citizens.externalId,
  lang: citizens.lang,
  langChosen: citizens.langChosen,
  currentAppeal: citizens.currentAppeal,
  unreachableSince: citizens.unreachableSince,
  plain: citizens.plain,
}
const CHANNEL = 'telegram'

/**
 * The citizen who writes to us, made on the first word. The messenger's language counts until one is chosen.
 * `key` is the update's; whoever `speaks` may do so in an appeal.
 */
export const meet = async (desk: Desk, person: Person, { key = '', speaks = false } = {}): Promise<Met> => {
  const [row] = await desk.db.together<Raw<Met>>(MEET, { person: person.externalId, key, policy: POLICY, speaks })
  if (!row)
    return {
      ...(await create(desk, person)),
      inForm: false,
      conversing: false,
      banned: false,
      consented: false,
      talk: null,
    }
  const known = { ...dated(row), talk: row.talk ? talkIn(row.talk) : null }
  if (known.langChosen || known.lang === person.lang) return known
  await desk.db.query.update(citizens).set({ lang: person.lang }).where(eq(citizens.id, known.id))
  return { ...known, lang: person.lang }
}

export const find = async (desk: Desk, externalId: number): Promise<Citizen | null> => {
  const [row] = await desk.db.query.select(columns).from(citizens).where(isPerson(externalId))
  return row ?? null
}

const isPerson = (externalId: number) => and(eq(citizens.channel, CHANNEL), eq(citizens.externalId, externalId))

type Raw<T> = Omit<T, 'unreachableSince' | 'talk'> & { unreachableSince: string | null; talk?: TalkRow | null }
const dated = <T extends { unreachableSince: string | null }>(row: T) => ({
  ...row,
  unreachableSince: row.unreachableSince === null ? null : new Date(row.unreachableSince),
})

const COLUMNS = `c.id, c.external_id as "externalId", c.lang, c.lang_chosen as "langChosen", c.plain,
  c.current_appeal as "currentAppeal", c.unreachable_since as "unreachableSince"`

const BY_ID = `
  select q.n, ${COLUMNS} from json_to_recordset($1::json) as q(n int, id bigint)
  join citizens c on c.id = q.id and c.forgotten_at is null`

/** `inForm` is the same that drafts.concerned looks for. No EXISTS: for many at once it would read tables whole. */
const MEET = `
  select q.n, ${COLUMNS},
    coalesce((
      select true from drafts d where d.citizen_id = c.id and d.touched_at > now() - interval '1 day'
        and (d.state = 'open' or (d.state = 'sent' and exists (
          select 1 from draft_answers a where a.draft_id = d.id and a.key = q.key))) limit 1), false) as "inForm",
    coalesce((select true from conversation_states s where s.key = 'citizen:' || c.id), false) as conversing,
    coalesce((select true from bans b where b.citizen_id = c.id limit 1), false) as banned,
    coalesce((
      select true from consents s where s.citizen_id = c.id and s.policy = q.policy and s.withdrawn_at is null),
      false) as consented,
    case when q.speaks then (select row_to_json(t) from (${talkSql('c.current_appeal', 'null::bigint')}) t) end as talk
  from json_to_recordset($1::json) as q(n int, person bigint, key text, policy text, speaks boolean)
  join citizens c on c.channel = '${CHANNEL}' and c.external_id = q.person`

/** Null also for one who was forgotten. */
export const byId = async (desk: Desk, id: number): Promise<Citizen | null> => {
  const [row] = await desk.db.together<Raw<Citizen>>(BY_ID, { id })
  return row ? dated(row) : null
}

/** A display name, for the card only; null when the citizen was forgotten. */
export const nameOf = async (desk: Desk, id: number): Promise<string | null> => {
  const [row] = await desk.db.query.select({ name: citizens.name }).from(citizens).where(eq(citizens.id, id))
  return row ? await desk.keys.open<string>(row.name) : null
}

/** The cards of the citizen's open appeals say which language it is from now on. */
export const chooseLang = async (desk: Desk, id: number, lang: string): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await tx.query.update(citizens).set({ lang, langChosen: true }).where(eq(citizens.id, id))
    const open = await tx.query
      .select({ id: appeals.id })
      .from(appeals)
      .where(and(eq(appeals.citizenId, id), isNull(appeals.closedAt)))
    for (const { id: appeal } of open)
      await toTopic(tx, desk, appeal, [
        { key: `card:${appeal}:${lang}${Date.now()}`, letter: { type: 'card', appeal } },
      ])
  })
}

export const setPlain = async (desk: Desk, id: number, plain: boolean): Promise<void> => {
  await desk.db.query.update(citizens).set({ plain }).where(eq(citizens.id, id))
}

export const setCurrent = async (desk: Desk, id: number, appeal: number | null): Promise<void> => {
  await desk.db.query.update(citizens).set({ currentAppeal: appeal }).where(eq(citizens.id, id))
}

const create = async (desk: Desk, { externalId, lang, name }: Person): Promise<Citizen> =>
  await desk.db.transaction(async (tx) => {
    const [made] = await tx.query
      .insert(citizens)
      .values({ channel: CHANNEL, externalId, lang, name: Buffer.alloc(0) })
      .onConflictDoNothing()
      .returning(columns)
    if (!made) return (await find(desk, externalId)) as Citizen
    await desk.keys.create(tx, made.id)
    await tx.query
      .update(citizens)
      .set({ name: await desk.keys.forCitizen(made.id, name, tx) })
      .where(eq(citizens.id, made.id))
    return made
  })
