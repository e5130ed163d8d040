import { Composer, type NextFunction } from 'grammy'
import * as desks from '../desk/desks.ts'
import * as operators from '../desk/operators.ts'
import { adminDesk } from './admin/commands.ts'
import { deskCommand, toggleLine } from './admin/desk.ts'
import { approve, retry } from './admin/group.ts'
import { madeFor, pressed } from './buttons.ts'
import type { Ctx } from './context.ts'
import { isService } from './kinds.ts'
import { appealHere, argument, tell } from './operator/actor.ts'
import { tryAgain } from './operator/again.ts'
import { answer, answerEdited, note } from './operator/answer.ts'
import { ban, pressBans, showBans, unban } from './operator/bans.ts'
import { broadcast, pressMailing } from './operator/broadcast.ts'
import { close, reopen, unask } from './operator/close.ts'
import { find, turnFound } from './operator/find.ts'
import { help } from './operator/general.ts'
import { decideHeld } from './operator/held.ts'
import { showHistory, turnHistory } from './operator/history.ts'
import { more } from './operator/more.ts'
import { giveTo, release, takeover, transfer } from './operator/move.ts'
import { movedAway } from './operator/moved.ts'
import { notice } from './operator/notice.ts'
import { outage, pressOutage } from './operator/outage.ts'
import { showPeople } from './operator/people.ts'
import { pressPerson } from './operator/person.ts'
import { showMine, showQueue } from './operator/queue.ts'
import { mirrorReaction } from './operator/reaction.ts'
import { pickReply, pressReply } from './operator/replies.ts'
import { hideFile, reveal } from './operator/reveal.ts'
import { publishReport, scheme } from './operator/schemes.ts'
import { refuseSecrets } from './operator/secrets.ts'
import { endShift, shift } from './operator/shift.ts'
import { showStats } from './operator/stats.ts'
import { take, takeOldest } from './operator/take.ts'
import { topicMade } from './operator/topic-made.ts'
import { unsend } from './operator/unsend.ts'
import { was } from './operator/was.ts'
import { closedByHand, leaving, standing } from './operator/watch.ts'
import { answerPress } from './show.ts'

/**
 * Everything that happens in a desk group. No conversation here: each command is one shot. Who is not in the roster is
 * nobody: anonymous admins, channels, other bots and forwarded commands never act.
 */
export const deskGroup = (): Composer<Ctx> => {
  const group = new Composer<Ctx>()
  group.on('message:migrate_to_chat_id', (ctx) => desks.moveTo(ctx.house.desk, ctx.chat.id, ctx.msg.migrate_to_chat_id))
  group.on('message:forum_topic_created', topicMade)
  // The messenger's own line about a pinned board says nothing to anybody.
  group.on('message:pinned_message').filter(isMine, async (ctx) => void (await ctx.deleteMessage().catch(() => {})))
  group.filter(isNobody, anonymous)
  group.command(
    'desk',
    own((ctx) => deskCommand(ctx, argument(ctx))),
  )
  const desk = group.filter((ctx) => ctx.isDesk)
  desk.on('my_chat_member', standing)
  desk.on('chat_member', leaving)
  desk.on('message_reaction', mirrorReaction)
  desk.use(notice)
  desk.on(['message', 'callback_query'], movedAway)
  desk.on(['message', 'edited_message'], refuseSecrets)
  desk.use(adminDesk())
  desk.on('callback_query:data', press)
  desk.use(commands())
  desk.on('edited_message', answerEdited)
  desk.on('message').filter(isCommand, unknownCommand)
  desk.on('message:forum_topic_closed', closedByHand)
  desk.on('message').filter((ctx) => ctx.appealId !== null && !isService(ctx.msg), answer)
  return group
}

const commands = (): Composer<Ctx> => {
  const desk = new Composer<Ctx>()
  for (const [name, deed] of Object.entries(COMMANDS)) desk.command(name, own(deed))
  return desk
}

/** The operators' commands, as /help lists them. */
const COMMANDS: Record<string, (ctx: Ctx) => Promise<void>> = {
  take: (ctx) => (ctx.appealId === null ? takeOldest(ctx) : take(ctx)),
  release,
  transfer: (ctx) => transfer(ctx, argument(ctx)),
  close: (ctx) => close(ctx, 'completed', argument(ctx)),
  reject: (ctx) => close(ctx, 'rejected', argument(ctx)),
  reopen,
  note,
  r: (ctx) => pickReply(ctx, argument(ctx)),
  scheme,
  unsend,
  was,
  takeover,
  online: (ctx) => shift(ctx, 'online'),
  break: (ctx) => shift(ctx, 'break'),
  offline: (ctx) => shift(ctx, 'offline'),
  people: (ctx) => showPeople(ctx),
  queue: (ctx) => showQueue(ctx),
  mine: (ctx) => showMine(ctx),
  history: (ctx) => showHistory(ctx, argument(ctx)),
  find: (ctx) => find(ctx, argument(ctx)),
  stats: showStats,
  outage: (ctx) => outage(ctx, argument(ctx)),
  broadcast: (ctx) => broadcast(ctx, argument(ctx)),
  ban,
  unban,
  bans: (ctx) => showBans(ctx),
  help,
  retry,
}

