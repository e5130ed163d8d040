import * as identity from '../../desk/identity.ts'
import type { Ctx } from '../context.ts'
import { say } from '../show.ts'
import { admin } from './actor.ts'

/** /resume after a backup was restored: what waits goes out as a possible repeat; `/resume drop` lets it go. */
export const resume = async (ctx: Ctx): Promise<void> => {
  const by = await admin(ctx, 'resume')
  if (!by) return
  const drop = typeof ctx.match === 'string' && ctx.match.trim() === 'drop'
  const done = await identity.resume(ctx.house.desk, { by: by.id, drop, key: ctx.key })
  if (done.status === 'not-paused') return void (await say(ctx, { html: ctx.t('resume.not_paused') }))
  await say(ctx, { html: ctx.t(drop ? 'resume.dropped' : 'resume.resumed', { waiting: done.waiting }) })
}
