import { Composer, type NextFunction } from 'grammy'
import { readNumber } from '../desk/appeal-number.ts'
import * as drafts from '../desk/drafts.ts'
import { read } from './buttons.ts'
import { listAppeals, openAppeal, openNumber, writeTo } from './citizen/appeals.ts'
import { continueForm, enterFlow, goOn, leaveForms, pickUp } from './citizen/form.ts'
import { openFraud } from './citizen/fraud.ts'
import { askPerson, contest } from './citizen/operator.ts'
import { openEntry, openSection, openSections, vote } from './citizen/questions.ts'
import { rate } from './citizen/rating.ts'
import { reached } from './citizen/reach.ts'
import { addOrNew, relayEdit, relayToDesk } from './citizen/relay.ts'
import { askLang, chooseLang, help, menu, start } from './citizen/start.ts'
import { answerSmallTalk, answerTyped, unknownKind } from './citizen/typed.ts'
import { clean } from './content.ts'
import type { Ctx } from './context.ts'
import { type MenuWord, menuWord } from './keyboards.ts'
import { answerPress, say } from './show.ts'

/**
 * Everything a citizen can do, in the order in which an update is offered to it:
 * presses → commands → menu words → own number → the conversation's question → the appeal → the answer search.
 */
export const privateChat = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  chat.on('my_chat_member', reached)
  chat.on('edited_message', relayEdit)
  chat.on('callback_query:data', press)
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
  chat.on('message:text', menuWords)
  chat.on('message:text', ownNumber)
  chat.use(continueForm)
  chat.on(['message', 'callback_query:data'], async (ctx, next) => void ((await pickUp(ctx)) || (await next())))
  chat.on('message:text').filter((ctx) => ctx.msg.text.startsWith('/'), leaving(unknownCommand))
  chat.on('message', async (ctx, next) => void ((await relayToDesk(ctx)) || (await next())))
  chat.hears(DIGITS, digit)
  chat.on('message:text', async (ctx) => {
    const text = clean(ctx.msg.text)
    if (!(await answerSmallTalk(ctx, text))) await answerTyped(ctx, text)
  })
  chat.on('message', unknownKind)
  chat.on('callback_query:data', (ctx) => answerPress(ctx, ctx.t('press.unknown')))
  return chat
}

const DEEDS: Record<MenuWord, (ctx: Ctx) => Promise<void>> = {
  questions: (ctx) => openSections(ctx),
  operator: (ctx) => askPerson(ctx),
  feedback: (ctx) => enterFlow(ctx, 'feedback'),
  appeals: (ctx) => listAppeals(ctx),
  contest: (ctx) => contest(ctx),
  fraud: (ctx) => openFraud(ctx),
}

/** What is being asked stays for later; then the deed. */
const leaving =
  (deed: (ctx: Ctx) => Promise<void>) =>
  async (ctx: Ctx): Promise<void> => {
    await leaveForms(ctx)
    await deed(ctx)
  }

/** As in the voice menu of the phone line: 0 back, 9 operator, # end. Only here, where nothing else is being asked. */
const DIGITS = ['0', '9', '#']
const digit = async (ctx: Ctx): Promise<void> => {
  if (ctx.msg?.text === '9') return await askPerson(ctx)
  if (ctx.msg?.text === '0') return await menu(ctx)
  await say(ctx, { html: ctx.t('typed.ended') })
}

const menuWords = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const text = ctx.msg?.text ?? ''
  const word = text.length <= 40 ? menuWord(ctx.house.desk.texts(), text) : null
  if (!word) return await next()
  await leaveForms(ctx)
  await DEEDS[word](ctx)
}

/** A number typed at any time opens that appeal – unless a number is just what is being asked for. */
const ownNumber = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const number = readNumber(ctx.msg?.text ?? '')
  if (number === null) return await next()
  const draft = await drafts.asking(ctx.house.desk, ctx.citizen.id)
  if (draft && drafts.nextStep(draft)?.takes === 'number') return await next()
  await openNumber(ctx, number)
}

/** FAQ buttons work always, also in the middle of a conversation, and leave it as it is. */
const press = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const button = read(ctx.callbackQuery?.data ?? '')
  if (!button) return await answerPress(ctx, ctx.t('press.unknown'))
  switch (button.verb) {
    case 'form':
      return await next()
    case 'menu':
      await answerPress(ctx)
      return await leaving(menu)(ctx)
    case 'sections':
    case 'appeals':
    case 'fraud':
      await answerPress(ctx)
      return await PLACES[button.verb](ctx)
    case 'operator':
      return await askPerson(ctx)
    case 'matter':
      return await enterFlow(ctx, 'operator')
    case 'feedback':
      return await enterFlow(ctx, 'feedback')
    case 'contest':
      return await contest(ctx)
    case 'section':
      await answerPress(ctx)
      return await openSection(ctx, button.id)
    case 'entry':
      await answerPress(ctx)
      return await openEntry(ctx, button.id)
    case 'ask':
      return await askPerson(ctx, button.id)
    case 'vote':
      return await vote(ctx, button.id, button.helped)
    default:
      return await pressOnOwn(ctx, button)
  }
}

const PLACES = { sections: openSections, appeals: listAppeals, fraud: openFraud }

const pressOnOwn = async (ctx: Ctx, button: NonNullable<ReturnType<typeof read>>): Promise<void> => {
  switch (button.verb) {
    case 'lang':
      return await chooseLang(ctx, button.lang)
    case 'draft':
      return await goOn(ctx, button.deed, button.draft)
    case 'appeal':
      await answerPress(ctx)
      return await openAppeal(ctx, button.appeal)
    case 'write':
    case 'reopen':
      return await writeTo(ctx, button.appeal)
    case 'rate':
      return await rate(ctx, button)
    case 'after': {
      const asked = await addOrNew(ctx, button.deed, button.draft)
      if (asked) await answerTyped(ctx, asked)
      return
    }
    default:
      return await answerPress(ctx, ctx.t('press.unknown'))
  }
}

const unknownCommand = async (ctx: Ctx): Promise<void> => {
  await say(ctx, { html: ctx.t('typed.unknown_command') })
}
