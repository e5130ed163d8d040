import type { Api } from 'grammy'
import type { Desk } from '../desk/desk.ts'
import { toChat } from '../desk/letters.ts'
import * as operators from '../desk/operators.ts'

/** What a desk group may lack; each has its remedy in locales (`lack.<name>`). */
export type Lack = 'not_forum' | 'not_admin' | 'no_topics' | 'no_delete' | 'no_pin' | 'privacy'

export const lacks = async (api: Api, chat: number, bot: number): Promise<Lack[]> => {
  const [group, me] = await Promise.all([api.getChat(chat), api.getChatMember(chat, bot)])
  const missing: Lack[] = []
  if (!('is_forum' in group) || !group.is_forum) missing.push('not_forum')
  if (me.status !== 'administrator') return [...missing, 'not_admin']
  if (!me.can_manage_topics) missing.push('no_topics')
  if (!me.can_delete_messages) missing.push('no_delete')
  if (!me.can_pin_messages) missing.push('no_pin')
  return missing
}

/** Without these no topic can be made; the others only keep something from being tidy. */
export const isUnable = (missing: readonly Lack[]): boolean =>
  missing.some((lack) => lack === 'not_forum' || lack === 'not_admin' || lack === 'no_topics')

/** The bot cannot work in a desk group: every admin reads it in private, at most once an hour a group. */
export const warnAdmins = async (desk: Desk, chat: number): Promise<void> => {
  const hour = Math.floor(Date.now() / 3_600_000)
  for (const admin of await operators.admins(desk)) {
    await toChat(desk.db, desk, admin, {
      key: `group_away:${chat}:${admin}:${hour}`,
      letter: { type: 'phrase', phrase: 'admin.group_away' },
    })
  }
}
