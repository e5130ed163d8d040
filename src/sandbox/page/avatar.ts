import { el } from './dom.ts'

/** A round sign with the first letters of a name, in a colour that stays with the person. */
export function avatar(id: number, name: string): HTMLElement {
  const letters = name
    .split(/\s+/)
    .map((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? '')
    .join('')
  const sign = [...letters].slice(0, 2).join('').toUpperCase()
  return el('span', { class: `avatar fill-${Math.abs(id) % 6}`, 'aria-hidden': 'true' }, sign || '·')
}
