import { checkLink } from './links.ts'
import { checkMessage } from './messages.ts'
import { checkPhone, isPhone } from './phones.ts'
import { SEED, type Sources } from './sources.ts'

export type Checked =
  | { kind: 'link'; verdict: ReturnType<typeof checkLink>['verdict']; signs: string[] }
  | { kind: 'phone'; verdict: ReturnType<typeof checkPhone>['verdict']; signs: string[] }
  | { kind: 'message'; verdict: ReturnType<typeof checkMessage>['verdict']; signs: string[] }

/** What somebody pasted: a link alone, `visible|href`, a phone alone, else a message. */
export const check = (text: string, sources: Sources = SEED): Checked => {
  if (isPhone(text) || SENDER.test(text.trim())) return { kind: 'phone', ...checkPhone(text, sources) }
  if (isLink(text)) {
    const { verdict, signs } = checkLink(text, sources)
    return { kind: 'link', verdict, signs }
  }
  const { verdict, signs } = checkMessage(text, sources)
  return { kind: 'message', verdict, signs }
}

/** A link stays one when it is typed with spaces to slip through: «gosuslugi . ru . top», «г о с . t o p». */
const isLink = (text: string): boolean => {
  const whole = text.trim().slice(0, 3000)
  const target = whole.slice(whole.lastIndexOf('|') + 1).trim()
  const joined = /^(?:\S ){4,}\S$/.test(target)
    ? target.replaceAll(' ', '')
    : target.replace(/ ?([.。]) ?(?=\S)/g, '$1')
  return !/\s/.test(joined) && ADDRESS.test(joined)
}

const ADDRESS = /[\p{L}\d\])][.。．｡,][\p{L}\d([]|[\])}][\p{L}]|:[/\\]|^@\w{3,}|\p{L}@\p{L}|\.[\p{Cf}]/u
const SENDER = /^gosuslugi\W?$/i
