import type { Matter, Said } from './day-ledger.ts'
import type { Evidence } from './day-verdict.ts'
import type { Landing } from './day-wire.ts'

type Landed = { matter: Matter; landings: Map<string, Landing[]> }

/** Time enough for a reaction to be seen while whoever made it still has the matter. */
const SEEN_MS = 3_000

/** A reaction stands at the original, unless its topic was left or the matter given up meanwhile. */
export const judgeReactions = ({ journal, homes }: Evidence, { matter, landings }: Landed): string[] =>
  matter.reacted.flatMap(({ chat, message, emoji, home, at }) => {
    if (matter.changedAt.some((time) => time > at && time < at + SEEN_MS)) return []
    if (homes.all(matter.number).length > 1 || home?.seq !== homes.now(matter.number)?.seq) return []
    const originals = joinedWith({ chat, message }, { matter, landings })
    const shown = journal.entries.some(({ method, params }) => {
      const {
        chat_id,
        message_id = 0,
        reaction,
      } = params as { chat_id?: number; message_id?: number; reaction?: object }
      const here = method === 'setMessageReaction' && chat_id === chat && originals.includes(message_id)
      return here && JSON.stringify(reaction).includes(emoji)
    })
    return shown ? [] : [`${matter.number}: ${emoji} at ${chat}:${message} was not mirrored`]
  })

/** All that came to the other side as one message together with this one: a reaction to that is shown at any of them. */
const joinedWith = (
  { chat, message }: { chat: number; message: number },
  { matter: { said }, landings }: Landed,
): number[] => {
  const seqOf = ({ mark }: Said) => landings.get(mark)?.[0]?.seq
  const own = said.find((one) => one.chat === chat && one.message === message)
  const seq = own && seqOf(own)
  const others = said.filter((one) => one.chat === chat && seq !== undefined && seqOf(one) === seq)
  return [message, ...others.map((one) => one.message)]
}
