import type { Ctx } from './context.ts'

const first = new Map<string, string>()
const MOST = 2_000

/** Whether an earlier part of the same album was answered: one answer is enough. Forgotten at a restart, which harms nobody. */
export const isLaterPart = (ctx: Ctx): boolean => {
  const group = ctx.msg?.media_group_id
  if (group === undefined) return false
  const album = `${ctx.chat?.id}:${group}`
  const known = first.get(album)
  if (known !== undefined) return known !== ctx.key
  if (first.size >= MOST) first.clear()
  first.set(album, ctx.key)
  return false
}
