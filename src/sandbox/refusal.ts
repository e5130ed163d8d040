/** What Telegram answers instead of a result. Thrown by whatever finds the fault, caught where a call ends. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: number
  readonly parameters: RefusalParameters | undefined
  constructor(code: number, description: string, parameters?: RefusalParameters) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export type RefusalParameters = { retry_after?: number; migrate_to_chat_id?: number }

export const badRequest = (text: string, parameters?: RefusalParameters) =>
  new Refusal(400, `Bad Request: ${text}`, parameters)

export const forbidden = (text: string) => new Refusal(403, `Forbidden: ${text}`)

export const conflict = (text: string) => new Refusal(409, `Conflict: ${text}`)

export const tooManyRequests = (seconds: number) =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
