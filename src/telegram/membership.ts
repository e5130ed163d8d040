import type { Api } from 'grammy'
import type { Log } from '../log.ts'
import { fault } from '../log.ts'

const REMEMBERED_MS = 60_000
const INSIDE = new Set(['creator', 'administrator', 'member'])

/**
 * Whether a person is in a desk group now. Being in the roster is not enough, and what was true a minute ago is asked again; that
 * somebody is outside is asked each time, because another replica may have seen them come back.
 * When Telegram does not answer, what was known last counts; null when nothing was.
 */
export const createMembership = (api: Api, log: Log) => {
  const known = new Map<string, { member: boolean; at: number }>()
  const key = (chat: number, person: number) => `${chat}:${person}`

  const isMember = async (chat: number, person: number): Promise<boolean | null> => {
    const last = known.get(key(chat, person))
    if (last?.member && Date.now() - last.at < REMEMBERED_MS) return true
    try {
      const { status, ...rest } = await api.getChatMember(chat, person)
      const member = INSIDE.has(status) || (status === 'restricted' && 'is_member' in rest && rest.is_member === true)
      learn(chat, person, member)
      return member
    } catch (error) {
      log.warn('membership.unknown', fault(error))
      return last?.member ?? null
    }
  }

  const learn = (chat: number, person: number, member: boolean) => {
    if (known.size > 5_000) known.clear()
    known.set(key(chat, person), { member, at: Date.now() })
  }

  return { isMember, learn }
}

export type Membership = ReturnType<typeof createMembership>
