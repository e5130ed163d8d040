import { type Address, addressOf } from './address.ts'
import { carriesName, imitates } from './imitation.ts'
import { checkName, namesPage } from './names.ts'
import { SEED, SHORTENERS, type Sources } from './sources.ts'

export type LinkSign =
  | 'other_target'
  | 'hidden_characters'
  | 'user_info'
  | 'sender'
  | 'ip_address'
  | 'app_file'
  | 'shortener'
  | 'bot_name'
  | 'official_as_subdomain'
  | 'other_ending'
  | 'alike_letters'
  | 'name_with_extra'
  | 'official_in_path'
  | 'unusual_writing'

export type LinkVerdict = 'official' | 'lookalike' | 'unknown'
export type CheckedLink = { verdict: LinkVerdict; signs: LinkSign[]; why: string; host: string }

/** Judges a link by its letters alone and never opens it; `visible|href` is a link whose text is not its target. */
export const checkLink = (text: string, sources: Sources = SEED): CheckedLink => {
  if (text.length > LONGEST) return { verdict: 'unknown', signs: ['unusual_writing'], why: 'unusual_writing', host: '' }
  if (/^\s*@[\w]{3,40}\s*$/.test(text)) return checkName(text.trim()) === 'lookalike' ? answer('bot_name', '') : UNKNOWN
  const cut = text.lastIndexOf('|')
  if (cut === -1) return judge(addressOf(text), sources)
  const shown = addressOf(text.slice(0, cut))
  const target = judge(addressOf(text.slice(cut + 1)), sources)
  if (!/^(?:[\p{L}\d-]+\.)+\p{L}{2,}$/u.test(shown.host)) return target
  const seen = judge(shown, sources)
  if (seen.verdict === target.verdict && (seen.verdict === 'official' || sameSite(seen.host, target.host)))
    return target
  return sameSite(seen.host, target.host) && target.verdict !== 'official'
    ? target
    : answer('other_target', target.host)
}

function judge(address: Address, sources: Sources): CheckedLink {
  const official = isOfficial(address, sources)
  if (official) return { verdict: 'official', signs: [], why: '', host: address.host }
  const sign = signOf(address, sources)
  return sign ? answer(sign, address.host) : { verdict: 'unknown', signs: [], why: '', host: address.host }
}

function answer(sign: LinkSign, host: string): CheckedLink {
  return { verdict: 'lookalike', signs: [sign], why: sign, host }
}

