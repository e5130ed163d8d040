import { onEnglishKeys, onRussianKeys } from './layout.ts'
import { normalise, wordsOf } from './normalise.ts'
import { readAsRussian } from './transliterate.ts'

export type SmallTalk = 'greeting' | 'thanks' | 'fear' | 'abuse' | 'robot' | 'person'

/**
 * What is said beside the matter. Only when nothing else is said: «спасибо, а где код» is a question. A wish for a person
 * counts wherever it stands: «не приходит код, позовите оператора».
 */
export function smallTalk(text: string): SmallTalk | null {
  const plain = normalise(text)
  if (plain.length <= 160) {
    for (const reading of [plain, readAsRussian(plain), onRussianKeys(plain), onEnglishKeys(plain)]) {
      const found = meant(wordsOf(reading))
      if (found) return found
    }
  }
  const clauses = plain.split(/[,.!?;:…—–]+/).map(wordsOf)
  return clauses.some(asksForPerson) ? 'person' : null
}

const FILLER =
  /^(?:ну|и|а|же|ж|да|о|эй|ой|мне|меня|вам|тебе|вас|тебя|вы|ты|я|мы|это|там|тут|здесь|так|уже|вот|бот|bot|просто|пожалуйста|плиз|плз|please|плис|очень|такой|такая|какой|какая|вообще|всем|всем?|то|ли|you|are|a|an|the|so|very|much|there|me|to|i|with|now|сейчас|срочно|немедленно|быстро|скорее|дела|как|how|дня|времени|суток|утра|вечера|день|дни|дело|all|for|help|помощь|мой|моя|my|your|ваш|ваша|наш|разобрал(?:ся|ась|ись)?|помогло|помогли|все|ясно|понятно|понял|поняла|хорошо|ок|ладно|ok|okay|got|it|that|was|is|bye|пока)$/

const KINDS: [SmallTalk, RegExp][] = [
  [
    'greeting',
    /^(?:привет\p{L}*|здра(?:в?ст\p{L}*)|алл?о|ау|помогите|спасите|help|need|здрасьте|здрасте|здаров\p{L}*|здоров[оа]|здравия|добр(?:ый|ого|ое|ой|ая)|доброй|ночи|вечер|утро|хай|хелло|хеллоу|хеллоу|салют|приветик|ку|hi|hello|hey|good|morning|evening|afternoon|greetings|салам|алейкум)$/u,
  ],
  [
    'thanks',
    /^(?:спасиб\p{L}*|спс|пасиб\p{L}*|благодар\p{L}*|мерси|сенкс|сэнкс|респект|большое|огромное|thanks?|thx|ty|cheers|appreciated|до|свидания|всего|доброго|хорошего|лучшего|goodbye)$/u,
  ],
  [
    'fear',
    /^(?:страшно|боюсь|боимся|пани(?:ка|кую)|плачу|испуга(?:лась|лся|на)|напугали|трясет|переживаю|волнуюсь|не|знаю|что|делать|scared|afraid|frightened|panic(?:king)?|im|am|i|m)$/u,
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

const PERSON =
  /^(?:[оа]п+[еи]?рат[оа]р\p{L}*|ч[еи]л[оа]век\p{L}{0,3}|люд(?:и|ей|ьми|ям)|сотрудник\p{L}*|сп[еи]циалист\p{L}*|консультант\p{L}*|менеджер\p{L}*|поддержк\p{L}*|support|operator|human|person|people|agent|someone|somebody|anyone|representative|rep|employee|consultant|specialist|staff|colleague)$/u
const WISH =
  /^(?:п[оа]з[оа]в\p{L}*|зов(?:и|ите)|соедин(?:и|ите|ить)|свяжи(?:те)?|связать|да(?:й|йте|вай|вайте)|переключи(?:те)?|перевед(?:и|ите)|подключи(?:те)?|нуж(?:ен|на|но|ны)|надо|хо(?:чу|тим|телось)|можно|вызов(?:и|ите)|вызвать|пусть|требую|по?говор(?:ить|ю)|пообщаться|разговаривать|общаться|писать|написать|ответ(?:ь|ьте|ит)|алло|алё|connect|transfer|talk|speak|chat|get|give|want|need|call|pass|put|hand|through|over|answer)$/u
const GLUE =
  /^(?:с|со|к|из|у|в|на|этот|сюда|кто|кого|кем|нибудь|либо|то|уже|наконец|жив(?:ой|ого|ым|ому|ые|ых)|настоящ\p{L}*|реальн\p{L}*|нормальн\p{L}*|есть|лично|пж|real|live|living|on|of|from|this|is|can|could|would|like|let|only|just)$/u
const HELLO =
  /^(?:здра\p{L}+|привет\p{L}*|добр(?:ый|ое|ой|ого)|вечер|утро|ночи|hi|hello|hey|good|morning|evening|afternoon)$/u
const MACHINE = /^(?:робот\p{L}*|бот(?:а|ом|у|ы)?|машин\p{L}*|автомат\p{L}*|robot|bot|machine)$/u
const AGAINST = /^(?:не|без|надоел\p{L}*|хватит|задолбал\p{L}*|not|no|without|don|t|stop)$/u

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

/** «Нужна поддержка» within a longer message may mean anything; «дайте человека» does not. */
function asksForPerson(words: string[]): boolean {
  const says = (pattern: RegExp) => words.some((word) => pattern.test(word) && !/^(?:поддержк|support)/.test(word))
  return words.length < 10 && says(PERSON) && says(WISH) && wishesPerson(words)
}

/** A wish and nothing else: «что спросить у оператора» and «оператор нахамил» are matters with answers of their own. */
function wishesPerson(words: string[]): boolean {
  const has = (pattern: RegExp) => words.some((word) => pattern.test(word))
  const rest = words.filter(
    (word, at) =>
      !(word === 'чат' && words[at - 1] === 'этот') &&
      ![PERSON, WISH, GLUE, FILLER, HELLO].some((pattern) => pattern.test(word)),
  )
  if (has(MACHINE)) return has(AGAINST) && rest.every((word) => MACHINE.test(word) || AGAINST.test(word))
  const named = has(PERSON) || /(?:кто|кого|кем) (?:нибудь|либо|то|живой)/.test(words.join(' '))
  const askedWho = /^(?:ты|вы|это|are|is)$/.test(words[0] ?? '') && !has(WISH)
  const byPhone = words.includes('call') && words.includes('support')
  return named && rest.length === 0 && !byPhone && !askedWho && (has(WISH) || words.length <= 5)
}

function settle(kind: SmallTalk, words: string[]): SmallTalk | null {
  const text = words.join(' ')
  if (kind === 'robot')
    return /робот|бот|программ|живой|живая|человек|robot|bot|human|real|machine|нейросеть|gpt/.test(text) &&
      words.length > 1
      ? 'robot'
      : null
  if (kind === 'abuse') return words.every((word) => /^(?:на|в|иди|идите|off)$/.test(word)) ? null : 'abuse'
  if (kind === 'fear')
    return /страшн|боюсь|боимся|пани|плачу|пуга|трясет|пережив|волну|scared|afraid|fright|panic/.test(text)
      ? kind
      : null
  if (kind === 'thanks')
    return /спасиб|спс|благодар|мерси|сенкс|сэнкс|респект|свидани|всего|thank|thx|cheers|appreciated|goodbye|^ty$/.test(
      text,
    )
      ? 'thanks'
      : null
  return kind
}
