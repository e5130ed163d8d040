import type { InlineKeyboardButton } from 'grammy/types'
import * as recovery from '../../desk/recovery.ts'
import * as trail from '../../desk/trail.ts'
import type { RecoveryPath } from '../../texts/recovery.ts'
import { type Button, button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { overEntries } from './outages.ts'

/** What keeps somebody out: five reasons, each with its steps. Whoever stopped in the middle may go on there. */
export const chooseRecovery = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const paths = pathsOf(ctx)
  const last = (await recovery.tried(desk, ctx.citizen.id)).at(-1)
  const path = last && !last.worked ? paths.find(({ id }) => id === last.path) : undefined
  const next = path && last && last.step + 1 < path.steps.length ? last.step + 1 : null
  const goOn =
    path && next !== null
      ? [[step(ctx.t('button.recovery_go_on', { step: next + 1 }), 'show', { path, at: next })]]
      : []
  const outage = overEntries(
    ctx,
    paths.map(({ entry }) => entry),
  )
  await show(ctx, {
    html: `${outage.html}${ctx.t('recovery.choose')}`,
    rows: [...outage.rows, ...goOn, ...paths.map((one) => [step(one.title, 'show', { path: one, at: 0 })]), out(ctx)],
  })
}

/** Shows a step, or takes what came of it: what helped ends it, what did not leads to the next one. */
export const recover = async (ctx: Ctx, pressed: Extract<Button, { verb: 'recover' }>): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  const path = pathsOf(ctx).find(({ id }) => id === pressed.path)
  if (!path?.steps[pressed.step]) return await chooseRecovery(ctx)
  if (pressed.deed === 'show') {
    await trail.seen(desk, { citizen: ctx.citizen.id, key: `${ctx.key}:${path.id}`, entry: path.entry })
    return await show(ctx, stepScreen(ctx, path, pressed.step))
  }
  const worked = pressed.deed === 'yes'
  const tried = { path: path.id, step: pressed.step, worked }
  await recovery.record(desk, ctx.citizen.id, { key: ctx.key, tried })
  if (worked) return await tellWorked(ctx)
  if (path.steps[pressed.step + 1]) return await show(ctx, stepScreen(ctx, path, pressed.step + 1))
  await tellOver(ctx, path)
}

const stepScreen = (ctx: Ctx, path: RecoveryPath, at: number): Screen => {
  const head = ctx.t('recovery.head', { title: path.title, step: at + 1, most: path.steps.length })
  const back =
    at > 0
      ? step(ctx.t('button.back'), 'show', { path, at: at - 1 })
      : button(ctx.t('button.back'), { verb: 'go', to: 'recovery' })
  return {
    html: `${head}\n\n${path.steps[at]}\n\n${ctx.t('recovery.ask')}`,
    rows: [
      [step(ctx.t('button.worked'), 'yes', { path, at }), step(ctx.t('button.not_worked'), 'no', { path, at })],
      out(ctx, back),
    ],
  }
}

/** After success: what keeps the door shut for others. */
const tellWorked = async (ctx: Ctx): Promise<void> => {
  await recovery.finish(ctx.house.desk, ctx.citizen.id)
  await say(ctx, {
    html: ctx.t('recovery.worked'),
    rows: [[button(ctx.t('button.secure'), { verb: 'entry', id: 'access.secure' })], out(ctx)],
  })
}

const tellOver = async (ctx: Ctx, path: RecoveryPath): Promise<void> => {
  await show(ctx, {
    html: ctx.t('recovery.over'),
    rows: [
      [button(ctx.t('button.ask_operator'), { verb: 'ask', id: path.entry })],
      [button(ctx.t('button.other_path'), { verb: 'go', to: 'recovery' })],
      out(ctx),
    ],
  })
}

const step = (
  label: string,
  deed: 'show' | 'yes' | 'no',
  { path, at }: { path: RecoveryPath; at: number },
): InlineKeyboardButton => button(label, { verb: 'recover', deed, path: path.id, step: at })

const pathsOf = (ctx: Ctx): RecoveryPath[] => ctx.house.desk.texts().recovery(ctx.lang)

const out = (ctx: Ctx, back?: InlineKeyboardButton) => wayOut(ctx.house.desk.texts(), ctx.lang, back)
