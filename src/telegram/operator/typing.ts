import { setTimeout } from 'node:timers/promises'
import type { Appeal } from '../../desk/appeals.ts'
import * as citizens from '../../desk/citizens.ts'
import type { Said } from '../../desk/content.ts'
import { waits } from '../../desk/outgoing.ts'
import type { Ctx } from '../context.ts'

const SOON_MS = 300
/** Telegram shows it for five seconds. */
const AGAIN_MS = 4_500
const MOST = 12

/** «Печатает…» for the citizen while an answer waits its turn. Nothing hangs on it: whatever goes wrong ends it. */
export const showTyping = (ctx: Ctx, appeal: Appeal, said: Said): void => void typing(ctx, appeal, said).catch(() => {})

const typing = async (ctx: Ctx, appeal: Appeal, said: Said): Promise<void> => {
  const { desk } = ctx.house
  await setTimeout(SOON_MS, null, { ref: false })
  const citizen = await citizens.byId(desk, appeal.citizenId)
  if (!citizen || citizen.unreachableSince) return
  for (let n = 0; n < MOST && (await waits(desk, said, citizen.externalId)); n += 1) {
    await ctx.api.sendChatAction(citizen.externalId, 'typing')
    await setTimeout(AGAIN_MS, null, { ref: false })
  }
}
