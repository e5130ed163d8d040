import * as trail from '../../desk/trail.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { offerOf } from './offers.ts'
import { overEntry } from './outages.ts'

/** Questions: sections → entries → answer. */
export const openSections = async (ctx: Ctx): Promise<void> => await show(ctx, sectionsScreen(ctx))

export const openSection = async (ctx: Ctx, id: string): Promise<void> => await show(ctx, sectionScreen(ctx, id))

export const sectionsScreen = (ctx: Ctx): Screen => {
  const texts = ctx.house.desk.texts()
  const rows = texts.sections(ctx.lang).map(({ id, title }) => [button(title, { verb: 'section', id })])
  return { html: ctx.t('questions.sections'), rows: [...rows, wayOut(texts, ctx.lang)] }
}

export const sectionScreen = (ctx: Ctx, id: string): Screen => {
  const texts = ctx.house.desk.texts()
  const section = texts.sections(ctx.lang).find((one) => one.id === id)
  if (!section) return sectionsScreen(ctx)
  const rows = section.entries.map((entry) => [button(titleOf(ctx, entry), { verb: 'entry', id: entry })])
  const back = button(ctx.t('button.back'), { verb: 'sections' })
  return {
    html: ctx.t('questions.section', { title: section.title }),
    rows: [...rows, wayOut(texts, ctx.lang, back)],
  }
}

/** An answer with its steps, «Помогло?», what is near, and a person. */
export const openEntry = async (ctx: Ctx, id: string): Promise<void> => {
  if (entryScreen(ctx, id))
    await trail.seen(ctx.house.desk, { citizen: ctx.citizen.id, key: `${ctx.key}:${id}`, entry: id })
  await readEntry(ctx, id)
}

/** The same without leaving a trace on the way. */
export const readEntry = async (ctx: Ctx, id: string): Promise<void> => {
  const screen = entryScreen(ctx, id)
  await (screen ? show(ctx, screen) : openSections(ctx))
}

/** `next` are the entries that may be meant as well; they stand before what is related anyway. */
export const entryScreen = (ctx: Ctx, id: string, next: string[] = []): Screen | null => {
  const texts = ctx.house.desk.texts()
  const entry = texts.entry(ctx.lang, id)
  if (!entry) return null
  const offered = offerOf(ctx, entry.flow)
  const outage = overEntry(ctx, entry)
  return {
    html: `${outage.html}<b>${ctx.t('questions.title', { title: entry.title })}</b>\n\n${entry.answer.trim()}`,
    rows: [
      ...outage.rows,
      [
        button(ctx.t('button.helped'), { verb: 'vote', helped: true, id }),
        button(ctx.t('button.not_helped'), { verb: 'vote', helped: false, id }),
      ],
      ...(offered ? [[offered]] : []),
      ...[...new Set([...next, ...entry.see])].map((near) => [button(titleOf(ctx, near), { verb: 'entry', id: near })]),
      wayOut(texts, ctx.lang, button(ctx.t('button.back'), { verb: 'section', id: entry.section })),
    ],
  }
}

export const vote = async (ctx: Ctx, id: string, helped: boolean): Promise<void> => {
  const texts = ctx.house.desk.texts()
  await answerPress(ctx)
  if (!texts.entry(ctx.lang, id)) return await openSections(ctx)
  await trail.vote(ctx.house.desk, { citizen: ctx.citizen.id, entry: id, helped })
  if (helped) return void (await say(ctx, { html: ctx.t('questions.glad'), rows: [wayOut(texts, ctx.lang)] }))
  const near = texts.entry(ctx.lang, id)?.see ?? []
  await say(ctx, {
    html: ctx.t('questions.sorry'),
    rows: [
      [button(ctx.t('button.ask_operator'), { verb: 'ask', id })],
      ...near.map((one) => [button(titleOf(ctx, one), { verb: 'entry', id: one })]),
      wayOut(texts, ctx.lang),
    ],
  })
}

export const titleOf = (ctx: Ctx, id: string): string => ctx.house.desk.texts().entry(ctx.lang, id)?.title ?? id
