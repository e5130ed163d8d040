import { readNumber, showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import { auditNow } from '../../desk/audit.ts'
import { head } from '../../desk/audit-chain.ts'
import { type Filter, type Logged, page, personNamed } from '../../desk/audit-log.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { clock } from '../words.ts'
import { admin } from './actor.ts'
import { details } from './audit-data.ts'

const A_PAGE = 10

/** /audit: who did what, newest first; with an appeal number or the name of somebody of the desk, only that. */
export const showAudit = async (ctx: Ctx): Promise<void> => {
  const by = await admin(ctx, 'see-audit')
  if (!by) return
  const word = typeof ctx.match === 'string' ? ctx.match.trim() : ''
  const filter = await filterOf(ctx, word)
  if (!filter) return void (await say(ctx, { html: ctx.t('audit.unknown') }))
  await noted(ctx, by.id, filter)
  await say(ctx, await screen(ctx, filter))
}

/** The next page. */
export const pageAudit = async (ctx: Ctx, filter: Required<Filter>): Promise<void> => {
  const by = await admin(ctx, 'see-audit')
  if (!by) return
  await answerPress(ctx)
  await noted(ctx, by.id, filter)
  await show(ctx, await screen(ctx, filter))
}

/** Reading the audit is in the audit, too. */
const noted = async (ctx: Ctx, by: number, { appeal, operator }: Filter) =>
  await auditNow(ctx.house.desk, {
    key: `audit:${ctx.key}`,
    actor: { kind: 'operator', id: by },
    action: 'audit',
    ...(appeal ? { appeal } : {}),
    ...(operator ? { operator } : {}),
  })

const filterOf = async (ctx: Ctx, word: string): Promise<Filter | null> => {
  const { desk } = ctx.house
  if (word === '') return {}
  const number = readNumber(word)
  if (number !== null) {
    const appeal = await appeals.byNumber(desk, number)
    return appeal && { appeal: appeal.id }
  }
  const person = await personNamed(desk, word)
  return person && { operator: person.id }
}

const screen = async (ctx: Ctx, filter: Filter): Promise<Screen> => {
  const { desk } = ctx.house
  const entries = await page(desk, filter, A_PAGE)
  const end = await head(desk.db)
  const last = entries.at(-1)
  const next = {
    verb: 'audit',
    before: last?.id ?? 0,
    appeal: filter.appeal ?? 0,
    operator: filter.operator ?? 0,
  } as const
  return {
    html: [
      ctx.t('audit.head', { position: end.position, hash: end.hash.slice(0, 16) }),
      ...(entries.length > 0 ? entries.map((entry) => lineOf(ctx, entry)) : [ctx.t('audit.none')]),
    ].join('\n'),
    rows: entries.length === A_PAGE ? [[button(ctx.t('button.audit_older'), next)]] : [],
  }
}

const lineOf = (ctx: Ctx, { at, actor, name, action, number, subject, data, sealed }: Logged): string => {
  const about = [...(number ? [showNumber(number)] : []), ...(subject ? [subject] : []), ...details(ctx, data)]
  return ctx.t('audit.one', {
    at: clock(at, ctx.lang),
    who: name ?? ctx.t(`audit.actor.${actor}`),
    did: ctx.t(`audit.did.${action}`),
    about: about.length > 0 ? ` – ${about.join(', ').slice(0, 200)}` : '',
    mark: sealed ? '' : ' …',
  })
}
