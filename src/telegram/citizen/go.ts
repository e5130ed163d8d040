import type { Button, Place } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress } from '../show.ts'
import { enterFlow } from './form.ts'

/** A press that leads to one of the smaller things a citizen can do. False: it is none of them. */
export const go = async (ctx: Ctx, button: Button | null): Promise<boolean> => {
  if (button?.verb !== 'go') return false
  await answerPress(ctx)
  await PLACES[button.to]?.(ctx)
  return true
}

const PLACES: Partial<Record<Place, (ctx: Ctx) => Promise<void>>> = {
  fault: (ctx) => enterFlow(ctx, 'fault'),
  complaint: (ctx) => enterFlow(ctx, 'complaint'),
}
