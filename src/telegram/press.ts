import type { NextFunction } from 'grammy'
import { type Button, pressed } from './buttons.ts'
import { listAppeals, openAppeal, tellAppeals, writeTo } from './citizen/appeals.ts'
import { enterFlow, goOn, leaving } from './citizen/form.ts'
import { openFraud } from './citizen/fraud.ts'
import { go } from './citizen/go.ts'
import { askPerson, contest } from './citizen/operator.ts'
import { openEntry, openSection, openSections, vote } from './citizen/questions.ts'
import { rate } from './citizen/rating.ts'
import { addOrNew } from './citizen/relay.ts'
import { chooseLang, menu } from './citizen/start.ts'
import { answerAgain } from './citizen/typed.ts'
import type { Ctx } from './context.ts'
import { answerPress } from './show.ts'

/** A citizen's press. FAQ buttons work always, also in the middle of a conversation, and leave it as it is. */
export const press = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const button = pressed(ctx)
  switch (button?.verb) {
    case 'form':
    case 'pick':
      return await next()
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
    case 'operator':
      return await askPerson(ctx)
    case 'matter':
      return await enterFlow(ctx, 'operator')
    case 'feedback':
      return await enterFlow(ctx, 'feedback')
    case 'contest':
      return await contest(ctx)
    case 'menu':
    case 'sections':
    case 'appeals':
    case 'mine':
    case 'fraud':
      await answerPress(ctx)
      return await PLACES[button.verb](ctx)
    default:
      return await pressOnOwn(ctx, button)
  }
}

const PLACES = {
  menu: leaving(menu),
  sections: openSections,
  appeals: listAppeals,
  mine: tellAppeals,
  fraud: openFraud,
}

const pressOnOwn = async (ctx: Ctx, button: Button | null): Promise<void> => {
  switch (button?.verb) {
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
      const said = await addOrNew(ctx, button.deed, button.draft)
      return said === null ? undefined : await answerAgain(ctx, said)
    }
    default:
      if (!(await go(ctx, button))) await answerPress(ctx, ctx.t('press.unknown'))
  }
}
