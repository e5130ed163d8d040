/** `bad` has to be mended before the desk works; `note` is worth knowing. Each says one sentence, with its remedy. */
export type Point = { about: string; state: 'well' | 'note' | 'bad'; says: string }

export const well = (about: string, says: string): Point => ({ about, state: 'well', says })
export const note = (about: string, says: string): Point => ({ about, state: 'note', says })
export const bad = (about: string, says: string): Point => ({ about, state: 'bad', says })

export const showPoint = ({ about, state, says }: Point): string =>
  `${{ well: 'ok  ', note: 'note', bad: 'BAD ' }[state]}  ${about.padEnd(9)} ${says}`
