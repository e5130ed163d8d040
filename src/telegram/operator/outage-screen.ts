import type { InlineKeyboardButton } from 'grammy/types'
import type { Outage } from '../../desk/outages.ts'
import * as outages from '../../desk/outages.ts'
import type { Entry } from '../../texts.ts'
import { button, type OutageDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { banner, whatIsOut } from '../outage-words.ts'
import type { Screen } from '../show.ts'
import { sinceWhen, timeOf } from '../words.ts'

const MOST_OFFERED = 6
/** What is less likely than that is somewhere else in the FAQ. */
const LIKELY = 0.15

/** One outage as citizens read it, above which answers, and what can be done about it. */
export const outageScreen = async (ctx: Ctx, outage: Outage): Promise<Screen> => {
  const texts = ctx.house.desk.texts()
  const seen = texts.langs.map((lang) => `<blockquote>${banner(texts, lang, outage)}</blockquote>`)
  const draft = outage.state === 'draft'
  const head = draft
    ? ctx.t('outage.preview')
    : ctx.t('outage.open', { id: outage.id, count: await outages.waiting(ctx.house.desk, outage.id) })
  const rows = [
    ...choices(ctx, outage),
    ...(draft ? [[deed(ctx, 'announce', outage)], [deed(ctx, 'drop', outage)]] : []),
  ]
  return {
    html: [
      head,
      seen.join('\n'),
      placed(ctx, outage),
      ...(draft ? [] : [ctx.t('outage.how_to_change', { id: outage.id })]),
    ].join('\n\n'),
    rows: draft ? rows : [...rows, [deed(ctx, 'end', outage)]],
  }
}

/** Asked once more, because it is told to people. */
export const overScreen = async (ctx: Ctx, outage: Outage): Promise<Screen> => ({
  html: ctx.t('outage.sure', {
    what: whatIsOut(ctx.house.desk.texts(), ctx.lang, outage),
    count: await outages.waiting(ctx.house.desk, outage.id),
  }),
  rows: [[deed(ctx, 'over', outage), deed(ctx, 'show', outage)]],
})

export const listScreen = async (ctx: Ctx): Promise<Screen> => {
  const { desk } = ctx.house
  const all = await outages.open(desk)
  const how = ctx.t('outage.how', { time: timeOf(new Date(), ctx.lang) })
  if (all.length === 0) return { html: `${ctx.t('outage.none')}\n\n${how}` }
  const one = (outage: Outage) =>
    ctx.t('outage.one', {
      id: outage.id,
      what: whatIsOut(desk.texts(), ctx.lang, outage),
      since: sinceWhen(outage.since, ctx.lang),
    })
  return {
    html: [ctx.t('outage.list'), ...all.map(one), how].join('\n\n'),
    rows: all.map((outage) => [
      button(ctx.t('button.outage.nth', { id: outage.id }), {
        verb: 'outage',
        deed: 'show',
        outage: outage.id,
        what: 'all',
      }),
    ]),
  }
}

const placed = (ctx: Ctx, { entries, line }: Outage): string => {
  const titles = entries.map((id) => `– ${ctx.house.desk.texts().entry(ctx.lang, id)?.title ?? id}`)
  const whole = line === null ? [] : [`– ${ctx.t('outage.whole_line', { line: ctx.t(`line.${line}`) })}`]
  return [ctx.t('outage.above'), ...titles, ...whole].join('\n')
}

/** The answers it stands above, and those that it may belong to as well; a press puts it there or takes it away. */
const choices = (ctx: Ctx, outage: Outage): InlineKeyboardButton[][] => {
  const entries = offered(ctx, outage)
  const line = outage.line ?? entries[0]?.line
  const toggle = (label: string, on: boolean, { deed, what }: { deed: OutageDeed; what: string }) => [
    button(`${on ? '✓ ' : ''}${label}`, { verb: 'outage', deed, outage: outage.id, what }),
  ]
  return [
    ...entries.map(({ id, title }) => toggle(title, outage.entries.includes(id), { deed: 'entry', what: id })),
    ...(line
      ? [
          toggle(ctx.t('outage.whole_line', { line: ctx.t(`line.${line}`) }), outage.line !== null, {
            deed: 'line',
            what: line,
          }),
        ]
      : []),
  ]
}

const offered = (ctx: Ctx, { words, entries }: Outage): Entry[] => {
  const { desk, finder } = ctx.house
  const texts = desk.texts()
  const found = finder().find(Object.values(words)[0] ?? '')
  const near = found.entries.filter(({ score }) => score > LIKELY).map(({ id }) => id)
  const faults = texts.entries(ctx.lang).filter(({ flow }) => flow === 'fault')
  const ids = new Set([...entries, ...faults.map(({ id }) => id), ...near])
  return [...ids].flatMap((id) => texts.entry(ctx.lang, id) ?? []).slice(0, Math.max(MOST_OFFERED, entries.length))
}

const deed = (ctx: Ctx, what: 'announce' | 'drop' | 'end' | 'over' | 'show', { id }: Outage): InlineKeyboardButton =>
  button(ctx.t(`button.outage.${what}`), { verb: 'outage', deed: what, outage: id, what: 'all' })
