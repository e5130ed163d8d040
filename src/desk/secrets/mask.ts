import type { SecretType } from './span.ts'

/** Said instead of what must not rest at all. */
export const REMOVED: Partial<Record<SecretType, string>> = {
  card: '[номер карты удалён]',
  cvv: '[код карты удалён]',
  password: '[пароль удалён]',
  sms_code: '[код удалён]',
}

const SHOWN: Partial<Record<SecretType, number>> = {
  passport: 3,
  driver_licence: 3,
  snils: 2,
  inn: 3,
  oms: 4,
  bank_account: 4,
  phone: 4,
  birth_date: 2,
}

/** Enough is left to tell two numbers apart: the last digits, or the first letter and the host of an address. */
export const mask = (value: string, type: SecretType): string => {
  if (type === 'email') return `${value[0] ?? ''}•••${value.slice(value.lastIndexOf('@'))}`
  let left = SHOWN[type] ?? 0
  return Array.from(value)
    .toReversed()
    .map((sign) => (!/[\p{L}\p{N}]/u.test(sign) ? sign : /\d/.test(sign) && left-- > 0 ? sign : '•'))
    .toReversed()
    .join('')
}
