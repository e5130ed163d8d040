import { tellAdmins } from './admins.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { groupsOf } from './desk-groups.ts'
import { type Letter, toChat } from './letters.ts'

/**
 * What seniors should know of a line, or of the whole desk (null): said in General of its desk groups, once a key. Where no group
 * works, the admins read it in private.
 */
export const tellSeniors = async (
  tx: Tx,
  desk: Desk,
  { line, key, letter }: { line: Line | null; key: string; letter: Letter },
): Promise<void> => {
  const groups = await groupsOf(tx, line)
  for (const { chatId } of groups) await toChat(tx, desk, chatId, { key: `${key}:${chatId}`, letter })
  if (groups.length === 0) await tellAdmins(tx, desk, { key, letter })
}
