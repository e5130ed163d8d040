import type { Db } from '../db/client.ts'

/** A chat, or all of them (0). `flood`: it was too much for the messenger. */
export type Silence = { chat: number; seconds: number; flood?: boolean }

const BRAKE = { withinS: 10, mostS: 30 }

/**
 * Telegram asked for silence: the chat waits, whichever replica sends and however often it restarts. Too much in two chats
 * within a short time means that it is too much altogether, so for a moment everybody waits.
 */
export const silence = async (db: Db, { chat, seconds, flood = false }: Silence): Promise<void> => {
  await db.run(
    `insert into pace (chat, not_before, flooded_at) values ($1, now() + make_interval(secs => $2), case when $3 then now() end)
     on conflict (chat) do update set not_before = greatest(pace.not_before, excluded.not_before),
       flooded_at = coalesce(excluded.flooded_at, case when pace.not_before > now() then pace.flooded_at end)`,
    [chat, seconds, flood],
  )
  if (flood && chat !== 0) {
    await db.run(
      `insert into pace (chat, not_before) select 0, now() + make_interval(secs => $2)
       where exists (select 1 from pace where chat not in (0, $1) and flooded_at > now() - make_interval(secs => $3))
       on conflict (chat) do update set not_before = greatest(pace.not_before, excluded.not_before)`,
      [chat, Math.min(seconds, BRAKE.mostS), BRAKE.withinS],
    )
  }
  db.ring('silence')
  db.tellOthers('silence')
}

/**
 * The chats that Telegram wants silent, and for how many seconds more. Where the desk only waits to be let in again, a reply may
 * be tried.
 */
export const silent = async (db: Db): Promise<{ chat: number; seconds: number }[]> =>
  await db.run(
    `select chat, extract(epoch from not_before - now())::float8 as seconds from pace
     where not_before > now() and flooded_at is not null and chat <> 0`,
  )

/** What kept a chat silent is over. */
export const liftSilence = async (db: Db, chat: number): Promise<void> => {
  await db.run(`update pace set not_before = now() where chat = $1 and not_before > now()`, [chat])
  db.ring('silence')
  db.tellOthers('silence')
  db.ring('outbox')
  db.tellOthers('outbox')
}
