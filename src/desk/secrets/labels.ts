/** What a word says about the number beside it. `other` names numbers everybody may read: an application, a law, a tariff. */
export type LabelKind =
  | 'card'
  | 'cvv'
  | 'oms'
  | 'passport'
  | 'driver'
  | 'snils'
  | 'inn'
  | 'account'
  | 'phone'
  | 'office'
  | 'other'

export type Label = { kind: LabelKind; start: number; end: number }

/** All labels of a folded text, in order. */
export const labelsOf = (folded: string): Label[] => {
  const found: Label[] = []
  for (const match of folded.matchAll(EVERY)) {
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined)
    if (kind) found.push({ kind, start: match.index, end: match.index + match[0].length })
  }
  return found
}

/** The closest label of one of the kinds: one said right after («… – это СНИЛС») goes before one said earlier. */
export const nearest = (around: Around, kinds: LabelKind[], reach = 45): Label | undefined => {
  const { folded, labels, start, end } = around
  const wanted = labels.filter(({ kind }) => kinds.includes(kind))
  const after = wanted.find((label) => label.start >= end && label.start - end <= 24)
  const gap = after ? folded.slice(end, after.start) : ''
  if (after && SAID_AFTER.test(gap)) return after
  const before = inFull(
    folded,
    wanted,
    wanted.findLastIndex((label) => label.end <= start),
  )
  if (before && start - before.end <= reach) return before
  return after && BARE_AFTER.test(gap) ? after : undefined
}

/** «ВУ номер …»: a bare «номер» belongs to the word before it. */
function inFull(folded: string, wanted: Label[], at: number): Label | undefined {
  const label = wanted[at]
  const owner = wanted[at - 1]
  if (!label || !owner || label.kind !== 'phone' || !folded.startsWith('номер', label.start)) return label
  return owner.kind !== 'phone' && owner.kind !== 'office' && label.start - owner.end <= 16 ? owner : label
}

/** A label with nothing but a sign, «номер» or a dash between it and the number. */
export const isBeside = (around: Around, label: Label): boolean =>
  label.end > around.start || BESIDE.test(around.folded.slice(label.end, around.start))

export type Around = { folded: string; labels: Label[]; start: number; end: number }

const SAID_AFTER =
  /^["»' ]{0,2}(?:[,-]? {0,2}- {0,2}(?:это |is |was )?|,? {0,2}(?:это|is|was) |[ ]?\(| (?:в|из) )(?:мой |моя |мои |my |the |номер )*$/
const BARE_AFTER = /^["»']?,? {0,2}(?:мой |моя |мои |my |номер )?$/
const BESIDE = /^[а-я]{0,12}[ .:=#№"«(-]{0,4}(?:номер[а-я]{0,2}|no|number|n|id|за|под|с)?[ .:=#№-]{0,4}$/

const KINDS: LabelKind[] = [
  'cvv',
  'oms',
  'passport',
  'driver',
  'snils',
  'inn',
  'account',
  'office',
  'phone',
  'card',
  'other',
]

const WORDS: Record<LabelKind, string> = {
  cvv: 'cv[vc]2?(?![a-z])|цв[вц]|св[вс]2?(?![а-я])|cvp2|три цифры|3 цифры|security code|код безопасности',
  oms: '(?:мед\\.? ?)?полис|омс(?![а-я])|oms(?![a-z])|енп(?![а-я])|insurance',
  passport: 'загран|паспорт|пасспорт|passport',
  driver:
    'в/у(?![а-я])|ву(?![а-я])|вод\\.? ?уд|водит\\S{0,8} (?:уд|прав)|водительск|прав(?:а|ами|ах)(?![а-я])|driv(?:ing|er)',
  snils: 'снилс|cнилс|snils|страхово[а-я]{1,3} номер',
  inn: 'инн(?![а-я])|inn(?![a-z])|taxpayer|tax id',
  account: 'счет|сч\\.|р/сч?|л/сч?|account|реквизит|iban',
  office:
    'мфц|горяч[а-я]{1,3} лини|hotline|линия|справочн|дежурн|приемн|министерств|мвд|полици|банк|соцфонд|сфр|пфр|фнс|налогов|гибдд|мчс|росреестр|почты|бесплатн[а-я]{1,3} номер|официальн|поликлиник|госуслуг(?:и|ах)? (?:тел|номер)',
  phone:
    'тел(?![а-я])|телефон|т\\.(?= ?[+78(])|phone|звон|набер|моб|сотов|whats|вотсап|ватсап|viber|вайбер|call|mobile|симк|связ|номер(?:а|у|ом)?(?![а-я])|мой|моя',
  card: 'карт|card|visa|мир(?![а-я])|master|маэстро|maestro',
  other:
    'заявлени|заявк|заявок|обращени|дел[оау](?![а-я])|запрос|талон|решени|постановлени|уин|уип|кбк|огрн|имеи|imei|vin(?![a-z])|вин(?![а-я])|кпп|бик(?![а-я])|request|id(?![a-z])|трек|track|отправлени|входящ|исходящ|квитанц|протокол|договор|application|appeal|case|ticket|ref(?![a-z])|reference|окпо|октмо|кадастр|гу(?![а-я])|начислени|очеред|полис осаго|птс|стс|icc|серийн|штрих|артикул|isbn|ean(?![a-z])|лиценз|абонент|заказ|серт|order|barcode',
}

const EVERY = new RegExp(
  `(?<![a-zа-я0-9])(?:${['other', ...KINDS.filter((kind) => kind !== 'other')].map((kind) => `(?<${kind}>${WORDS[kind as LabelKind]})`).join('|')})`,
  'g',
)
