import { findSecrets } from './find.ts'
import { BLOCKED, type SecretType } from './span.ts'

/** A text as the desk shows it: of what must not be shown whole, only the last signs are left. */
export const masked = (text: string): string => findSecrets(text).text

/** What is masked in a text, whole; for the one who may see it, for a moment. */
export const hiddenIn = (text: string): { type: SecretType; value: string }[] =>
  findSecrets(text)
    .spans.filter(({ type }) => !BLOCKED.has(type))
    .map(({ start, end, type }) => ({ type, value: text.slice(start, end) }))
