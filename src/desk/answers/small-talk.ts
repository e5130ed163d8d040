import { onRussianKeys } from './layout.ts'
import { normalise, wordsOf } from './normalise.ts'
import { readAsRussian } from './transliterate.ts'

export type SmallTalk = 'greeting' | 'thanks' | 'abuse' | 'robot' | 'person'

/** What is said beside the matter. Only when nothing else is said: «спасибо, а где код» is a question. */
export function smallTalk(text: string): SmallTalk | null {
  const plain = normalise(text)
  if (plain.length > 160) return null
  for (const reading of [plain, readAsRussian(plain), onRussianKeys(plain)]) {
    const found = meant(wordsOf(reading))
    if (found) return found
  }
  return null
}

const FILLER =
  /^(?:ну|и|а|же|ж|да|о|эй|ой|мне|меня|вам|тебе|вас|тебя|вы|ты|я|мы|это|там|тут|здесь|так|уже|вот|бот|bot|просто|пожалуйста|плиз|плз|please|плис|очень|такой|такая|какой|какая|вообще|всем|всем?|то|ли|you|are|a|an|the|so|very|much|there|me|to|i|with|now|сейчас|срочно|немедленно|быстро|скорее|дела|как|how|дня|времени|суток|утра|вечера|день|дни|дело|all|for|help|помощь|мой|моя|my|your|ваш|ваша|наш|разобрал(?:ся|ась|ись)?|помогло|помогли|все|ясно|понятно|понял|поняла|хорошо|ок|ладно|ok|okay|got|it|that|was|is|bye|пока)$/

const KINDS: [SmallTalk, RegExp][] = [
  [
    'greeting',
    /^(?:привет\p{L}*|здравствуй(?:те)?|здрасьте|здрасте|здаров\p{L}*|здоров[оа]|здравия|добр(?:ый|ого|ое|ой|ая)|доброй|ночи|вечер|утро|хай|хелло|хеллоу|хеллоу|салют|приветик|ку|hi|hello|hey|good|morning|evening|afternoon|greetings|салам|алейкум)$/u,
  ],
  [
    'thanks',
    /^(?:спасиб\p{L}*|спс|пасиб\p{L}*|благодар\p{L}*|мерси|сенкс|сэнкс|респект|большое|огромное|thanks?|thx|ty|cheers|appreciated|до|свидания|всего|доброго|хорошего|лучшего|goodbye)$/u,
  ],
  [
    'abuse',
    /^(?:дур(?:ак|а|ень|ачок)|идиот\p{L}*|туп(?:ой|ая|ые|ица|ень|орылый)|кретин\p{L}*|дебил\p{L}*|козл\p{L}*|урод\p{L}*|сволоч\p{L}*|отстой|гов?но|дерьмо|железяка|мраз\p{L}*|тварь|твари|бесполез\p{L}*|придурок|придурки|чмо|лох|заткнись|достал[аи]?|бл[яи]\p{L}*|нах\p{L}*|на|хуй|пош[её]л|пошли|иди|идите|в|жоп\p{L}*|черту|su[ck]{2}s?|useless|stupid|idiot|dumb|moron|shit|fuck\p{L}*|off|crap|garbage)$/u,
  ],
  [
    'robot',
    /^(?:робот\p{L}*|бот|человек|живой|живая|настоящ\p{L}*|machine|robot|bot|human|real|person|кто|who|программа|или|or|ai|ии|нейросеть|gpt|chatgpt)$/u,
  ],
]

const WISH =
  /(?:^|\s)(?:позов\p{L}*|позв\p{L}*|зови\p{L}*|соедин\p{L}*|свяжи\p{L}*|связ\p{L}*|дай\p{L}*|переключ\p{L}*|перевед\p{L}*|подключ\p{L}*|нуж\p{L}*|надо|хо(?:чу|тим)|можно|вызов\p{L}*|переда\p{L}*|пусть|давай\p{L}*|требую|поговорить|говорить|connect|transfer|talk|speak|get|give|want|need|call|pass|switch)(?=\s|$)/u
const PERSON =
  /(?:^|\s)(?:оператор(?:а|у|ом|ов)?|аператор\p{L}*|апиратор\p{L}*|человек(?:а|ом|у)?|челавек\p{L}*|люди|людей|людьми|сотрудник(?:а|ом|у)?|специалист(?:а|ом|у)?|консультант(?:а|ом|у)?|жив(?:ой|ого|ым|ому)|менеджер(?:а|ом|у)?|operator|human|person|agent|someone|somebody|representative|staff)(?=\s|$)/u
const ASKS_ABOUT =
  /(?:^|\s)(?:что|чего|какие|какая|какую|какой|почему|зачем|спросить|спросит|спрашива\p{L}*|назвать|сказать|сообщ\p{L}*|подготов\p{L}*|график|работа\p{L}*|цифр\p{L}*|кнопк\p{L}*|клавиш\p{L}*|нажать|жалоб\p{L}*|пожал\p{L}*|хам\p{L}*|груб\p{L}*|what|which|why|ask|tell|key|press|hours|complain\p{L}*|rude|долго|жду|ждать|номер|телефон|дозвон\p{L}*|фамили\p{L}*)(?=\s|$)/u

function meant(words: string[]): SmallTalk | null {
  if (words.length === 0 || words.length > 14) return null
  if (wishesPerson(words)) return 'person'
  for (const [kind, pattern] of KINDS) {
    const telling = words.filter((word) => pattern.test(word))
    const rest = words.filter((word) => !pattern.test(word) && !FILLER.test(word))
    if (telling.length > 0 && rest.length === 0 && words.length <= 9) return settle(kind, words)
  }
  return null
}

function wishesPerson(words: string[]): boolean {
  const text = words.join(' ')
  if (!PERSON.test(text) || ASKS_ABOUT.test(text)) return false
  const onlyNamed = words.every((word) => FILLER.test(word) || PERSON.test(word))
  const askedWho = /(?:^|\s)(?:ты|вы|это|are|is)(?=\s)/.test(text) && !WISH.test(text)
  return !askedWho && (WISH.test(text) || onlyNamed)
}

function settle(kind: SmallTalk, words: string[]): SmallTalk | null {
  const text = words.join(' ')
  if (kind === 'robot')
    return /робот|бот|программ|живой|живая|человек|robot|bot|human|real|machine|нейросеть|gpt/.test(text) &&
      words.length > 1
      ? 'robot'
      : null
  if (kind === 'abuse') return words.every((word) => /^(?:на|в|иди|идите|off)$/.test(word)) ? null : 'abuse'
  if (kind === 'thanks')
    return /спасиб|спс|благодар|мерси|сенкс|сэнкс|респект|свидани|всего|thank|thx|cheers|appreciated|goodbye|^ty$/.test(
      text,
    )
      ? 'thanks'
      : null
  return kind
}
