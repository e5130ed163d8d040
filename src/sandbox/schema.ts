import { api, type Fields } from './bot-api.ts'
import { badRequest, Refusal } from './refusal.ts'

export type Params = Record<string, unknown>

/** Says what is wrong with a value, or null. */
type Check = (value: unknown, where: string) => string | null

/** Telegram's own words for what is missing most often. */
const missing: Record<string, string> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
}

/** Any spelling of a method's name to the one of the documentation. @throws {Refusal} 404 */
export const methodNamed = (name: string): string => {
  const found = names.get(name.toLowerCase())
  if (found === undefined) throw new Refusal(404, 'Not Found: method not found')
  return found
}

/** Holds a call's parameters against the documentation, more strictly than Telegram, which overlooks unknown ones. */
export const checkParams = (method: string, params: Params): void => {
  const fault = callChecks.get(method)?.(params, '')
  if (fault != null) throw badRequest(fault)
}

/** Form fields and query strings carry everything as text: makes numbers, booleans and JSON of it where the method says so. */
export const fromForm = (method: string, fields: Record<string, string>): Params => {
  const declared = api.methods[method] ?? {}
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, readText(declared[name], text)]))
}

const readText = (declared: string | undefined, text: string): unknown => {
  const types = (declared ?? 'String').replace(/!$/, '').split('|')
  if ((types.includes('Integer') || types.includes('Float')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (types.includes('Boolean')) return ['true', '1', 'yes'].includes(text.toLowerCase())
  if (types.includes('String')) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw badRequest("can't parse JSON")
  }
}

const object = (fields: Fields, name: string): Check => {
  const checks = new Map(Object.entries(fields).map(([field, type]) => [field, { check: lazily(type) }]))
  const needed = Object.keys(fields).filter((field) => fields[field]?.endsWith('!'))
  // What kind of thing it is comes first: everything else depends on it.
  const kinds = needed.filter((field) => fields[field]?.startsWith('='))
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${where}: ${name} expected`
    for (const field of kinds) {
      const fault = checks.get(field)?.check((value as Params)[field], path(where, field))
      if (fault != null) return fault
    }
    for (const field of needed) if ((value as Params)[field] == null) return absent(where, field, name)
    for (const field in value) {
      const known = checks.get(field)
      if (known === undefined) return `unknown parameter "${path(where, field)}" of ${name}`
      const given = (value as Params)[field]
      if (given === undefined) continue
      const fault = known.check(given, path(where, field))
      if (fault !== null) return fault
    }
    return null
  }
}

const absent = (where: string, field: string, name: string): string =>
  (where === '' ? missing[field] : undefined) ?? `parameter "${path(where, field)}" of ${name} is required`

const path = (where: string, field: string) => (where === '' ? field : `${where}.${field}`)

/** Types refer to each other in circles, so each is made when first needed. */
const lazily = (type: string): Check => {
  let made: Check | null = null
  return (value, where) => {
    made ??= checkOf(type.replace(/!$/, ''))
    return made(value, where)
  }
}

const scalars: Record<string, (value: unknown) => boolean> = {
  Integer: (value) => Number.isSafeInteger(value),
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  True: (value) => value === true,
  InputFile: (value) => typeof value === 'string',
}

const checkOf = (type: string): Check => {
  const scalar = scalars[type]
  if (scalar) return (value, where) => (scalar(value) ? null : `parameter "${where}": ${type} expected`)
  if (type.startsWith('='))
    return (value, where) => (value === type.slice(1) ? null : `parameter "${where}": must be ${type.slice(1)}`)
  const members = api.unions[type] ?? type.split('|')
  // "Array of A, B and C" is one array in which they may be mixed.
  if (members.length > 1 && members.every(isArray)) return arrayOf(anyOf(members.map(item)))
  if (members.length > 1) return anyOf(members)
  if (isArray(type)) return arrayOf(lazily(item(type)))
  // "For simple text buttons, String can be used instead of this object."
  if (type === 'KeyboardButton') return anyOf(['String', 'KeyboardButton!'])
  return object(api.types[type] ?? {}, type)
}

const isArray = (type: string) => type.startsWith('Array of ')
const item = (type: string) => type.slice('Array of '.length)

const arrayOf =
  (check: Check): Check =>
  (value, where) => {
    if (!Array.isArray(value)) return `parameter "${where}": Array expected`
    for (const [index, one] of value.entries()) {
      const fault = check(one, `${where}[${index}]`)
      if (fault !== null) return fault
    }
    return null
  }

/** The complaint of the member that came nearest is the useful one: its own kind, and the deepest path. */
const anyOf = (members: string[]): Check => {
  const checks = members.map((type) =>
    type.endsWith('!') ? object(api.types[type.slice(0, -1)] ?? {}, type.slice(0, -1)) : lazily(type),
  )
  return (value, where) => {
    const faults: string[] = []
    for (const check of checks) {
      const fault = check(value, where)
      if (fault === null) return null
      faults.push(fault)
    }
    const near = faults.filter((fault) => !fault.includes(' must be '))
    return (near.length > 0 ? near : faults).reduce((deepest, one) => (depth(one) > depth(deepest) ? one : deepest))
  }
}

const depth = (fault: string) => (fault.split('"')[1] ?? '').split(/[.[]/).length

const names = new Map(Object.keys(api.methods).map((name) => [name.toLowerCase(), name]))
const callChecks = new Map(Object.entries(api.methods).map(([name, fields]) => [name, object(fields, name)]))
