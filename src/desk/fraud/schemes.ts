import { FEAR } from './schemes-fear.ts'
import { OFFERS } from './schemes-offers.ts'
import type { Weighed } from './signs.ts'

/** Schemes found in a whole message, each with the part that gave it away. */
export const schemesIn = (read: string): Weighed[] =>
  [...FEAR, ...OFFERS]
    .filter(({ all, unless }) => all.every((part) => part.test(read)) && !unless?.test(read))
    .map(({ sign, weight }) => ({ sign, weight }))

/** «Мам, это я, скинь 15 тысяч»: a tale of one's own trouble, told to get money. */
export const begsAsKin = (read: string): boolean =>
  KIN.test(read) && BEGS.test(read) && MONEY.test(read) && !/мошен|обман|развод|якобы|взлом/.test(read)

/** «Проголосуй за мою племянницу»: an account is taken over by the page the link opens. */
export const invitesToVote = (read: string): boolean =>
  /(?<![а-я])(?:про)?голосу(?:й|йте|ем|ешь|ете|ни)|(?:отдай|нужен|нужны) (?:свой |ваш )?голос/.test(read) &&
  /ссылк|конкурс|телеграм|войти|авториз|http/.test(read)

const KIN =
  /(?:^|[^а-я])(?:мам(?:а|уль|очк)?|пап(?:а|уль)?|бабул[а-я]*|дедул[а-я]*|привет|дочк?[аи]?|сынок|братан|подруга|тет[ья]|это я|здорово)(?![а-я])/
const BEGS =
  /(?<![а-я])(?:скинь|перекинь|закинь|кинь|переведи|займи|одолжи|выручи|выручай|оплати|сможешь (?:занять|перевести|скинуть|выручить)|можешь (?:занять|перевести|скинуть|одолжить|выручить)|есть (?:свободные|лишние)|нужны (?:срочно )?(?:деньги|\d+))(?![а-я])/
const MONEY =
  /(?:переведи|скинь|перекинь|кинь|закинь|займи|одолжи) (?:мне )?(?:\d{3,}|\d+ ?к)|\d ?(?:т(?![а-я])|к(?![а-я])|тыс|р(?![а-я])|руб|₽)|тысяч|деньг|денег|на карту|до (?:завтра|вечера|зарплаты|понедельника)|взаймы|в долг/
