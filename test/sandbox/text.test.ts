import { expect, test } from 'vitest'
import { typedText } from '../../src/sandbox/text/formatted.ts'
import { parseHtml } from '../../src/sandbox/text/html.ts'
import { parseMarkdown } from '../../src/sandbox/text/markdown.ts'
import { anna, desk } from './desk.ts'

const surrogates =
  'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units'

test.each([
  ['&#57311;', surrogates],
  ['&#xDFDF', surrogates],
  ['🏟 🏟&lt;<abacaba', 'Unclosed start tag at byte offset 13'],
  ['🏟 🏟&lt;<abac aba>', 'Unsupported start tag "abac" at byte offset 13'],
  ['🏟 🏟&lt;<i   =aba>', 'Empty attribute name in the tag "i" at byte offset 13'],
  ['🏟 🏟&lt;<i    aba>', 'Can\'t find end tag corresponding to start tag "i"'],
  ['🏟 🏟&lt;<i    aba  =  ', 'Unclosed start tag "i" at byte offset 13'],
  ['🏟 🏟&lt;<i    aba  =  190azAz-.,', 'Unexpected end of name token at byte offset 27'],
  ['🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', 'Unclosed start tag at byte offset 13'],
  ['🏟 🏟&lt;</', 'Unexpected end tag at byte offset 13'],
  ['🏟 🏟&lt;<i>a</i   ', 'Unclosed end tag at byte offset 17'],
  ['🏟 🏟&lt;<i>a</em   >', 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'],
  ['<span class="red">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])('HTML %j is refused', (source, refusal) => {
  expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${refusal}`)
})

test('HTML becomes text and entities', () => {
  expect(parseHtml('&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;').text).toBe('&ge;<>&"&laquo;&#12345678;')
  expect(parseHtml('🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>')).toEqual({
    text: '🏟 🏟🏟 ><🏟',
    entities: [
      { type: 'italic', offset: 5, length: 7 },
      { type: 'bold', offset: 9, length: 3 },
    ],
  })
  expect(
    parseHtml('<pre><code class="language-sql">a</code></pre><blockquote expandable>b</blockquote>').entities,
  ).toEqual([
    { type: 'pre', offset: 0, length: 1, language: 'sql' },
    { type: 'expandable_blockquote', offset: 1, length: 1 },
  ])
  expect(
    parseHtml('<a href="https://t.me/a?b&amp;c">a</a><a href="tg://user?id=5">b</a><a href="нет">c</a>').entities,
  ).toEqual([
    { type: 'text_link', offset: 0, length: 1, url: 'https://t.me/a?b&c' },
    { type: 'text_mention', offset: 1, length: 1, user: { id: 5 } },
  ])
})

test.each([
  ['🏟 🏟_abacaba', "Can't find end of Italic entity at byte offset 9"],
  ['🏟 🏟_abac * asd _', "Can't find end of Italic entity at byte offset 21"],
  ['🏟 🏟```a ', "Can't find end of PreCode entity at byte offset 9"],
  ['🏟 🏟__🏟 _🏟___', "Can't find end of Italic entity at byte offset 23"],
  ['[telegram\\.org](asd\\)', "Can't find end of a URL at byte offset 16"],
  ['>*b\n>ld \n>bo\nld*\nasd\ndef', "Can't find end of Bold entity at byte offset 1"],
  ['a.b', "Character '.' is reserved and must be escaped with the preceding '\\'"],
  ['a>', "Character '>' is reserved and must be escaped with the preceding '\\'"],
])('MarkdownV2 %j is refused', (source, refusal) => {
  expect(() => parseMarkdown(source)).toThrow(`Bad Request: can't parse entities: ${refusal}`)
})

test('MarkdownV2 becomes text and entities', () => {
  const { text, entities } = parseMarkdown('*a _b_ __c__* `d` [x](http://a.ru/\\)) ||s||\n>q\n>r')
  expect(text).toBe('a b c d x s\nq\nr')
  expect(entities.map((entity) => [entity.type, entity.offset, entity.length])).toEqual([
    ['bold', 0, 5],
    ['italic', 2, 1],
    ['underline', 4, 1],
    ['code', 6, 1],
    ['text_link', 8, 1],
    ['spoiler', 10, 1],
    ['blockquote', 12, 3],
  ])
})

test('control characters and line separators are tidied away, entities move along', () => {
  const sent = typedText(' \n\ta\r\u202eb\u0000c \n', [{ type: 'bold', offset: 6, length: 3 }])
  expect(sent).toEqual({ text: 'ab c', entities: [{ type: 'bold', offset: 1, length: 3 }] })
})

test('what Telegram finds by itself is found', () => {
  const found = (text: string) =>
    typedText(text).entities.map(({ type, offset, length }) => `${type}:${text.slice(offset, offset + length)}`)
  expect(found('/start@okoshko_bot x')).toEqual(['bot_command:/start@okoshko_bot'])
  expect(found('см. gosuslugi.ru, https://a.b.ru/c?d. или a/b')).toEqual(['url:gosuslugi.ru', 'url:https://a.b.ru/c?d'])
  expect(found('x@y.ru @anna_k #тема 12.05 т.д.')).toEqual(['email:x@y.ru', 'mention:@anna_k', 'hashtag:#тема'])
  expect(found('+7 916 123-45-67')).toEqual(['phone_number:+7 916 123-45-67'])
})

test('nothing is found inside code or a link, and custom emoji become plain', async () => {
  const { ok } = await desk()
  const html = '<code>/start</code> <a href="https://a.ru">b.ru</a> <tg-emoji emoji-id="1">🙂</tg-emoji>'
  expect(await ok('sendMessage', { chat_id: anna, text: html, parse_mode: 'html' })).toMatchObject({
    text: '/start b.ru 🙂',
    entities: [{ type: 'code' }, { type: 'text_link' }],
  })
})

test('4096 characters pass even when they are 8192 units', async () => {
  const { call } = await desk()
  expect(await call('sendMessage', { chat_id: anna, text: '😀'.repeat(4096) })).toMatchObject({ ok: true })
})
