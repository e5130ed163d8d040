import type { Desk, Tx } from './desk.ts'
import * as desks from './desks.ts'
import { type Letter, toChat } from './letters.ts'

/** What only admins can mend or decide: said in General of the first desk group, and to each admin who ever wrote to the bot. */
export const tellAdmins = async (
  tx: Tx,
  desk: Desk,
  { key, letter }: { key: string; letter: Letter },
): Promise<void> => {
  const [general] = await desks.chats(desk)
  const places = [...(general === undefined ? [] : [general]), ...(await reachable(tx))]
  for (const chat of places) await toChat(tx, desk, chat, { key: `${key}:${chat}`, letter })
}

const reachable = async (tx: Tx): Promise<number[]> => {
  const rows = await tx.run<{ chat: number }>(
    `select o.external_id as chat from operators o
     where o.state = 'active' and exists (select 1 from roles r where r.operator_id = o.id and r.role = 'admin')
       and exists (select 1 from citizens c where c.channel = o.channel and c.external_id = o.external_id
                   and c.unreachable_since is null)
     order by o.id`,
  )
  return rows.map(({ chat }) => chat)
}
