import { Composer, type NextFunction } from 'grammy'
import { smallTalk } from '../desk/answers/small-talk.ts'
import { nineDigits } from '../desk/appeal-number.ts'
import { nextStep } from '../desk/draft-steps.ts'
import * as drafts from '../desk/drafts.ts'
import { adminPrivate } from './admin/commands.ts'
import { bannedChat } from './banned.ts'
import { listAppeals, openNumber, unknownNumber } from './citizen/appeals.ts'
import { answerCheck, checkPasted } from './citizen/check.ts'
import { continueForm, enterFlow, leaving, pickUp } from './citizen/form.ts'
import { openFraud } from './citizen/fraud.ts'
import { goCommands } from './citizen/go.ts'
import { answerHours } from './citizen/hours.ts'
import { askPerson, contest } from './citizen/operator.ts'
import { pressTyped } from './citizen/plain.ts'
import { openSections } from './citizen/questions.ts'
import { reached } from './citizen/reach.ts'
import { mirrorReaction } from './citizen/reaction.ts'
import { relayEdit, relayToDesk, relayWhileOpen } from './citizen/relay.ts'
import { askLang, help, menu, start } from './citizen/start.ts'
import { answerSmallTalk, answerTyped, unknownCommand, unknownKind } from './citizen/typed.ts'
import { clean } from './content.ts'
import type { Ctx } from './context.ts'
import { type MenuWord, menuWord } from './keyboards.ts'
import { isService } from './kinds.ts'
import { press } from './press.ts'
import { answerPress, say } from './show.ts'

/**
 * Everything a citizen can do, in the order in which an update is offered to it:
 * presses → commands → menu words → own number → the conversation's question → the appeal → the answer search.
 */
export const privateChat = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  chat.on('my_chat_member', reached)
  chat.use(adminPrivate())
  chat.filter((ctx) => ctx.ban !== null).use(bannedChat(), async () => {})
  chat.on('message_reaction', mirrorReaction)
  chat.on('edited_message', relayEdit)
  chat.on('message').filter(
    (ctx) => isService(ctx.msg),
    async () => {},
  )
  chat.on('message:text', pressTyped)
  chat.on('callback_query:data', press)
  chat.use(commands())
  chat.on('message:text', menuWords)
  chat.on('message:text', ownNumber)
  chat.on('message:text', digitInForm)
  chat.on('message', answerCheck)
  chat.use(continueForm)
  chat.on(['message', 'callback_query:data'], async (ctx, next) => void ((await pickUp(ctx)) || (await next())))
  chat.on('message', async (ctx, next) => void ((await relayToDesk(ctx)) || (await next())))
  chat.on('message:text').filter((ctx) => DIGITS.has(ctx.msg.text.trim()), digit)
  chat.on('message:text', async (ctx) => {
    const text = clean(ctx.msg.text)
    if (await checkPasted(ctx)) return
    if (!(await answerSmallTalk(ctx, text)) && !(await answerHours(ctx, text))) await answerTyped(ctx, text)
  })
  chat.on('message', async (ctx) => void ((await checkPasted(ctx)) || (await unknownKind(ctx))))
  chat.on('callback_query', (ctx) => answerPress(ctx, ctx.t('press.unknown')))
  return chat
}

const commands = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  chat.command('start', leaving(start))
  chat.command('menu', leaving(menu))
  chat.command('help', leaving(help))
  chat.command(['language', 'lang'], leaving(askLang))
  chat.command('questions', leaving(openSections))
  chat.command('operator', leaving(askPerson))
  chat.command('feedback', (ctx) => enterFlow(ctx, 'feedback'))
  chat.command('contest', leaving(contest))
  chat.command('appeals', leaving(listAppeals))
  chat.command('fraud', leaving(openFraud))
  chat.use(goCommands())
  // Only a command by itself; a sentence that begins with a stroke is somebody's words.
  chat.on('message:text').filter((ctx) => /^\/\w+(@\w+)?$/.test(ctx.msg.text.trim()), unknownCommand)
  return chat
}

const DEEDS: Record<MenuWord, (ctx: Ctx) => Promise<void>> = {
  questions: openSections,
  operator: askPerson,
  feedback: (ctx) => enterFlow(ctx, 'feedback'),
  appeals: listAppeals,
  contest,
  fraud: openFraud,
}

const menuWords = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const text = ctx.msg?.text ?? ''
  const word = text.length <= 40 ? menuWord(ctx.house.desk.texts(), text) : null
  if (!word) return await next()
  await leaving(DEEDS[word])(ctx)
}

/**
 * A number typed at any time opens that appeal – unless a number is just what is being asked for. One that is not the
 * citizen's may be an answer to a question, and to an operator's question too.
 */
const ownNumber = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const number = nineDigits(ctx.msg?.text ?? '')
  if (number === null) return await next()
  const draft = ctx.citizen.inForm ? await drafts.asking(ctx.house.desk, ctx.citizen.id) : null
  const step = draft && nextStep(draft)
  if (step?.takes === 'number') return await next()
  if (await openNumber(ctx, number)) return
  if (step && step.takes !== 'attachments') return await next()
  await unknownNumber(ctx)
  await relayWhileOpen(ctx)
}

/** As in the voice menu of the phone line: 0 back, 9 operator, # end – where no text or number is being asked for. */
const DIGITS = new Set(['0', '9', '#'])
const digit = async (ctx: Ctx): Promise<void> => {
  const text = ctx.msg?.text?.trim()
  if (text === '9') return await askPerson(ctx)
  if (text === '0') return await menu(ctx)
  await say(ctx, { html: ctx.t('typed.ended') })
}

/**
 * In a form that waits for a button or a file, 0 and # are the form's own. Whoever asks for a person where a number, a time or
 * a file is wanted gets one: such words cannot be the answer.
 */
const digitInForm = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const text = ctx.msg?.text ?? ''
  const nine = text.trim() === '9'
  if (!nine && smallTalk(text) !== 'person') return await next()
  const draft = ctx.citizen.inForm ? await drafts.asking(ctx.house.desk, ctx.citizen.id) : null
  const takes = draft && (nextStep(draft)?.takes ?? 'attachments')
  const isAnswer = takes === 'said' || takes === 'text' || (nine && takes !== 'attachments' && takes !== 'slot')
  if (!draft || draft.flow === 'operator' || isAnswer) return await next()
  await leaving(askPerson)(ctx)
}
