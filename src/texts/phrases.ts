import { createInstance } from 'i18next'
import { escapeHtml } from './html.ts'
import { withoutPlural } from './pieces.ts'
import { BASE, type LanguageSet } from './set.ts'

export type Phrases = {
  has(lang: string, key: string): boolean
  t(lang: string, key: string, vars: Record<string, unknown>): string
}

export type PhraseFaults = { strict: boolean; onWarning: (message: string) => void }

/** Plurals, placeholders and the way back to the base language. Every value is escaped: what comes out is HTML. */
export const phrasesOf = (languages: readonly LanguageSet[], { strict, onWarning }: PhraseFaults): Phrases => {
  const complain = (message: string): void => {
    if (strict) throw new Error(message)
    onWarning(message)
  }
  const keys = keysOf(languages)
  const fixed = fixedOf(languages)
  const i18n = createInstance()
  void i18n.init({ ...OPTIONS, resources: resourcesOf(languages), supportedLngs: languages.map(({ lang }) => lang) })
  return {
    has: (lang, key) => isKnown(keys, [lang, key], true),
    t: (lang, key, vars) => {
      const whole = vars.count === undefined ? fixed.get(`${lang} ${key}`) : undefined
      if (whole !== undefined) return whole
      if (![lang, BASE].some((one) => isKnown(keys, [one, key], vars.count !== undefined))) {
        complain(`no phrase ${key}`)
        return escapeHtml(key)
      }
      return i18n.t(key, {
        ...vars,
        lng: lang,
        interpolation: OPTIONS.interpolation,
        missingInterpolationHandler: (_: string, match: RegExpExecArray) => {
          complain(`phrase ${key} was not given ${match[0]}`)
          return ''
        },
      })
    },
  }
}

/** Phrases without a placeholder are what they are; most labels are. */
const fixedOf = (languages: readonly LanguageSet[]): Map<string, string> =>
  new Map(
    languages.flatMap(({ lang, phrases }) =>
      phrases.filter(({ text }) => !/\{\{|\$t\(/.test(text)).map(({ key, text }) => [`${lang} ${key}`, text]),
    ),
  )

const OPTIONS = {
  initAsync: false,
  showSupportNotice: false,
  fallbackLng: BASE,
  nsSeparator: false as const,
  returnObjects: false as const,
  load: 'currentOnly' as const,
  interpolation: { escape: escapeHtml, escapeValue: true, skipOnVariables: true },
}

const resourcesOf = (languages: readonly LanguageSet[]) =>
  Object.fromEntries(languages.map((language) => [language.lang, { translation: treeOf(language) }]))

type Tree = { [key: string]: string | Tree }

const treeOf = ({ phrases }: LanguageSet): Tree => {
  const tree: Tree = {}
  for (const { key, text } of phrases) {
    const steps = key.split('.')
    const last = steps.pop() ?? key
    let branch = tree
    for (const step of steps) {
      const next = branch[step]
      const inner = typeof next === 'object' ? next : {}
      branch[step] = inner
      branch = inner
    }
    branch[last] = text
  }
  return tree
}

type Keys = Map<string, { exact: Set<string>; plural: Set<string> }>

const keysOf = (languages: readonly LanguageSet[]): Keys =>
  new Map(
    languages.map(({ lang, phrases }) => {
      const keys = phrases.map(({ key }) => key)
      const plural = keys.filter((key) => withoutPlural(key) !== key).map(withoutPlural)
      return [lang, { exact: new Set(keys), plural: new Set(plural) }]
    }),
  )

const isKnown = (keys: Keys, [lang, key]: readonly [string, string], counted: boolean): boolean => {
  const own = keys.get(lang)
  return Boolean(own?.exact.has(key) || (counted && own?.plural.has(key)))
}
