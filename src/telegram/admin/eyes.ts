import * as broadcasts from '../../desk/broadcasts.ts'
import type { Desk, Tx } from '../../desk/desk.ts'
import * as facts from '../../desk/facts.ts'
import * as fourEyes from '../../desk/four-eyes.ts'
import type { Operator } from '../../desk/operators.ts'
import type { Ctx } from '../context.ts'
import { answerPress, show } from '../show.ts'
import { admin } from './actor.ts'

type Carrying = (tx: Tx, desk: Desk, deed: { proposal: fourEyes.Proposal; by: Operator; key: string }) => Promise<void>

/** What a second person's word sets off, and what it takes back. */
const CARRIED: Record<fourEyes.Seen, { confirm: Carrying; undo: Carrying }> = {
  fact: {
    confirm: (tx, desk, { proposal, by, key }) => facts.confirmed(tx, desk, { hash: proposal.subject, by: by.id, key }),
    undo: (tx, _, { proposal }) => facts.undone(tx, proposal),
  },
  broadcast: {
    confirm: (tx, desk, { proposal, by }) => broadcasts.confirmed(tx, desk, { id: Number(proposal.subject), by }),
    undo: (tx, _, { proposal, by }) => broadcasts.undone(tx, { id: Number(proposal.subject), by }),
  },
}

/** «Подтвердить» or «Отменить» under a deed that reaches everybody. */
export const decide = async (ctx: Ctx, deed: 'confirm' | 'undo', id: number): Promise<void> => {
  const by = await admin(ctx, 'second')
  if (!by) return
  const { desk } = ctx.house
  const settled = await desk.db.transaction(async (tx) => {
    const done = await fourEyes[deed](tx, id, by)
    if (done.status === 'settled') {
      await CARRIED[done.proposal.action][deed](tx, desk, { proposal: done.proposal, by, key: ctx.key })
    }
    return done
  })
  if (settled.status !== 'settled') return await answerPress(ctx, ctx.t(`eyes.no.${settled.status}`))
  await answerPress(ctx)
  await show(ctx, { html: ctx.t(`eyes.done.${deed}`, { who: by.name }) })
}
