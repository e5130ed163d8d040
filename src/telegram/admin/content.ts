import { auditNow } from '../../desk/audit.ts'
import * as facts from '../../desk/facts.ts'
import * as loaded from '../../desk/loaded.ts'
import type { Ctx } from '../context.ts'
import { say } from '../show.ts'
import { clock } from '../words.ts'
import { admin } from './actor.ts'

const MOST_NAMES = 12
const MOST_FAULTS = 5

/** /content: which words each replica speaks, since when, what changed, and what it could not read. */
export const showContent = async (ctx: Ctx): Promise<void> => {
  if (await admin(ctx, 'see-words')) await say(ctx, { html: await report(ctx, await loaded.replicas(ctx.house.desk)) })
}

/** /reload: every replica reads its folder now, and says what came of it. */
export const reload = async (ctx: Ctx): Promise<void> => {
  const by = await admin(ctx, 'see-words')
  if (!by) return
  await auditNow(ctx.house.desk, { key: `reload:${ctx.key}`, actor: { kind: 'operator', id: by.id }, action: 'reload' })
  await say(ctx, { html: await report(ctx, await loaded.reload(ctx.house.desk)) })
}

const report = async (ctx: Ctx, replicas: loaded.Replica[]): Promise<string> => {
  const unchecked = await facts.unchecked(ctx.house.desk)
  const differ = new Set(replicas.map(({ version }) => version)).size > 1
  const warnings = [
    ...(differ ? [ctx.t('words.differ')] : []),
    ...(unchecked.length > 0 ? [ctx.t('words.unchecked', { facts: unchecked.length })] : []),
  ]
  const trouble = replicas.some((one) => one.trouble)
  const last = warnings.length > 0 || trouble ? warnings : [ctx.t('words.fine')]
  return [ctx.t('words.head'), ...replicas.map((one) => ofReplica(ctx, one)), ...last].join('\n\n')
}

const ofReplica = (ctx: Ctx, { owner, version, since, changes, trouble }: loaded.Replica): string => {
  const head = ctx.t('words.replica', { owner, version, since: clock(new Date(since), ctx.lang) })
  const faults = trouble?.faults.slice(0, MOST_FAULTS).map((fault) => `– ${fault}`)
  return [
    head,
    ...ofChanges(ctx, changes),
    ...(faults ? [ctx.t('words.trouble', { faults: faults.join('\n') })] : []),
  ].join('\n')
}

const ofChanges = (ctx: Ctx, changes: loaded.Loaded['changes']): string[] => {
  if (!changes) return [ctx.t('words.first')]
  const said = (['added', 'changed', 'removed'] as const)
    .filter((kind) => changes[kind].length > 0)
    .map((kind) => ctx.t(`words.${kind}`, { names: named(ctx, changes[kind]) }))
  return said.length > 0 ? said : [ctx.t('words.same')]
}

const named = (ctx: Ctx, names: string[]): string => {
  const shown = names.slice(0, MOST_NAMES).join(', ')
  const rest = names.length - MOST_NAMES
  return rest > 0 ? ctx.t('words.and_more', { names: shown, rest }) : shown
}