/** Where an update stands: the operator behind it and the appeal of its topic. The way to an appeal is the topic only. */
export const place = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const { desk } = ctx.house
  const message = ctx.msg
  const found = await operators.findAt(desk, {
    person: ctx.from && !ctx.from.is_bot ? ctx.from.id : null,
    chat: ctx.chat?.id ?? 0,
    thread: (message?.is_topic_message ? message.message_thread_id : undefined) ?? null,
    speaks: ctx.message !== undefined,
  })
  ctx.operator = found.operator
  ctx.appealId = found.appeal
  ctx.isDesk = found.isDesk
  ctx.talk = found.talk
  await next()
}

const press = async (ctx: Ctx): Promise<void> => {
  const button = pressed(ctx)
  const role = button ? null : madeFor(ctx)
  if (role) return await tell(ctx, `desk.no.not-${ctx.operator?.roles.length ? role : 'operator'}`)
  if (button?.verb === 'deskline') return await toggleLine(ctx, button.line)
  if (button?.verb === 'shift') return await endShift(ctx, button.deed, button.person)
  if (button?.verb === 'bans' || button?.verb === 'unban') return await pressBans(ctx, button)
  if (button?.verb === 'people') return await showPeople(ctx, button.from)
  if (button?.verb === 'person') return await pressPerson(ctx, button)
  if (button?.verb === 'approve') return await approve(ctx, button.person)
  if (button?.verb === 'held') return await decideHeld(ctx, button.deed, button.message)
  if (button?.verb === 'outage') return await pressOutage(ctx, button)
  if (button?.verb === 'mailing') return await pressMailing(ctx, button)
  if (button?.verb === 'reveal') return await reveal(ctx, button)
  if (button?.verb === 'hide') return await hideFile(ctx, button.message)
  if (button?.verb === 'scheme') return await publishReport(ctx, button.appeal)
  if (button?.verb === 'again') return await tryAgain(ctx, button)
  if (button?.verb === 'list') return await (button.of === 'queue' ? showQueue : showMine)(ctx, button.page)
  if (button?.verb === 'found') return await turnFound(ctx, button.search, button.page)
  if (button?.verb === 'history') return await turnHistory(ctx, button.appeal, button.page)
  if (!button || !('appeal' in button)) return await answerPress(ctx, ctx.t('press.unknown'))
  const appeal = await appealHere(ctx)
  if (!appeal) return
  // A button names its appeal only to be checked: the destination comes from the topic.
  if (appeal.id !== button.appeal) return await answerPress(ctx, ctx.t('desk.stale'))
  if (button.verb === 'more') return await more(ctx, appeal)
  if (button.verb === 'replies' || button.verb === 'reply') return await pressReply(ctx, appeal, button)
  if (button.verb === 'unask') return await unask(ctx)
  if (button.verb === 'give') return await giveTo(ctx, button.to)
  if (button.verb === 'line') return await transfer(ctx, button.line)
  if (button.verb === 'work') return await WORK[button.deed](ctx)
  await answerPress(ctx, ctx.t('press.unknown'))
}

const WORK = {
  take,
  release,
  transfer: (ctx: Ctx) => transfer(ctx),
  complete: (ctx: Ctx) => close(ctx, 'completed'),
  reject: (ctx: Ctx) => close(ctx, 'rejected'),
  reopen,
}

/** A forwarded command, or one written through another bot, is somebody else's words. */
const own =
  (deed: (ctx: Ctx) => Promise<void>) =>
  async (ctx: Ctx): Promise<void> => {
    if (ctx.msg?.forward_origin || ctx.msg?.via_bot)
      return ctx.operator?.state === 'active' ? await tell(ctx, 'desk.no.forwarded') : undefined
    await deed(ctx)
  }

const isMine = (ctx: Ctx): boolean => ctx.from?.id === ctx.me.id

/** A channel, the group itself (an anonymous admin), or another bot: nobody in particular. */
const isNobody = (ctx: Ctx): boolean =>
  ctx.from?.is_bot === true || (ctx.callbackQuery === undefined && ctx.msg?.sender_chat !== undefined)

const anonymous = async (ctx: Ctx): Promise<void> => {
  const admin = ctx.message?.sender_chat?.id === ctx.chat?.id
  if (!admin || !isCommandOrIn(ctx)) return
  const registers = /^\/desk\b/.test(ctx.msg?.text ?? '')
  if (registers || ctx.isDesk) await tell(ctx, 'desk.no.anonymous')
}

/** Where words would be carried out or sent on, an admin should learn why they are not. */
const isCommandOrIn = (ctx: Ctx): boolean => ctx.appealId !== null || isCommand(ctx)

const isCommand = (ctx: Ctx): boolean => (ctx.msg?.text ?? ctx.msg?.caption ?? '').startsWith('/')

/** Not known, or written under a file, which a command would leave behind – only a note takes it along. */
const unknownCommand = async (ctx: Ctx): Promise<void> => {
  const [, name, to] = /^\/(\w+)(?:@(\w+))?/.exec(ctx.msg?.text ?? ctx.msg?.caption ?? '') ?? []
  const ours = to === undefined || to.toLowerCase() === ctx.me.username.toLowerCase()
  if (!ours || ctx.operator?.state !== 'active') return
  if (ctx.msg?.caption === undefined) return await tell(ctx, 'desk.no.command')
  if (name === 'note') return await own(note)(ctx)
  await tell(ctx, 'desk.no.with_file')
}
