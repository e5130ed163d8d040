import type { InlineKeyboardButton } from 'grammy/types'
import { LINES, type Line } from '../../desk/desk.ts'
import * as groups from '../../desk/desk-groups.ts'
import * as desks from '../../desk/desks.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { setCommands } from '../lead.ts'
import { isUnable, lacks } from '../rights.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { admin, noted } from './actor.ts'

/** /desk in a forum group: it works for the desk from now on, if everything it needs is there; then, how it stands. */
export const deskCommand = async (ctx: Ctx, words: string): Promise<void> => {
  const by = ctx.chat && (await admin(ctx, 'register-desk'))
  if (!ctx.chat || !by) return
  const [word, ...rest] = words.toLowerCase().split(/[\s,]+/)
  if (word === 'off') return await retire(ctx)
  if (!(await registered(ctx, by.id))) return
  if (word === 'lines' && rest.length > 0) await chooseLines(ctx, rest, by.id)
  else if (word === '' || word === 'lines') await say(ctx, await state(ctx))
  else await say(ctx, { html: ctx.t('groups.lines_how', { example: 'access services' }) })
}

/** A button of the screen: one line on or off. */
export const toggleLine = async (ctx: Ctx, word: string): Promise<void> => {
  const by = await admin(ctx, 'register-desk')
  const line = LINES.find((one) => one === word)
  const here = by && (await stateHere(ctx))
  if (!by || !line || !here) return
  const now = here.lines.length === 0 ? [...LINES] : here.lines
  const next = now.includes(line) ? now.filter((one) => one !== line) : [...now, line]
  // A group with no line at all would take every line: the last one stays.
  if (next.length > 0) await groups.setLines(ctx.house.desk, here.id, { lines: next, by: by.id })
  await answerPress(ctx)
  await show(ctx, await state(ctx))
}

const registered = async (ctx: Ctx, by: number): Promise<boolean> => {
  const { desk } = ctx.house
  const chat = ctx.chat?.id ?? 0
  const missing = await lacks(ctx.api, chat, ctx.me.id)
  if (missing.length > 0) {
    if (isUnable(missing) && (await desks.isDesk(desk, chat))) await desks.setAside(desk, chat)
    await say(ctx, { html: [ctx.t('desk.lacks'), ...missing.map((lack) => `– ${ctx.t(`lack.${lack}`)}`)].join('\n') })
    return false
  }
  const known = await desks.register(desk, chat, ctx.chat?.title ?? '')
  await desks.restore(desk, chat)
  if (known === 'known') return true
  await noted(ctx, by, 'register_desk')
  await setCommands({ api: ctx.api, desk })
  await say(ctx, { html: ctx.t('desk.registered') })
  return true
}

const chooseLines = async (ctx: Ctx, words: string[], by: number): Promise<void> => {
  const here = await stateHere(ctx)
  if (!here) return
  const named = words.includes('all') ? [...LINES] : words.map((word) => lineNamed(ctx, word))
  const unknown = named.indexOf(undefined)
  if (unknown >= 0) {
    const lines = LINES.map((line) => `${line} (${ctx.t(`line.${line}`)})`).join(', ')
    return void (await say(ctx, { html: ctx.t('groups.lines_unknown', { word: words[unknown] ?? '', lines }) }))
  }
  await groups.setLines(ctx.house.desk, here.id, { lines: [...new Set(named as Line[])], by })
  await say(ctx, await state(ctx))
}

const retire = async (ctx: Ctx): Promise<void> => {
  const done = await desks.retire(ctx.house.desk, ctx.chat?.id ?? 0)
  await say(ctx, { html: ctx.t(done ? 'groups.off' : 'groups.off_last') })
}

const lineNamed = (ctx: Ctx, word: string): Line | undefined =>
  LINES.find((line) => line === word || ctx.t(`line.${line}`).toLowerCase() === word)

const stateHere = async (ctx: Ctx): Promise<groups.GroupState | undefined> =>
  (await groups.states(ctx.house.desk)).find(({ chatId }) => chatId === ctx.chat?.id)

const state = async (ctx: Ctx): Promise<Screen> => {
  const all = await groups.states(ctx.house.desk)
  const here = all.find(({ chatId }) => chatId === ctx.chat?.id)
  if (!here) return { html: ctx.t('groups.off') }
  const named = ({ lines }: groups.GroupState) =>
    lines.length === 0 ? ctx.t('groups.lines_all') : lines.map((line) => ctx.t(`line.${line}`)).join(', ')
  const shown = (one: groups.GroupState) => ({
    title: one.title,
    lines: named(one),
    topics: one.topics,
    sent: one.sent,
  })
  const others = all.filter((one) => one !== here)
  const html = [
    ctx.t('groups.state', {
      ...shown(here),
      works: ctx.t(here.broken ? 'groups.broken' : 'groups.works'),
    }),
    ...(others.length > 0 ? ['', ctx.t('groups.others')] : []),
    ...others.map((one) => ctx.t(one.broken ? 'groups.other_broken' : 'groups.other', shown(one))),
    '',
    ctx.t('groups.lines_how', { example: 'access services' }),
  ]
  return { html: html.join('\n'), rows: LINES.map((line) => [toggle(ctx, line, here)]) }
}

const toggle = (ctx: Ctx, line: Line, { lines }: groups.GroupState): InlineKeyboardButton => {
  const on = lines.length === 0 || lines.includes(line)
  return button(`${on ? '☑' : '☐'} ${ctx.t(`line.${line}`)}`, { verb: 'deskline', line })
}
