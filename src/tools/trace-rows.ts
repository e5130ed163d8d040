import type { Db } from '../db/client.ts'

export type Letter = {
  id: number
  key: string
  kind: string
  lane: string
  state: string
  attempt: number
  repeated: number
  fault: string | null
  cause: string | null
  created: string
  done: string | null
}
export type Said = {
  id: number
  author: string
  state: string
  version: number
  origin: string
  at: string
  copies: number
  letter: Letter | null
}
export type Waiting = { key: string; state: string; attempts: number; fault: string | null; created: string }
export type Followed = {
  appeal: {
    id: number
    number: string
    status: string
    line: string
    owner: string | null
    opened: string
    closed: string | null
  }
  topic: { gen: number; thread: number | null; state: string } | null
  said: Said[]
  /** Everything else on its way in the lanes of the appeal and its citizen. */
  letters: Letter[]
  /** Updates of the citizen's chat and of the topic that are not handled. */
  waiting: Waiting[]
}

const MOST = 200

/** Follows an appeal through the tables: ids, kinds, states and moments only. */
export const follow = async (db: Db, number: string): Promise<Followed | null> => {
  const [appeal] = await db.run<Followed['appeal'] & { citizen: number; chat: number }>(APPEAL, [number])
  if (!appeal) return null
  const { citizen, chat, ...shown } = appeal
  const [topics, said, letters] = await Promise.all([
    db.run<{ gen: number; thread: number | null; state: string; chat: number }>(TOPIC, [appeal.id]),
    db.run<Omit<Said, 'letter'> & { letter_key: string }>(SAID, [appeal.id, MOST]),
    db.run<Letter>(LETTERS, [`appeal:${appeal.id}`, `citizen:${citizen}`, MOST]),
  ])
  const [topic] = topics
  const waiting = await db.run<Waiting>(WAITING, [
    `private:${chat}`,
    topic ? `group:${topic.chat}:${topic.thread ?? 0}` : '',
  ])
  const keys = new Map(letters.map((letter) => [letter.key, letter]))
  const carried = new Set(said.map(({ letter_key }) => letter_key))
  return {
    appeal: shown,
    topic: topic ? { gen: topic.gen, thread: topic.thread, state: topic.state } : null,
    said: said.map(({ letter_key, ...one }) => ({ ...one, letter: keys.get(letter_key) ?? null })),
    letters: letters.filter(({ key }) => !carried.has(key)),
    waiting,
  }
}

const clock = (moment: string) => `to_char(${moment}, 'YYYY-MM-DD HH24:MI:SS.MS TZH')`

const APPEAL = `
  select a.id, a.number, a.status, a.line, o.name as owner, ${clock('a.opened_at')} as opened, ${clock('a.closed_at')} as closed,
    a.citizen_id as citizen, c.external_id as chat
  from appeals a join citizens c on c.id = a.citizen_id left join operators o on o.id = a.owner_id where a.number = $1`

const TOPIC = `
  select gen, thread_id as thread, state, chat_id as chat from topics where appeal_id = $1 order by gen desc limit 1`

const SAID = `
  select m.id, m.author, m.state, m.version, m.origin_chat || '/' || m.origin_message as origin, ${clock('m.created_at')} as at,
    (select count(*) from copies c where c.message_id = m.id)::int as copies,
    case when m.album is not null and exists (select 1 from outbox o where o.key = 'album:' || m.origin_chat || ':' || m.album)
      then 'album:' || m.origin_chat || ':' || m.album else 'relay:' || m.origin_chat || ':' || m.origin_message end as letter_key
  from (select * from messages where appeal_id = $1 order by id desc limit $2) m order by m.id`

const LETTERS = `
  select id, key, kind, lane, state, attempt, repeated, fault, cause, ${clock('created_at')} as created, ${clock('done_at')} as done
  from (select * from outbox where lane in ($1, $2) order by id desc limit $3) o order by id`

const WAITING = `
  select key, state, attempts, fault, ${clock('created_at')} as created from inbox
  where lane in ($1, $2) and state in ('new', 'working', 'quarantined') order by id limit 50`
