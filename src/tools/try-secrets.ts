import { type Found, findSecrets } from '../desk/secrets/find.ts'

export const trySecrets = (): ((text: string) => Found) => (text) => {
  const { blocked, masked, spans, text: shown } = findSecrets(text)
  return { blocked, masked, spans, text: shown }
}
