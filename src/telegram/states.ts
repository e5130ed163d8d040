import type { ConversationData, VersionedState } from '@grammyjs/conversations'
import type { Ctx } from './context.ts'

type State = VersionedState<ConversationData>

/**
 * Where conversations keep their replay: sealed by the citizen's key, one row a citizen. The plug-in deletes after every
 * update that no conversation waits for; a row that was never there is not deleted again.
 */
export const conversationStore = () => {
  const stored = new WeakSet<Ctx>()
  const keyOf = (ctx: Ctx) => `citizen:${ctx.citizen.id}`
  return {
    read: async (ctx: Ctx): Promise<State | undefined> => {
      if (!ctx.citizen.conversing) return undefined
      const { db, keys } = ctx.house.desk
      const [row] = await db.run<{ body: Buffer }>('select body from conversation_states where key = $1', [keyOf(ctx)])
      if (!row) return undefined
      stored.add(ctx)
      return (await keys.open<State>(row.body)) ?? undefined
    },
    write: async (ctx: Ctx, state: State): Promise<void> => {
      const { db, keys } = ctx.house.desk
      await db.run(
        `insert into conversation_states (key, body) values ($1, $2)
         on conflict (key) do update set body = excluded.body, touched_at = now()`,
        [keyOf(ctx), await keys.forCitizen(ctx.citizen.id, state)],
      )
      stored.add(ctx)
    },
    delete: async (ctx: Ctx): Promise<void> => {
      if (stored.has(ctx)) await ctx.house.desk.db.run('delete from conversation_states where key = $1', [keyOf(ctx)])
    },
  }
}