/** Only plain writing, a host of the list, and nothing before an @ – or the very address of a known sender or app. */
function isOfficial({ scheme, user, host, path, tricks }: Address, sources: Sources): boolean {
  if (tricks.length > 0 || !/^(?:https?|mailto|)$/.test(scheme)) return false
  if (user) return !/^[/?#]./.test(path) && sources.senders.includes(`${user.toLowerCase()}@${host}`)
  const app =
    /^\/store\/apps\/details\?(?:[^#]*&)?id=([\w.]+)(?=[&#]|$)|^\/(?:catalog\/)?app\/([\w.]+)\/?(?:[?#]|$)/.exec(path)
  if (app && STORES.test(host)) return sources.apps.includes(app[1] ?? app[2] ?? '')
  return scheme !== 'mailto' && isUnder(host, sources.hosts)
}

function signOf(address: Address, sources: Sources): LinkSign | undefined {
  const { scheme, user, host, path, tricks } = address
  const bot = namesPage(address)
  // Numbers of people, never a page of the portal.
  if (bot !== undefined && /^(?:www\.)?wa\.me$/.test(host) && carriesName(bot)) return 'bot_name'
  if (bot !== undefined) return checkName(bot) === 'lookalike' ? 'bot_name' : appFile(path)
  if (isIp(host)) return 'ip_address'
  if (user) return userSign(address, sources)
  if (SHORTENERS.has(host.replace(/^www\./, ''))) return 'shortener'
  if (appFile(path)) return 'app_file'
  if (STORES.test(host) && carriesName(path)) return 'app_file'
  const near = isUnder(host, sources.hosts)
  if (near || imitates(host))
    return near ? (tricks.length > 0 ? trickSign(tricks) : undefined) : hostSign(host, tricks, sources)
  if (/^(?:javascript|data|intent|file)$/.test(scheme) && carriesName(path)) return 'unusual_writing'
  return pathSign(address, sources)
}

function hostSign(host: string, tricks: Address['tricks'], sources: Sources): LinkSign {
  if (tricks.includes('hidden_characters')) return 'hidden_characters'
  if (sources.hosts.some((known) => `.${host}.`.includes(`.${known}.`))) return 'official_as_subdomain'
  if (tricks.includes('punycode') || /[^ -~]/.test(host)) return 'alike_letters'
  const names = sources.hosts.map((known) => known.split('.')[0] ?? '')
  const label = host.replace(/^www\./, '').split('.')
  if (names.includes(label[0] ?? '')) return label.length === 2 ? 'other_ending' : 'official_as_subdomain'
  return names.some((name) => host.includes(name) && name.length > 3) ? 'name_with_extra' : 'alike_letters'
}

function userSign({ user, host, tricks }: Address, sources: Sources): LinkSign | undefined {
  if (
    user.includes('@') ||
    imitates(user) ||
    isUnder(user, sources.hosts) ||
    (/\.[a-z]{2,}(?:[:&/]|$)/.test(user) && carriesName(user))
  )
    return 'user_info'
  if (sources.hosts.some((known) => user.includes(known))) return 'user_info'
  if (carriesName(user) && !isUnder(host, sources.hosts)) return 'sender'
  return imitates(host)
    ? hostSign(host, tricks, sources)
    : isUnder(host, sources.hosts) && tricks.length > 0
      ? trickSign(tricks)
      : undefined
}

/** The name of the list in the path of a stranger; searches and news write about the portal and are left alone. */
function pathSign({ host, path }: Address, sources: Sources): LinkSign | undefined {
  // Anybody's page, under a roof that everybody knows.
  if (
    /^(?:sites\.google\.com|docs\.google\.com|forms\.gle|telegra\.ph|teletype\.in|notion\.site|github\.io)$/.test(
      host,
    ) &&
    carriesName(path)
  )
    return 'official_in_path'
  if (WELL_KNOWN.test(host)) return undefined
  const named = sources.hosts.some((known) =>
    new RegExp(`(?:^|[^a-z0-9-])${known.replaceAll('.', '\\.')}(?![a-z0-9-])`, 'i').test(path),
  )
  return named || (carriesName(path.split(/[?#]/)[0] ?? '') && LURE.test(path)) ? 'official_in_path' : undefined
}

function trickSign(tricks: Address['tricks']): LinkSign | undefined {
  if (tricks.includes('hidden_characters')) return 'hidden_characters'
  return tricks.some((trick) => trick !== 'spelled_out') ? 'unusual_writing' : undefined
}

const UNKNOWN: CheckedLink = { verdict: 'unknown', signs: [], why: '', host: '' }
const appFile = (path: string): LinkSign | undefined =>
  /\.(?:apk|apkm|xapk|exe|msi|scr)(?:[?#]|$)/i.test(path) ? 'app_file' : undefined
const isUnder = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((known) => host === known || host.endsWith(`.${known}`))
const isIp = (host: string): boolean => /^(?:\[.*\]|(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+)){0,3})$/i.test(host)
const sameSite = (one: string, other: string): boolean =>
  one.split('.').slice(-2).join('.') === other.split('.').slice(-2).join('.')

/** No honest link is longer, and judging stays quick. */
const LONGEST = 2048
const STORES = /^(?:play\.google\.com|(?:www\.|apps\.)?rustore\.ru|apps\.apple\.com|appgallery\.huawei\.(?:com|ru))$/
const LURE = /anket|vyplat|viplat|login|vhod|auth|lk(?![a-z])|verif|podtver|kabinet|posob|kompens|bonus|[?&]id=/i
/** Hosts that write about the portal or are the state's own, without being in the list. */
export const WELL_KNOWN =
  /(?:^|\.)(?:ya\.ru|yandex\.(?:ru|com)|google\.(?:ru|com)|bing\.com|mail\.ru|rambler\.ru|duckduckgo\.com|wikipedia\.org|habr\.com|vc\.ru|rbc\.ru|lenta\.ru|kommersant\.ru|tass\.ru|gazeta\.ru|iz\.ru|kp\.ru|aif\.ru|banki\.ru|pikabu\.ru|github\.com|consultant\.ru|garant\.ru|sberbank\.ru|tbank\.ru|vtb\.ru|mos\.ru|gov\.ru|cbr\.ru|archive\.org|rt\.ru|rg\.ru|otzovik\.com|irecommend\.ru)$/
