import type { Desk, Tx } from './desk.ts'
import * as desks from './desks.ts'
import { type Letter, toChat } from './letters.ts'
import type { Role } from './operators.ts'

/** What only admins can mend or decide: said in General of the first desk group, and to each admin who ever wrote to the bot. */
export const tellAdmins = async (
  tx: Tx,
  desk: Desk,
  { key, letter }: { key: string; letter: Letter },
): Promise<void> => {
  for (const chat of await placesFor(tx, desk, ['admin']))
    await toChat(tx, desk, chat, { key: `${key}:${chat}`, letter })
}

/** General of the first desk group, and the private chat of each one with such a role who ever wrote to the bot. */
export const placesFor = async (tx: Tx, desk: Desk, roles: readonly Role[]): Promise<number[]> => {
  const [general] = await desks.chats(desk)
  const rows = await tx.run<{ chat: number }>(
    `select o.external_id as chat from operators o
     where o.state = 'active'
       and exists (select 1 from roles r where r.operator_id = o.id
                   and r.role in (select json_array_elements_text($1::json)))
       and exists (select 1 from citizens c where c.channel = o.channel and c.external_id = o.external_id
                   and c.unreachable_since is null)
     order by o.id`,
    [JSON.stringify(roles)],
  )
  return [...(general === undefined ? [] : [general]), ...rows.map(({ chat }) => chat)]
}
