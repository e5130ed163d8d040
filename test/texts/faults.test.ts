import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { copied, errorsIn, faultsAfter, faultsIn, GOOD } from './fixture.ts'

const FAQ = 'ru/faq/access.yaml'
const CITIZEN = 'ru/citizen.json'

describe('a good set', () => {
  it('has no errors, and warns of what is to be verified', () => {
    expect(errorsIn(GOOD)).toEqual([])
    expect(faultsIn(GOOD).map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'facts.yaml:9 fact portal is to be verified, citizens see its pointer',
      'facts.yaml:16 fact runner is to be verified, citizens see its pointer',
    ])
  })

  it('warns of an expired fact and still loads', () => {
    const warned = faultsIn(GOOD, '2027-01-01').map(({ message }) => message)
    expect(warned).toContain('fact hotline expired on 2026-12-31, citizens see its pointer')
  })
})

test('phrasings of an entry that is gone are warned of, and keep nothing from being loaded', () => {
  const dir = copied()
  mkdirSync(join(dir, 'ru', 'asked'))
  writeFileSync(join(dir, 'ru', 'asked', 'more.yaml'), '# more\naccess.locked:\n  - one\naccess.gone:\n  - two\n')
  expect(errorsIn(dir)).toEqual([])
  expect(faultsIn(dir)).toContainEqual(
    expect.objectContaining({ file: 'ru/asked/more.yaml', line: 4, message: expect.stringContaining('access.gone') }),
  )
})

describe('one slip of the pen', () => {
  it.each([
    ['a stray tag', FAQ, '<b>оператору</b>', '<p>оператору</p>', `${FAQ}:17`, /does not take <p>/],
    ['an open tag', FAQ, '<b>оператору</b>', '<b>оператору', `${FAQ}:17`, /<b> is never closed/],
    ['an unknown fact', FAQ, '{{fact.hotline}}', '{{fact.hot_line}}', `${FAQ}:10`, /no fact hot_line/],
    ['a misspelt placeholder', FAQ, '{{hours}}', '{{ hours }}', `${FAQ}:9`, /misspelt/],
    ['a placeholder nobody fills', FAQ, 'браузер.', 'браузер {{name}}.', `${FAQ}:22`, /nothing fills {{name}}/],
    ['nesting of i18next', CITIZEN, '"Меню"', '"$t(start.hello)"', `${CITIZEN}:11`, /misspelt/],
    [
      'a long title',
      FAQ,
      'Вход закрыт',
      'Вход закрыт навсегда, насовсем и точка',
      `${FAQ}:16`,
      /38 characters long, 34/,
    ],
    ['a long button', CITIZEN, '"Меню"', `"${'М'.repeat(35)}"`, `${CITIZEN}:11`, /35 characters long, 34/],
    ['markup in a button', CITIZEN, '"Меню"', '"<b>Меню</b>"', `${CITIZEN}:11`, /plain text/],
    ['a long answer', FAQ, 'Обновите браузер', 'а'.repeat(1200), `${FAQ}:22`, /1201 characters long, 1200/],
    ['a long phrase', CITIZEN, 'Портал:', 'а'.repeat(4096), `${CITIZEN}:4`, /characters long, 4096/],
    ['a raw phone', FAQ, 'Подождите немного.', '8 (800) 100-0-100', `${FAQ}:9`, /is a phone/],
    ['a raw short number', FAQ, 'оператору', 'звоните 112', `${FAQ}:17`, /«112» is a phone/],
    ['a raw link', FAQ, 'Подождите немного', 'См. gosuslugi.ru', `${FAQ}:9`, /«gosuslugi.ru» is a link/],
    ['a raw address', FAQ, 'Обновите', 'https://a.example/x', `${FAQ}:22`, /is a link/],
    ['a raw Russian domain', FAQ, 'Обновите', 'моидокументы.рф', `${FAQ}:22`, /is a link/],
    ['a raw hour', FAQ, 'Мы работаем {{hours}}', '{{hours}} с 9:00', `${FAQ}:11`, /«9:00» is a hours/],
    ['a raw term', FAQ, 'Обновите', 'Ждите 30 рабочих дней', `${FAQ}:22`, /«30 рабочих дней» is a term/],
    ['a raw English term', 'en/faq/access.yaml', 'Update', 'Wait 30 days', 'en/faq/access.yaml:22', /is a term/],
    ['«ты»', FAQ, 'Обновите браузер', 'Обнови твой браузер', `${FAQ}:22`, /says «твой»/],
    ['a dead reference', FAQ, 'see: [access.locked]', 'see: [access.gone]', `${FAQ}:14`, /points at access.gone/],
    ['an entry twice', FAQ, 'id: access.browser', 'id: access.locked', `${FAQ}:22`, /there twice/],
    ['an unknown line', FAQ, 'line: access', 'line: parking', `${FAQ}:4`, /no line of work/],
    ['an unknown flow', FAQ, 'flow: operator', 'flow: magic', `${FAQ}:19`, /no flow of the bot/],
    ['an unknown field', FAQ, 'flow: operator', 'flaw: operator', `${FAQ}:15`, /flaw/],
    ['a missing answer', FAQ, 'answer: Обновите браузер.', 'words: [а]', `${FAQ}:20`, /answer/],
    [
      'a button over 64 bytes',
      FAQ,
      'id: access.browser',
      `id: access.${'b'.repeat(48)}`,
      `${FAQ}:20`,
      /too long for a button/,
    ],
    ['broken YAML', FAQ, 'title: Вход закрыт', 'title: "Вход закрыт', `${FAQ}:`, /quote/],
    ['broken JSON', CITIZEN, '"button": {', '"button": {{', `${CITIZEN}:`, /./],
    ['a key twice', CITIZEN, '"portal"', '"hello"', `${CITIZEN}:4`, /written twice/],
    ['a phrase that is none', CITIZEN, '"Меню"', '7', `${CITIZEN}:11`, /no phrase/],
    ['a lost plural', CITIZEN, '"open_few"', '"open_two"', `${CITIZEN}:7`, /no form _few/],
    [
      'a checked fact without a value',
      'facts.yaml',
      'value: null',
      'value: null\n  checked: 2026-01-01',
      'facts.yaml:',
      /./,
    ],
    ['a fact without English', 'facts.yaml', ", en: 'not named yet'", '', 'facts.yaml:21', /needs ru and en/],
    ['hours over midnight', 'schedule.yaml', '10:00-16:00', '22:00-02:00', 'schedule.yaml:12', /no interval/],
  ])('%s is named with its line and a remedy', (_, file, from, to, where, message) => {
    const faults = faultsAfter(file, from, to)
    const named = faults.filter(
      (fault) => `${fault.file}:${fault.line}`.startsWith(where) && message.test(fault.message),
    )
    expect(named, JSON.stringify(faults, null, 1)).not.toEqual([])
    for (const { remedy } of faults) expect(remedy).not.toBe('')
  })
})

