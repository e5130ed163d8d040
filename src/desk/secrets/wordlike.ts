/** What no sentence holds: digits among letters, signs inside, a capital in the middle, Latin letters in a Russian text. */
export const isSecretWord = (value: string, cyrillic: boolean): boolean => {
  if (!/[\p{L}\p{N}]/u.test(value) || isProduct(value)) return false
  if (/\d/.test(value) && value.length > 3)
    return !/^\d+(?:-?[а-яё]{1,3})$/i.test(value) && !/^(?:\d{1,2}[.:]){1,2}\d{2,4}$/.test(value)
  if (/[!@#$%^&*_+=~|\\<>{}[\]]/.test(value.slice(0, -1)) && value.length > 4) return true
  if (/[a-zа-яё][A-ZА-ЯЁ]/.test(value))
    return !/^(?:GosUslugi|WhatsApp|iPhone|YouTube|RuStore|СберБанк|SMS|ЛичныйКабинет)$/i.test(value)
  return cyrillic && /^[a-z]{5,}[.!]?$/i.test(value) && !LATIN_WORDS.test(value)
}

/** Phones, programs and the like, whose names are written as passwords are. */
export const isProduct = (value: string): boolean => PRODUCT.test(value)

/** Words said after «пароль:» that are not one. */
export const isStop = (value: string): boolean =>
  STOP.test(value.toLowerCase().replaceAll('ё', 'е')) || value.length < 4

const LATIN_WORDS =
  /^(?:password|login|email|e-mail|gosuslugi|esia|android|iphone|google|yandex|windows|chrome|safari|telegram|whatsapp|viber|online|apple|samsung|xiaomi|huawei|firefox|reset|error|mail|gmail|face|touch|wi-?fi|internet)\b/i
const PRODUCT =
  /^(?:iphone|ipad|ios|redmi|xiaomi|mi-?\d|samsung|galaxy|honor|huawei|poco|realme|android|windows|win\d|mac|chrome|firefox|opera|safari|edge|yandex|sm-|nokia|tecno|infinix|pixel|oppo|vivo|wi-?fi|[2345]g|lte|usb|mp[34]|pdf|jpe?g|png|html|2fa|sha|utf|айфон|самсунг|виндовс|андроид|ф\d|0x|err|http|ne-|covid|windows)/i
const STOP = new RegExp(
  [
    '^(?:не|нет|я|мы|он|она|они|что|как|где|когда|почему|зачем|чтобы|если|или|мой|свой|твой|кто|куда|можно|нужно|надо|это|этот|тот|все|всё|еще|уже|так|тут|там|снова|опять|тоже|только|никак|никому|нигде|сам|сама|без|при|про|по|за|до|под|over|wrong|incorrect|invalid|expired|lost|gone|not|the|same|changed|reset|forgotten|stolen|too|very|asked|needed|required|being|correct|right|old|new|also|never|always|for|that|what|how|why|my|your|weak|strong|safe|known|unknown|saved|blocked|somewhere|still|working|accepted|rejected|sent|in|on|at|only|just|ok|fine|secret|important)$',
    '(?:ый|ий|ой|ая|ое|ые|ого|ому|ым|ых|юсь|ешь|ете|ать|ять|ить|еть|уть|ться|тся|лся|лась|лись|ла|ли|ло|аю|яю|ую|ен|ена|ено|ены|ан|ана|аны|ят|ут|ют|ит|ет|ется|ости|ость|ние|ния|нию|ции|ция|рно|нно|жно|льно)$',
    '^(?:парол|логин|смс|код|почт|телефон|госуслуг|портал|сбер|банк|яндекс|гугл|мфц|есиа|письм|забы|вход|сброс|смен|восстан|логины|снилс|паспорт|ошибк|сайт|меня|тебя|вас|него|цифр|букв|символ|password|login|email|forgot|help|please)',
  ].join('|'),
)
