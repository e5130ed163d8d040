export type BlockType = 'card' | 'cvv' | 'password' | 'sms_code'

export type MaskType =
  | 'passport'
  | 'snils'
  | 'inn'
  | 'oms'
  | 'driver_licence'
  | 'bank_account'
  | 'phone'
  | 'email'
  | 'birth_date'

export type SecretType = BlockType | MaskType

/** Offsets are indices of a JavaScript string, the end is not part of the value. */
export type Span = { start: number; end: number; type: SecretType }

export const BLOCKED: ReadonlySet<SecretType> = new Set<SecretType>(['card', 'cvv', 'password', 'sms_code'])

/** Keeps what came first where two overlap, and puts the rest in order. */
export const withoutOverlaps = (spans: Span[]): Span[] => {
  const kept: Span[] = []
  for (const span of spans) {
    if (span.start < span.end && !kept.some((other) => span.start < other.end && other.start < span.end))
      kept.push(span)
  }
  return kept.sort((one, other) => one.start - other.start)
}
