import { expect, test } from 'vitest'
import { type Desk, desk } from './desk.ts'

/** What is refused: its name, the call, Telegram's words, and what must have happened before. */
export type Row = [name: string, method: string, params: object, refusal: string, arrange?: (desk: Desk) => unknown]

/** One test for each row. What is refused leaves no trace but its entry among the refused. */
export const refuses = (rows: Row[]): void => {
  test.each(rows)('refuses %s', async (_, method, params, refusal, arrange) => {
    const messenger = await desk()
    await arrange?.(messenger)
    const before = messenger.sandbox.journal().entries.length
    const answer = await messenger.call(method, params)
    expect(answer).toMatchObject({ ok: false, description: refusal })
    const { entries, refused } = messenger.sandbox.journal()
    expect(entries).toHaveLength(before)
    expect(refused.at(-1)).toMatchObject({ method, description: refusal, error_code: answer.error_code })
  })
}
