import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkLink } from '../../../src/desk/fraud/links.ts'
import { checkMessage } from '../../../src/desk/fraud/messages.ts'
import { findSecrets } from '../../../src/desk/secrets/find.ts'
import { BLOCKED, type SecretType } from '../../../src/desk/secrets/span.ts'

/** Written apart from the rules, and scored before the rules had seen them: docs/choices.md has the first figures. */
const lines = (name: string) => readFileSync(`test/data/${name}`, 'utf8').trim().split('\n')
const rows = (...names: string[]) => names.flatMap(lines).map((line) => line.split('\t') as [string, string])

const share = (all: boolean[]): number => all.filter(Boolean).length / all.length

test('links: no imitation is official, nearly all are named, no official one is denied, regional portals are left alone', () => {
  const judged = rows('links-fresh.tsv', 'links-fresh-wide.tsv').map(([text, label]) => ({
    label,
    verdict: checkLink(text).verdict,
    text,
  }))
  const of = (label: string) => judged.filter((one) => one.label === label)
  expect(judged.length).toBeGreaterThan(450)
  expect(of('lookalike').filter(({ verdict }) => verdict === 'official')).toEqual([])
  expect(of('official').filter(({ verdict }) => verdict !== 'official')).toEqual([])
  expect(of('unrelated').filter(({ verdict }) => verdict === 'official')).toEqual([])
  expect(share(of('lookalike').map(({ verdict }) => verdict === 'lookalike'))).toBeGreaterThanOrEqual(0.97)
  expect(share(of('unrelated').map(({ verdict }) => verdict === 'lookalike'))).toBeLessThanOrEqual(0.02)
})

test('messages: frauds are found, genuine notices are not taken for them', () => {
  const judged = rows('messages-fresh.tsv', 'messages-fresh-wide.tsv').map(([text, label]) => ({
    label,
    verdict: checkMessage(text).verdict,
  }))
  const scam = (one: { label: string; verdict: string }) => [one.label === 'scam', one.verdict === 'scam']
  const right = judged.filter((one) => scam(one).every(Boolean)).length
  const wrong = judged.filter((one) => scam(one)[0] !== scam(one)[1]).length
  expect(judged.length).toBeGreaterThan(450)
  expect((2 * right) / (2 * right + wrong)).toBeGreaterThanOrEqual(0.93)
  const legit = judged.filter(({ label }) => label === 'legit')
  expect(share(legit.map(({ verdict }) => verdict === 'scam'))).toBeLessThanOrEqual(0.04)
})

test('secrets: what must not rest is found, what is masked too, and harmless sentences stay', () => {
  const all = ['secrets-fresh.jsonl', 'secrets-fresh-wide.jsonl']
    .flatMap(lines)
    .map((line) => JSON.parse(line) as { text: string; spans: [SecretType, string][] })
  const hits = all.flatMap(({ text, spans }) => {
    const found = findSecrets(text).spans.map(({ start, end, type }) => ({ type, value: text.slice(start, end) }))
    return spans.map(([type, value]) => ({
      type,
      hit: found.some((one) => (BLOCKED.has(type) || one.type === type) && one.value.includes(value)),
    }))
  })
  const harmless = all.filter(({ spans }) => spans.length === 0)
  expect(hits.length).toBeGreaterThan(800)
  expect(harmless.length).toBeGreaterThan(450)
  expect(share(hits.filter(({ type }) => BLOCKED.has(type)).map(({ hit }) => hit))).toBeGreaterThanOrEqual(0.99)
  expect(share(hits.filter(({ type }) => !BLOCKED.has(type)).map(({ hit }) => hit))).toBeGreaterThanOrEqual(0.97)
  expect(share(harmless.map(({ text }) => findSecrets(text).spans.length > 0))).toBeLessThanOrEqual(0.01)
})
