import { Composer, type NextFunction } from 'grammy'
import * as operators from '../../desk/operators.ts'
import { type Button, pressed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { say } from '../show.ts'
import { pageAudit, showAudit } from './audit.ts'
import { reload, showContent } from './content.ts'
import { decide } from './eyes.ts'
import { checkFact, showFacts } from './facts.ts'
import { makeEntry, showGaps } from './gaps.ts'
import { resume } from './resume.ts'

const COMMANDS: Record<string, (ctx: Ctx) => Promise<void>> = {
  facts: (ctx) => showFacts(ctx),
  gaps: showGaps,
  audit: showAudit,
  resume,
  content: showContent,
  reload,
}

/** What admins do with the words of the bot, in a desk group. */
export const adminDesk = (): Composer<Ctx> => {
  const desk = new Composer<Ctx>()
  desk.on('callback_query:data', async (ctx, next) => await press(ctx, pressed(ctx), next))
  const own = desk.filter((ctx) => !ctx.msg?.forward_origin && !ctx.msg?.via_bot)
  for (const [command, deed] of Object.entries(COMMANDS)) own.command(command, deed)
  return desk
}

/** The same in an admin's private chat; for everybody else these are no commands. */
export const adminPrivate = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  const people = chat.filter(isForAdmins).filter(isAdmin)
  people.command('desk', async (ctx) => void (await say(ctx, { html: ctx.t('groups.desk_where') })))
  people.use(adminDesk())
  return chat
}

const PRESSES: ReadonlySet<Button['verb']> = new Set(['facts', 'checked', 'gap', 'audit', 'eyes'])

const press = async (ctx: Ctx, button: Button | null, next: NextFunction): Promise<void> => {
  if (button?.verb === 'facts') return await showFacts(ctx, button.from)
  if (button?.verb === 'checked') return await checkFact(ctx, button.hash)
  if (button?.verb === 'gap') return await makeEntry(ctx, button.asked)
  if (button?.verb === 'eyes') return await decide(ctx, button.deed, button.proposal)
  if (button?.verb === 'audit') return await pageAudit(ctx, button)
  await next()
}

const isForAdmins = (ctx: Ctx): boolean => {
  const verb = pressed(ctx)?.verb
  if (ctx.callbackQuery) return verb !== undefined && PRESSES.has(verb)
  const [, command = ''] = /^\/(\w+)/.exec(ctx.msg?.text ?? '') ?? []
  return command === 'desk' || Object.hasOwn(COMMANDS, command)
}

const isAdmin = async (ctx: Ctx): Promise<boolean> => {
  ctx.operator = ctx.from ? await operators.find(ctx.house.desk, ctx.from.id) : null
  return ctx.operator?.roles.includes('admin') ?? false
}
