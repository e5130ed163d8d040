import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/desk/answers/decode.ts'
import { onEnglishKeys, onRussianKeys } from '../../../src/desk/answers/layout.ts'
import { learnLetters } from '../../../src/desk/answers/letters.ts'
import { normalise, wordsOf } from '../../../src/desk/answers/normalise.ts'
import { soundsOf } from '../../../src/desk/answers/sounds.ts'
import { learnSpelling, mend } from '../../../src/desk/answers/spelling.ts'
import { stemOf } from '../../../src/desk/answers/stems.ts'
import { readAsRussian } from '../../../src/desk/answers/transliterate.ts'

const TEXT = `не приходит код из смс на телефон забыл пароль от личного кабинета как войти номер обращения заблокировали
  вход где посмотреть статус заявления позовите человека привет i forgot my password the code never arrives phone hotline
  how do i call you from abroad what is the status of my application`
const words = wordsOf(normalise(TEXT))
const letters = learnLetters(words)
const spelling = learnSpelling(words)

describe('one spelling for many', () => {
  test.each([
    ['ЁЖИК', 'ежик'],
    ['памагитеееее', 'памагите'],
    ['кoд из CMC', 'код из cmc'],
    ['па\u00ADроль\u200B', 'пароль'],
    ['а\u0000б\ud800', 'а б'],
    ['  много\n\n пробелов\t', 'много пробелов'],
  ])('%j is read as %j', (typed, read) => expect(normalise(typed)).toBe(read))
})

describe('the wrong keyboard', () => {
  test.each([
    ['ghbdtn', 'привет'],
    ['gfhjkm ,kby', 'пароль блин'],
    ["'nj [jhjij", 'это хорошо'],
  ])('%s is %s', (typed, meant) => expect(onRussianKeys(typed)).toBe(meant))
  test.each([
    ['зрщту тгьиук', 'phone number'],
    ['ышеу шы вщцт', 'site is down'],
  ])('%s is %s', (typed, meant) => expect(onEnglishKeys(typed)).toBe(meant))
})

describe('Russian in Latin letters', () => {
  test.each([
    ['zablokirovali', 'заблокировали'],
    ['shchi borshch', 'щи борщ'],
    ['lichnyy kabinet', 'личный кабинет'],
    ['moya zayavka', 'моя заявка'],
    ['4to delat', 'что делат'],
  ])('%s is %s', (typed, meant) => expect(readAsRussian(typed)).toBe(meant))
})

describe('the likeliest reading wins', () => {
  test.each([
    ['ns pf,sk gfhjkm', 'ты забыл пароль'],
    ['rjl yt ghb[jlbn', 'код не приходит'],
    ['parol zabyl', 'парол забыл'],
    ['i forgot my password', 'i forgot my password'],
    ['зрщту', 'phone'],
    ['my пароль не подходит', 'my пароль не подходит'],
    ['код 500', 'код 500'],
    ['', ''],
  ])('%s is read as %s', (typed, read) => expect(decode(letters, normalise(typed)).join(' ')).toBe(read))
})

describe('words as they sound', () => {
  test.each([
    ['приходит', 'преходит'],
    ['позвонить', 'пазванить'],
    ['загружается', 'загружаеца'],
    ['нового', 'новава'],
    ['общение', 'апщение'],
  ])('%s and %s sound alike', (one, other) => expect(soundsOf(one)).toBe(soundsOf(other)))
  test('different words keep different sounds', () => expect(soundsOf('код')).not.toBe(soundsOf('кит')))
})

describe('misspelt and glued words are mended', () => {
  test.each([
    ['нипреходит', 'не приходит'],
    ['парол', 'пароль'],
    ['зоблакировали', 'заблокировали'],
    ['скодом', 'скодом'],
    ['смотреть', 'смотреть'],
    ['паспорт', 'паспорт'],
  ])('%s becomes %s', (typed, mended) => expect(mend(spelling, typed).join(' ')).toBe(mended))
})

describe('endings fall off', () => {
  test.each([
    ['заявлениями', 'заявление'],
    ['заблокировали', 'заблокировал'],
    ['passwords', 'password'],
    ['blocking', 'blocked'],
  ])('%s and %s share a stem', (one, other) => expect(stemOf(one)).toBe(stemOf(other)))
})
