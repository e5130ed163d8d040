import * as facts from '../../desk/facts.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { day } from '../words.ts'
import { admin } from './actor.ts'

const A_SCREEN = 6

/** /facts: what a person has to compare with its source, a few at a time, each with its button. */
export const showFacts = async (ctx: Ctx, from = 0): Promise<void> => {
  if (!(await admin(ctx, 'check-fact'))) return
  await answerPress(ctx)
  await show(ctx, screen(ctx, await facts.unchecked(ctx.house.desk), from))
}

export const checkFact = async (ctx: Ctx, hash: string): Promise<void> => {
  const by = await admin(ctx, 'check-fact')
  if (!by) return
  const done = await facts.check(ctx.house.desk, { hash, by, key: ctx.key })
  if (done.status === 'changed') return await answerPress(ctx, ctx.t('facts.changed'))
  await answerPress(ctx)
  await show(ctx, screen(ctx, await facts.unchecked(ctx.house.desk), 0))
  if (done.status === 'waits') return void (await say(ctx, { html: ctx.t('facts.waits', { fact: done.fact.key }) }))
  const until = day(new Date(done.until), ctx.lang)
  await say(ctx, { html: ctx.t('facts.checked', { fact: done.fact.key, until }) })
}

const screen = (ctx: Ctx, all: facts.Unchecked[], from: number): Screen => {
  const ready = all.filter((fact) => fact.value !== null)
  const without = all.filter((fact) => fact.value === null).map(({ key }) => key)
  const start = from < ready.length ? from : 0
  const shown = ready.slice(start, start + A_SCREEN).map((fact, at) => ({ fact, n: start + at + 1 }))
  const more = ready.length > A_SCREEN
  const next = button(ctx.t('button.facts_next'), { verb: 'facts', from: start + A_SCREEN })
  return {
    html: [
      ctx.t(shown.length > 0 ? 'facts.head' : 'facts.none'),
      ...shown.map(({ fact, n }) => ctx.t('facts.one', { n, fact: fact.key, value: said(fact), source: fact.source })),
      ...(without.length > 0 ? [ctx.t('facts.without', { facts: without.join(', ') })] : []),
    ].join('\n\n'),
    rows: [
      ...inPairs(
        shown.map(({ fact, n }) => button(ctx.t('button.checked', { n }), { verb: 'checked', hash: fact.hash })),
      ),
      ...(more ? [[next]] : []),
    ],
  }
}

const inPairs = <T>(list: T[]): T[][] => list.flatMap((_, at) => (at % 2 === 0 ? [list.slice(at, at + 2)] : []))

/** One check holds for every language, so every language is shown. */
const said = ({ value }: facts.Unchecked): string => [...new Set(Object.values(value ?? {}))].join(' · ')
