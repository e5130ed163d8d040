import { remembered } from './remembered.ts'

const VOICELESS: Record<string, string> = { б: 'п', в: 'ф', г: 'к', д: 'т', ж: 'ш', з: 'с' }

/**
 * A Russian word as it sounds to somebody who writes by ear: «нипреходит» and «не приходит» share their sounds.
 * Coarse on purpose: it only has to bring misspellings together, not to be read.
 */
export const soundsOf = remembered(sound)

function sound(word: string): string {
  if (!/[а-я]/.test(word)) return latinSounds(word)
  return word
    .replace(/т?ь?с[яа]$|т?ь?ц[ац]$/, 'ца')
    .replace(/(?<=.)[ео]го$/, 'ава')
    .replace(/(?<=.)[ео]в[оа]$/, 'ава')
    .replace(/[сзж]ч|щ/g, 'ш')
    .replace(/чт/g, 'шт')
    .replace(/([сз])[тд]н/g, '$1н')
    .replace(/тс|дс|тц|дц/g, 'ц')
    .replace(/[ъь]/g, '')
    .replace(/[оа]/g, 'а')
    .replace(/[еэиыйя]/g, 'и')
    .replace(/ю/g, 'у')
    .replace(/[бвгджз](?=[пфктшсхцч]|$)/g, (letter) => VOICELESS[letter] ?? letter)
    .replace(/(.)\1+/g, '$1')
}

function latinSounds(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/ck|c(?![eiyh])|q/g, 'k')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/z/g, 's')
    .replace(/([^aeiou])e$/, '$1')
    .replace(/[eiy]+/g, 'i')
    .replace(/[ou]+/g, 'o')
    .replace(/(.)\1+/g, '$1')
}
