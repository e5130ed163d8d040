import { setTimeout as sleep } from 'node:timers/promises'
import type { RefusalParameters } from './refusal.ts'
import type { Params } from './schema.ts'

/**
 * What goes wrong on purpose. `before` means the call is not carried out, `after` that it is and only its answer suffers.
 * `general` carries it out without its topic, as real servers have done.
 */
export type Fault = {
  /** A method's name, or * for all but getUpdates. */
  method: string
  /** Only calls whose parameters have these values. */
  match?: Params
  /** How many calls; 1 unless said, 0 for ever. */
  times?: number
  when?: 'before' | 'after'
  answer:
    | { error_code: number; description: string; parameters?: RefusalParameters }
    | 'reset'
    | 'hang'
    | 'html502'
    | 'general'
    | number
}
export type Faults = {
  /** Returns what takes the fault away again. */
  add(fault: Fault): () => void
  clear(): void
  /** The fault this call meets, counted as met. */
  meet(method: string, params: Params): Fault | null
}

export const createFaults = (): Faults => {
  const planned = new Map<Fault, number>()
  return {
    add: (fault) => {
      planned.set(fault, fault.times === 0 ? Number.POSITIVE_INFINITY : (fault.times ?? 1))
      return () => {
        planned.delete(fault)
      }
    },
    clear: () => planned.clear(),
    meet: (method, params) => {
      for (const [fault, left] of planned) {
        if (!fits(fault, method, params)) continue
        if (left > 1) planned.set(fault, left - 1)
        else planned.delete(fault)
        return fault
      }
      return null
    },
  }
}

const fits = ({ method, match = {} }: Fault, called: string, params: Params) =>
  (method === '*' ? called !== 'getUpdates' : method.toLowerCase() === called.toLowerCase()) &&
  Object.entries(match).every(([name, value]) => params[name] === value)

/** How an answer leaves: as it is, cut off, never, or as a proxy's error page. */
export type Wire = { status: number; body: object } | 'reset' | 'hang' | 'html502'

/** What the wire makes of an answer under a fault. */
export const disturb = async (fault: Fault, answer: () => Promise<Wire>): Promise<Wire> => {
  const after = fault.when === 'after'
  const { answer: effect } = fault
  if (effect === 'general') return answer()
  if (typeof effect === 'number') {
    if (!after) await sleep(effect)
    const given = await answer()
    if (after) await sleep(effect)
    return given
  }
  if (after) await answer()
  if (typeof effect === 'string') return effect
  return { status: effect.error_code, body: { ok: false, ...effect } }
}
