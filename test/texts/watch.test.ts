import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { watchTexts } from '../../src/texts/watch.ts'
import { change, copied, GOOD, TODAY } from './fixture.ts'

const watching = (dir: string, pollMs = 60_000) => {
  const onSwap = vi.fn()
  const onFault = vi.fn()
  const options = { strict: true, today: () => TODAY }
  const watch = watchTexts(dir, { options, onSwap, onFault, debounceMs: 30, pollMs })
  onTestFinished(() => watch.close())
  return { onSwap, onFault, number: () => watch.current().t('en', 'card.number', { number: 7 }), close: watch.close }
}

const soon = { timeout: 5_000, interval: 20 }
const CARD = 'en/operator.json'

describe('watched texts', () => {
  it('are swapped whole when a file changes', async () => {
    const dir = copied()
    const { onSwap, onFault, number } = watching(dir)
    change(dir, CARD, ['Appeal', 'The appeal'])
    await vi.waitFor(() => expect(number()).toBe('The appeal <code>7</code>'), soon)
    expect(onSwap).toHaveBeenCalledTimes(1)
    expect(onFault).not.toHaveBeenCalled()
  })

  it('keep the old set while a file is half written, and take the whole one', async () => {
    const dir = copied()
    const { onSwap, onFault, number } = watching(dir)
    writeFileSync(join(dir, CARD), '{ "card": { "number": "The appe')
    await vi.waitFor(() => expect(onFault).toHaveBeenCalledTimes(1), soon)
    expect(onFault.mock.calls[0]?.[0]).toContainEqual(expect.objectContaining({ file: CARD, line: 1 }))
    expect(number()).toBe('Appeal <code>7</code>')
    writeFileSync(join(dir, CARD), '{ "card": { "number": "The appeal <code>{{number}}</code>" } }')
    await vi.waitFor(() => expect(number()).toBe('The appeal <code>7</code>'), soon)
    expect(onSwap).toHaveBeenCalledTimes(1)
  })

  it('keep the old set when two languages drift apart', async () => {
    const dir = copied()
    const { onFault, number } = watching(dir)
    change(dir, CARD, ['{{number}}', '{{nummer}}'])
    await vi.waitFor(() => expect(onFault).toHaveBeenCalled(), soon)
    expect(number()).toBe('Appeal <code>7</code>')
  })

  it('outlive the folder, and take the one that comes in its place', async () => {
    const dir = copied()
    const { onFault, number } = watching(dir, 50)
    rmSync(dir, { recursive: true })
    await vi.waitFor(() => expect(onFault).toHaveBeenCalled(), soon)
    expect(number()).toBe('Appeal <code>7</code>')
    cpSync(GOOD, `${dir}-next`, { recursive: true })
    change(`${dir}-next`, CARD, ['Appeal', 'The appeal'])
    renameSync(`${dir}-next`, dir)
    await vi.waitFor(() => expect(number()).toBe('The appeal <code>7</code>'), soon)
  })

  it('are left alone once closed', async () => {
    const dir = copied()
    const { onSwap, close } = watching(dir, 20)
    close()
    change(dir, CARD, ['Appeal', 'The appeal'])
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(onSwap).not.toHaveBeenCalled()
  })
})
