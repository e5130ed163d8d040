/** What the desk may call official, and nothing else. */
export type Sources = {
  /** Each with the hosts under it. */
  hosts: readonly string[]
  /** Whole mail addresses. */
  senders: readonly string[]
  /** Package names in the app stores. */
  apps: readonly string[]
  /** As people write them; compared by their digits. */
  phones: readonly string[]
}

/** The list the source document gives; callers with checked facts pass their own. */
export const SEED: Sources = {
  hosts: ['gosuslugi.ru', 'digital.gov.ru', 'ria.ru'],
  senders: ['no-reply@gosuslugi.ru'],
  apps: ['ru.rostel'],
  phones: ['8 800 100-0-100', '8 800 100-70-10', '115', '0919', 'gosuslugi'],
}

/** Services that only hide where an address leads. */
export const SHORTENERS: ReadonlySet<string> = new Set(
  'clck.ru vk.cc goo.su is.gd t.ly bit.ly bitly.com tinyurl.com cutt.ly ow.ly rb.gy u.to s.id v.gd da.gd goo.gl tiny.cc rebrand.ly shorturl.at short.io t.co lnkd.in qps.ru surl.li clc.li clc.to kurl.ru vk.link to.click urlid.ru l.ead.me tiny.one soo.gd tr.ee linktr.ee taplink.cc click.ru x.gd b24.site onelink.me page.link inlnk.ru lc.cx nah.uy gg.gg 2no.co iplogger.org grabify.link ya.cc clk.li'.split(
    ' ',
  ),
)

/** Messengers and networks, where the name of a page or a bot says whom it imitates. */
export const NETWORKS =
  /^(?:www\.|m\.|web\.)?(?:t\.me|telegram\.me|telegram\.dog|max\.ru|vk\.com|vk\.ru|ok\.ru|wa\.me|instagram\.com|youtube\.com|rutube\.ru|dzen\.ru|facebook\.com|viber\.com|x\.com|tiktok\.com)$/

/** Regions that run a portal of services under the name of the service, on an address of their own. */
export const REGIONAL =
  /^(?:(?:www|lk|pgu)\.)?(?:(?:gosuslugi|uslugi|pgu|gu)\d{2,3}\.ru|\d{2,3}(?:gosuslugi|uslugi)\.ru|(?:gosuslugi|uslugi|pgu|gu|egov|e-gosuslugi)\.(?:[a-z0-9-]+\.)?(?:[a-z-]*(?:obl|oblast|reg|region|krai|kray|gov\d*|adm[a-z]*|egov|portal|admin|net)|gov|e-[a-z]+|[a-z]*(?:tatarstan|bashkortostan|bashkiria|karelia|yakutia|yakutsk|krasnodar|permkrai|midural|midural|mos|spb|samara|samregion|mosreg|pnz|udmurt|rkomi|komi|cap|chuvashia|mordovia|e-mordovia|mari-el|tuva|rtyva|khakasia|altai|altairegion|buryatia|dagestan|e-dag|kalmykia|kalmregion|adygheya|adygea|ingushetia|alania|chechnya|crimea|rk|sev|sevastopol|primorsky|khabkrai|kamgov|kamchatka|sakhalin|yanao|hmao|admhmao|nao|adm-nao|chukotka|tver|tula|tularegion|ryazan|ryazangov|orel|oryol|kursk|rkursk|belgorod|belregion|vrn|govvrn|lipetsk|admlip|tambov|smolensk|kaluga|ivanovo|kostroma|vologda|arhangelsk|dvinaland|murman|novgorod|pskov|lenobl|gov39|kirov|nnov|penza|saratov|ulgov|ulyanovsk|volganet|volgograd|astrobl|rostov|donland|stavregion|stavropol|orb|orenburg|kurgan|chelyabinsk|tyumen|admtyumen|omsk|omskportal|nso|novosibirsk|tomsk|kemerovo|kuzbass|ako|irkobl|irkutsk|zab|zabaikal|amur|amurobl|eao|magadan))\.ru)$/
