import { type Api, Context } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { Finder } from '../desk/answers/search.ts'
import { smallTalk } from '../desk/answers/small-talk.ts'
import type { Desk } from '../desk/desk.ts'
import type { Outage } from '../desk/outages.ts'
import { fault } from '../log.ts'
import { button, pressed as pressedButton } from './buttons.ts'
import { entryScreen, sectionScreen, sectionsScreen } from './citizen/questions.ts'
import { suggestion } from './citizen/typed.ts'
import { clean } from './content.ts'
import type { Ctx, House } from './context.ts'
import { meaning } from './errors.ts'
import { menuKeyboard, menuWord } from './keyboards.ts'
import { redact } from './redact.ts'
import { answerPress, type Screen, say, show } from './show.ts'

/** What citizens still get while the storage is away: the answers, which need no database, and the truth about the rest. */
export type Memory = {
  /** Each update once. Nobody waits for it: what is not stored is refused all the same, so that it comes again. */
  answer(updates: Update[]): void
  /** Whether this process has found an answer to this text already, when it comes again at last. */
  answered(update: number): boolean
  /** While there is a banner, it stands above these answers too. */
  show(outages: () => readonly Outage[]): void
  stop(): Promise<void>
}
type Recall = { api: Api; desk: Pick<Desk, 'texts' | 'log'>; finder: () => Finder }
type State = Recall & {
  /** What was done with an update; the oldest are forgotten first. */
  done: Map<number, 'answered' | 'told'>
  /** When a chat last read that something does not work. */
  told: Map<number, number>
  running: Set<Promise<void>>
  outages: () => readonly Outage[]
  quietUntil: number
}

/** Whoever is not served now comes again with the repeat of the update. */
const AT_ONCE = 20
const MOST_KEPT = 10_000
const TELL_EVERY_MS = 60_000

export const createMemory = (recall: Recall): Memory => {
  const state: State = {
    ...recall,
    done: new Map(),
    told: new Map(),
    running: new Set(),
    outages: () => [],
    quietUntil: 0,
  }
  return {
    answer: (updates) => {
      for (const update of updates) begin(state, update)
    },
    answered: (update) => state.done.get(update) === 'answered',
    show: (outages) => {
      state.outages = outages
    },
    stop: async () => {
      state.quietUntil = Number.POSITIVE_INFINITY
      await Promise.allSettled(state.running)
    },
  }
}

const begin = (state: State, update: Update): void => {
  const { done, running } = state
  if (done.has(update.update_id) || running.size >= AT_ONCE || Date.now() < state.quietUntil) return
  const ctx = contextOf(state, update)
  if (!ctx) return
  keep(done, update.update_id, 'told')
  const answering = answer(state, ctx)
    .then((is) => void done.set(update.update_id, is))
    .catch((error) => failed(state, update, error))
    .finally(() => running.delete(answering))
  running.add(answering)
}

/** Certainly not sent: the repeat of the update is another chance. */
const failed = (state: State, { update_id }: Update, error: unknown): void => {
  state.desk.log.warn('memory.not_answered', fault(error))
  const why = mean(error)
  if (why?.is === 'silence') state.quietUntil = Date.now() + why.seconds * 1_000
  if (why?.is === 'silence' || why?.is === 'not-sent') state.done.delete(update_id)
}

const mean = (error: unknown) => {
  try {
    return meaning(error, 'S')
  } catch {
    return null
  }
}

/** What screens of the answers need; whoever asked for more would need the database. Null for what is no citizen's. */
const contextOf = ({ api, desk, finder, outages }: State, given: Update): Ctx | null => {
  const update = redact(given)
  const message = update.message ?? update.callback_query?.message
  const from = update.message?.from ?? update.callback_query?.from
  if (!from || from.is_bot || message?.chat.type !== 'private') return null
  const texts = desk.texts()
  const lang = texts.lang(from.language_code)
  const house = { desk, finder, outages } as unknown as House
  const more = { house, lang, t: (key: string, vars?: Record<string, string | number>) => texts.t(lang, key, vars) }
  return Object.assign(new Context(update, api, {} as UserFromGetMe), more) as unknown as Ctx
}

const answer = async (state: State, ctx: Ctx): Promise<'answered' | 'told'> => {
  const screen = ctx.callbackQuery ? pressed(ctx) : said(ctx)
  if (!screen) return await tell(state, ctx)
  await answerPress(ctx)
  const whole = { ...screen, html: `${screen.html}\n\n${ctx.t('away.beside')}` }
  await (ctx.callbackQuery ? show(ctx, whole) : say(ctx, whole))
  return 'answered'
}

const pressed = (ctx: Ctx): Screen | null => {
  const to = pressedButton(ctx)
  switch (to?.verb) {
    case 'entry':
      return entryScreen(ctx, to.id) ?? sectionsScreen(ctx)
    case 'section':
      return sectionScreen(ctx, to.id)
    case 'sections':
      return sectionsScreen(ctx)
    case 'menu':
      return menu(ctx)
    default:
      return null
  }
}

const menu = (ctx: Ctx): Screen => ({
  html: ctx.t('menu.here'),
  keyboard: menuKeyboard(ctx.house.desk.texts(), ctx.lang),
})

const said = (ctx: Ctx): Screen | null => {
  const text = clean(ctx.msg?.text ?? '')
  if (text.trim() === '') return null
  const command = /^\/(\w+)(?:@\w+)?(?:\s+(\S+))?/.exec(text)
  if (command) return commanded(ctx, command[1] ?? '', command[2] ?? '')
  const word = text.length <= 40 ? menuWord(ctx.house.desk.texts(), text) : null
  if (word) return word === 'questions' ? sectionsScreen(ctx) : null
  return smallTalk(text) ? null : found(ctx, text)
}

const commanded = (ctx: Ctx, command: string, rest: string): Screen | null => {
  const entry = command === 'start' ? entryScreen(ctx, rest.replaceAll('-', '.')) : null
  if (entry) return entry
  if (command === 'start' || command === 'menu') return menu(ctx)
  return command === 'questions' ? sectionsScreen(ctx) : null
}

const found = (ctx: Ctx, text: string): Screen | null => {
  const { verdict, entries } = ctx.house.finder().find(text)
  const [best, ...others] = entries.map(({ id }) => id)
  if (verdict === 'none' || !best) return null
  return verdict === 'suggest' ? suggestion(ctx, [best, ...others]) : entryScreen(ctx, best, others)
}

/** Nothing but the truth: at a press always, in a chat once a minute. */
const tell = async ({ told }: State, ctx: Ctx): Promise<'told'> => {
  if (ctx.callbackQuery) {
    await answerPress(ctx, ctx.t('away.press'))
    return 'told'
  }
  const chat = ctx.chat?.id ?? 0
  if (Date.now() - (told.get(chat) ?? 0) < TELL_EVERY_MS) return 'told'
  keep(told, chat, Date.now())
  await say(ctx, { html: ctx.t('away.message'), rows: [[button(ctx.t('button.sections'), { verb: 'sections' })]] })
  return 'told'
}

const keep = <V>(map: Map<number, V>, key: number, value: V): void => {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > MOST_KEPT && oldest !== undefined) map.delete(oldest)
}
