/** A phone number in somebody's words, as +79991234567; null when there is none. */
export const phoneIn = (text: string): string | null => {
  const [found] = /\+?\d[\d\s()–-]{8,18}\d/.exec(text) ?? []
  const digits = found?.replace(/\D/g, '') ?? ''
  if (digits.length < 10 || digits.length > 15) return null
  if (digits.length === 10) return `+7${digits}`
  return digits.length === 11 && digits.startsWith('8') ? `+7${digits.slice(1)}` : `+${digits}`
}

/** `+7 *** ***-12-34`: enough to tell two numbers apart, not enough to call. */
export const maskPhone = (phone: string): string => {
  const tail = phone.slice(-4)
  return `${phone.slice(0, -10)} *** ***-${tail.slice(0, 2)}-${tail.slice(2)}`
}
