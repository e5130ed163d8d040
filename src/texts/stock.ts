import type { TextSet } from './set.ts'

/** Everything that may change, by a name that people know, with what it holds. */
export type Stock = ReadonlyMap<string, string>
export type Changes = { added: string[]; changed: string[]; removed: string[] }

export const stockOf = ({ languages, facts, schedule, retention, people, targets, waiting }: TextSet): Stock => {
  const stock = new Map<string, string>()
  const put = (name: string, value: unknown) => stock.set(name, JSON.stringify(value))
  for (const { lang, phrases, faq, fraud, replies } of languages) {
    for (const { key, text } of phrases) put(`${lang} ${key}`, text)
    for (const { data } of faq) {
      put(`${lang} ${data.section}`, [data.order, data.title, data.line, data.entries.map(({ id }) => id)])
      for (const entry of data.entries) put(`${lang} ${entry.id}`, entry)
    }
    for (const reply of replies?.data ?? []) put(`${lang} reply ${reply.id}`, reply)
    if (fraud) put(`${lang} fraud`, fraud.data)
  }
  for (const [key, fact] of Object.entries(facts?.data ?? {})) put(`fact ${key}`, fact)
  if (schedule) put('schedule', schedule.data)
  if (waiting) put('waiting', waiting.data)
  if (retention) put('retention', retention.data)
  if (people) put('desk', people.data)
  if (targets) put('targets', targets.data)
  return stock
}

export const changesBetween = (before: Stock, after: Stock): Changes => ({
  added: [...after.keys()].filter((name) => !before.has(name)),
  changed: [...after].filter(([name, value]) => before.has(name) && before.get(name) !== value).map(([name]) => name),
  removed: [...before.keys()].filter((name) => !after.has(name)),
})
