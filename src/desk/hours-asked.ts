import { nextDate } from './local-time.ts'

/** A question about the hours of this desk: right now, on certain dates, or on holidays. */
export type HoursAsked = { about: 'now' } | { about: 'dates'; dates: string[] } | { about: 'holidays' }

const LONGEST = 90

/**
 * «В воскресенье работаете?», «вы сейчас открыты?», "are you open on Saturday". Null for anything else, and for the hours of
 * somebody else: those are facts, not our schedule. `today` is the date on the desk's calendar.
 */
export const hoursAsked = (text: string, today: string): HoursAsked | null => {
  const plain = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
  if (plain.length > LONGEST || ELSEWHERE.test(plain) || !OURS.test(plain)) return null
  if (HOLIDAYS.test(plain)) return { about: 'holidays' }
  const dates = datesIn(plain, today)
  if (dates.length > 0) return { about: 'dates', dates }
  return NOW.test(plain) || BARE.test(plain) ? { about: 'now' } : null
}

const word = (body: string): RegExp => new RegExp(`(?<!\\p{L})(?:${body})(?!\\p{L})`, 'u')

/** Asked of us: the verb says «вы», or we are named. */
const OURS = word(
  'работаете|открыты|закрыты|принимаете|отвечаете|дежурите|отдыхаете|вы (?:\\p{L}+ ){0,3}(?:открыт|закрыт)|' +
    '(?:операторы|оператор|люди) (?:\\p{L}+ ){0,3}(?:работают|работает|отвечают|есть)|(?:работают|работает) (?:\\p{L}+ ){0,2}(?:операторы|оператор)|' +
    '(?:are|r) (?:you|u|operators) (?:\\p{L}+ ){0,2}(?:open|closed|working|there|available|online)|do (?:you|u|operators) (?:\\p{L}+ ){0,1}(?:work|open|answer)|(?:you|u) (?:open|working)',
)
const ELSEWHERE =
  /мфц|портал|сайт|госуслуг|горяч|телефон|лини|звон|посольств|ведомств|загс|банк|паспортн|кабинет|приложени|mfc|hotline|portal|site|phone|line|office|bank|с (?:какими|кем)|над чем|with/u
const HOLIDAYS = word('праздник\\p{L}*|праздничн\\p{L}*|каникул\\p{L}*|holidays?|new year')
const NOW = word('сейчас|щас|уже|еще|now|right now|still|currently')
/** Nothing but the question itself: «работаете?», "are you open?" */
const BARE = /^(?:а )?(?:вы )?(?:работаете|открыты|закрыты)(?: ли вы)?$|^are you (?:open|closed|working)$/u

const WEEKDAYS: [RegExp, number][] = [
  [word('воскресень\\p{L}*|вс|sundays?'), 0],
  [word('понедельник\\p{L}*|пн|mondays?'), 1],
  [word('вторник\\p{L}*|вт|tuesdays?'), 2],
  [word('сред[уыеа]|ср|wednesdays?'), 3],
  [word('четверг\\p{L}*|чт|thursdays?'), 4],
  [word('пятниц\\p{L}*|пт|fridays?'), 5],
  [word('суббот\\p{L}*|сб|saturdays?'), 6],
]
const WEEKEND = word('выходн\\p{L}*|weekends?')

const datesIn = (plain: string, today: string): string[] => {
  const tomorrow = nextDate(today)
  if (word('послезавтра|day after tomorrow').test(plain)) return [nextDate(tomorrow)]
  if (word('завтра|tomorrow').test(plain)) return [tomorrow]
  if (word('сегодня|today|tonight').test(plain)) return [today]
  const days = WEEKEND.test(plain) ? [6, 0] : WEEKDAYS.flatMap(([pattern, day]) => (pattern.test(plain) ? [day] : []))
  return days.map((day) => nextOn(day, today)).sort()
}

const nextOn = (weekday: number, today: string): string => {
  let date = today
  while (new Date(date).getUTCDay() !== weekday) date = nextDate(date)
  return date
}