describe('two languages that drift apart', () => {
  it.each([
    [
      'a phrase',
      'en/citizen.json',
      '"portal": "The portal: {{fact.portal}}"',
      '"gate": "Gate"',
      ['start.portal: is missing in en', 'start.gate: is not in ru'],
    ],
    [
      'an entry',
      'en/faq/safety.yaml',
      'id: safety.number',
      'id: safety.digits',
      ['safety.number, answer: is missing in en', 'safety.digits, answer: is not in ru'],
    ],
    [
      'a placeholder',
      'en/operator.json',
      '{{number}}',
      '{{nummer}}',
      ['card.number: lacks {{number}}, which ru has', 'card.number: has {{nummer}}, which ru lacks'],
    ],
    [
      'a fact in an answer',
      'en/faq/access.yaml',
      '{{fact.hotline}}',
      '{{fact.portal}}',
      ['access.no_code, answer: lacks {{fact.hotline}}, which ru has'],
    ],
    ['a plural', 'en/citizen.json', '"open_other"', '"open_many"', ['has no form _other']],
    [
      'a sign',
      'en/fraud.yaml',
      'never: [Do not hurry]',
      'never: [Do not hurry, Nor this]',
      ['fraud never 1: is not in ru'],
    ],
    ['a third language', 'tt/citizen.json', '"menu"', '"menyu"', ['button.menyu: is not in ru']],
  ])('%s is named', (_, file, from, to, messages) => {
    const said = faultsAfter(file, from, to).map(({ message }) => message)
    for (const message of messages) expect(said.join('\n')).toContain(message)
  })
})

describe('the folder', () => {
  it.each(['facts.yaml', 'schedule.yaml', 'retention.yaml', 'ru/citizen.json', 'en/operator.json', 'en/fraud.yaml'])(
    'without %s is a fault',
    (file) => {
      const dir = copied()
      rmSync(join(dir, file))
      expect(errorsIn(dir)).toContainEqual(expect.objectContaining({ file, message: 'the file is missing' }))
    },
  )

  it('with a file that nothing reads is a fault', () => {
    const dir = copied()
    writeFileSync(join(dir, 'ru', 'extra.yaml'), 'a: b')
    expect(errorsIn(dir)).toEqual([expect.objectContaining({ file: 'ru/extra.yaml' })])
  })
})
