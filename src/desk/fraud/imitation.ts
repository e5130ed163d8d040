import { closest } from './likeness.ts'
import { skeleton } from './skeleton.ts'
import { REGIONAL } from './sources.ts'

const NAME = 'gosuslugi'

/** Does a name of a host, a bot or a page carry the name of the portal, or nearly? */
export const carriesName = (word: string): boolean => {
  const shape = skeleton(word).slice(0, 200)
  if (shape.includes(NAME) || /(?:^|[^a-z])gosusl(?![a-z])/.test(shape)) return true
  const { cost, start, end } = closest(NAME, shape)
  if (cost < 1.35) return true
  // Two letters off is too far for «…oduslugi», but not for «gosusliga»: the beginning makes the name.
  const around = shape.slice(Math.max(0, start - 3), start + 7)
  return cost < 2.35 && /[g9q][o0]s|^.{0,3}g.?[o0u]s+[uvy]/.test(around) && end - start > 6
}

/** Whom a host imitates, though it is not theirs. */
export const imitates = (host: string): boolean => {
  if (host === 'госуслуги.рф' || !/[.,]/.test(host)) return false
  if (OWN_WORDS.test(host)) return false
  if (SHOWN_WHOLE.test(host)) return true
  if (MINISTRY_ALIKE.test(host)) return true
  if (REGIONAL.test(host) || /^[ -~]*(?:^|\.)gov\.ru$/.test(host)) return false
  const labels = host.split(/[.,]/)
  const shape = skeleton(labels.slice(0, -1).join('.') || host)
  return (
    carriesName(labels.slice(0, -1).join('.') || host) ||
    turnedAround(shape) ||
    carriesMinistry(shape) ||
    carriesNews(host, shape) ||
    mixed(labels)
  )
}

function carriesMinistry(shape: string): boolean {
  const words = shape.split(/[.-]/)
  if (closest('digitalgov', shape).cost < 1.35 && !/government/.test(shape)) return true
  const others = words.length > 1
  if (others && words.some((word) => /^(?:esia|minsvyaz|mi[nm](?:ci|tsi|zi)fr[yiah]{1,3})$/.test(word))) return true
  return words.some((word) => /^(?:gos|gu|esia)$/.test(word)) && words.some((word) => BAIT.test(word))
}

function carriesNews(host: string, shape: string): boolean {
  const first = shape.split('.').at(0) ?? ''
  if (/^(?:www\.)?ria\.ru\./.test(host)) return true
  if (/(?:^|[.-])ria-?(?:novosti|news|ru)(?![a-z])/.test(shape)) return true
  const [label = '', top = '', ...more] = host.replace(/^www\./, '').split('.')
  if (
    more.length > 0 ||
    (label === 'ria' && !/^(?:top|xyz|site|online|news|press|live|info|su|org|net|club|fun|space)$/.test(top))
  )
    return false
  return label === 'ria' ? top !== 'ru' : top === 'ru' && first.length === 3 && closest('ria', first).cost < 0.5
}

/** «uslugi-gos»: the name with its halves exchanged. */
function turnedAround(shape: string): boolean {
  return shape.split('.').some((label) => /(?:^|[^a-z])uslug[iuy][a-z]?[^a-z]?gos(?![a-z])/.test(label))
}

/** Two alphabets in one word are never an accident in an address. */
function mixed(labels: string[]): boolean {
  return labels.some((label) => /[a-z]/.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label))
}

/** One letter of the ministry's own name drawn like another. */
const MINISTRY_ALIKE = /^(?:www\.)?(?!digital\.)d[il1]g[il1]ta[il1]\.gov\.ru$/
/** Words of others that happen to be one letter off. */
const OWN_WORDS = /^(?:www\.)?(?:mos|ros|mun|byt|med|avto|vet|ritual)-?uslugi(?:[.-]|$)/
/** The whole official name with something behind it. */
const SHOWN_WHOLE = /(?:^|\.)gosuslugi\.ru[.,]/
const BAIT =
  /^(?:lk|login|vhod|vkhod|auth|id|esia|kabinet|cabinet|vyplat[ay]?|viplat[ay]?|portal|podderzhka|support|help|verify|secure|posobie|posobiya)$/
