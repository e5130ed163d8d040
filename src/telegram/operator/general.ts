import type { Ctx } from '../context.ts'
import { say } from '../show.ts'

export const help = async (ctx: Ctx): Promise<void> => {
  const admin = ctx.operator?.roles.includes('admin') ? [ctx.t('help.admin')] : []
  const senior = ctx.operator?.roles.some((role) => role !== 'operator') ? [ctx.t('help.bans')] : []
  await say(ctx, { html: [ctx.t('help.operator'), ctx.t('talk.help'), ...senior, ...admin].join('\n\n') })
}
