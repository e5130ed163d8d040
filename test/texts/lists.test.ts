import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { wholeJson } from '../../src/texts/json.ts'
import { liftLists, withLists } from '../../src/texts/lists.ts'

const read = (content: string) => {
  const { rest, lists } = liftLists(content)
  expect(rest.split('\n')).toHaveLength(content.split('\n').length)
  return { data: withLists(parse(rest), lists), lifted: lists.length }
}

test.each([
  ['plain sentences', 'a:\n  - не приходит код\n  - where is it\nb: c\n', 1],
  ['quoted ones', `a:\n  - 'it''s: here'\n  - "a # b"\n`, 1],
  ['a list as deep as its key', 'a:\n- one\n- two\nb:\n- three\n', 2],
  ['numbers and other values', 'a:\n  - 500\n  - yes\nb:\n  - null\n', 0],
  ['lists that hold more than sentences', 'a:\n  - b: c\n  - d\n', 0],
  ['an item in two lines', 'a:\n  - one\n    and more\n  - two\n', 0],
  ['a comment beside', 'a:\n  - one # first\n', 0],
  ['a comment between', 'a:\n  - one\n  # why\n  - two\n', 0],
  ['escapes', 'a:\n  - "one\\ntwo"\n', 0],
  ['what looks like a list in an answer', 'a: |\n  ask:\n    - one\n    - two\nb:\n  - three\n', 1],
  ['folded text', 'a: >-\n  ask:\n    - one\nb: c\n', 0],
])('%s are read as a parser of all YAML reads them', (_, content, lifted) => {
  expect(read(content)).toEqual({ data: parse(content), lifted })
})

test('JSON with a key twice, or with a slip, is left to the parser that has lines', () => {
  expect(wholeJson('{ "a": { "b": "say \\"c\\": d" }, "e": ["f"] }')).toEqual({ a: { b: 'say "c": d' }, e: ['f'] })
  expect(wholeJson('{ "a": "b", "a": "c" }')).toBeNull()
  expect(wholeJson('{ "a": "b", }')).toBeNull()
})
