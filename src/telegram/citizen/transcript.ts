import * as appeals from '../../desk/appeals.ts'
import { audit } from '../../desk/audit.ts'
import { authorize } from '../../desk/authorize.ts'
import { toCitizen } from '../../desk/letters.ts'
import type { Ctx } from '../context.ts'
import { answerPress } from '../show.ts'
import { unknownNumber } from './appeals.ts'

/** «Переписка файлом»: what was said in an appeal of one's own, to keep or to print. Once a press. */
export const askTranscript = async (ctx: Ctx, id: number): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  const appeal = await appeals.byId(desk, id)
  const actor = { kind: 'citizen', id: ctx.citizen.id } as const
  if (!appeal || !authorize(actor, 'read-own', appeal).allowed) return await unknownNumber(ctx)
  const key = `transcript:${ctx.key}`
  await desk.db.transaction(async (tx) => {
    await audit(tx, { key, actor, action: 'export', appeal: id, citizen: ctx.citizen.id })
    await toCitizen(tx, desk, ctx.citizen.id, { key, letter: { type: 'transcript', appeal: id, at: Date.now() } })
  })
}
