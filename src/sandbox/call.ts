import { disturb, type Fault, type Faults, type Wire } from './faults.ts'
import type { Journal } from './journal.ts'
import type { Limits } from './limits.ts'
import { methods } from './methods/all.ts'
import type { Call } from './methods/media.ts'
import { Refusal } from './refusal.ts'
import { checkParams, fromForm, methodNamed, type Params } from './schema.ts'
import type { World } from './world.ts'

export type Server = { world: World; journal: Journal; faults: Faults; limits: Limits }
/** A call as it came: JSON as it stands, or form fields that are still text. */
export type Request = { method: string; json?: Params; fields?: Record<string, string> } & Partial<Call>

/** One call of the Bot API from its name to its answer. A call is accepted whole or not at all. */
export const answer = async (server: Server, request: Request): Promise<Wire> => {
  const seen = { method: request.method, params: request.json ?? (request.fields as Params | undefined) ?? {} }
  try {
    seen.method = methodNamed(request.method)
    seen.params = request.json ?? fromForm(seen.method, request.fields ?? {})
    const fault = server.faults.meet(seen.method, seen.params)
    if (fault?.answer === 'general') {
      const { message_thread_id: _, ...params } = seen.params
      seen.params = params
    }
    const carryOut = () => execute(server, seen, { uploads: request.uploads ?? new Map(), signal: request.signal })
    if (!fault) return await carryOut()
    if (fault.when !== 'after' && typeof fault.answer !== 'number' && fault.answer !== 'general') {
      server.journal.refuse(seen.method, seen.params, scripted(fault.answer))
    }
    return await disturb(fault, carryOut)
  } catch (error) {
    return refused(server, seen, error)
  }
}

const scripted = (effect: Exclude<Fault['answer'], number>) =>
  typeof effect === 'string'
    ? { code: 0, message: `fault: ${effect}` }
    : { code: effect.error_code, message: effect.description }

const execute = async (
  server: Server,
  { method, params }: { method: string; params: Params },
  call: Call,
): Promise<Wire> => {
  try {
    checkParams(method, params)
    server.limits.check(method, params)
    const run = methods[method]
    if (!run) throw new Refusal(404, 'Not Found: method not found')
    const result = await run(server.world, params, call)
    // Polling is a question without an effect; it would drown everything else.
    if (method !== 'getUpdates') server.journal.accept(method, params, result)
    return { status: 200, body: { ok: true, result } }
  } catch (error) {
    return refused(server, { method, params }, error)
  }
}

const refused = (server: Server, { method, params }: { method: string; params: Params }, error: unknown): Wire => {
  const refusal = error instanceof Refusal ? error : unexpected(error)
  server.journal.refuse(method, params, refusal)
  const { code, message, parameters } = refusal
  return {
    status: code,
    body: { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) },
  }
}

/** A fault of the sandbox itself must not pass for a refusal of Telegram's. */
const unexpected = (error: unknown): Refusal => {
  const cause = error instanceof Error ? error.stack : String(error)
  return new Refusal(500, `Internal Server Error: the sandbox failed: ${cause}`)
}
