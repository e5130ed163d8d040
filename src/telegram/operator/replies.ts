import type { InlineKeyboardButton } from 'grammy/types'
import type { Appeal } from '../../desk/appeals.ts'
import * as asks from '../../desk/asks.ts'
import type { Content } from '../../desk/content.ts'
import * as messages from '../../desk/messages.ts'
import type { Operator } from '../../desk/operators.ts'
import * as outgoing from '../../desk/outgoing.ts'
import * as replies from '../../desk/replies.ts'
import * as topics from '../../desk/topics.ts'
import { type Button, button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { escapeHtml, rich } from '../rich.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { allowed, appealHere, tell } from './actor.ts'
import { showTyping } from './typing.ts'

const A_PAGE = 6
type Pressed = Extract<Button, { verb: 'replies' | 'reply' }>
type Asked = { word: string; page: number }

/** /r and a word: the canned replies that have it, for the line of this appeal. */
export const pickReply = async (ctx: Ctx, word: string): Promise<void> => {
  const appeal = await appealHere(ctx)
  if (!appeal || !(await allowed(ctx, 'answer', appeal))) return
  await say(ctx, await list(ctx, appeal, { word: tidy(word), page: 0 }))
}

export const pressReply = async (ctx: Ctx, appeal: Appeal, pressed: Pressed): Promise<void> => {
  const operator = await allowed(ctx, 'answer', appeal)
  if (!operator) return
  if (pressed.verb === 'reply') return await choose(ctx, appeal, { ...pressed, operator })
  await answerPress(ctx)
  const screen = await list(ctx, appeal, pressed)
  // The card stays what it is.
  await ((await isCard(ctx, appeal)) ? say(ctx, screen) : show(ctx, screen))
}

type Chosen = Extract<Button, { verb: 'reply' }> & { operator: Operator }

const choose = async (ctx: Ctx, appeal: Appeal, { deed, id, operator }: Chosen): Promise<void> => {
  const { desk } = ctx.house
  if (deed === 'drop') {
    await answerPress(ctx)
    return await show(ctx, { html: ctx.t('talk.reply.dropped') })
  }
  const filled = await replies.fill(desk, appeal, { id, operator })
  if (!filled) return await tell(ctx, 'desk.stale')
  if (deed === 'send') return await send(ctx, appeal, { filled, operator })
  await answerPress(ctx)
  if (deed === 'edit') {
    // What is written next is an answer, and not the comment that may have been asked for.
    await asks.clear(desk, appeal.id, operator.id)
    return await show(ctx, copyable(ctx, filled))
  }
  const screen = preview(ctx, appeal, filled)
  await (deed === 'offer' ? say(ctx, screen) : show(ctx, screen))
}

const list = async (ctx: Ctx, appeal: Appeal, { word, page }: Asked): Promise<Screen> => {
  const found = await replies.find(ctx.house.desk, appeal, word)
  const most = Math.max(0, Math.ceil(found.length / A_PAGE) - 1)
  const here = Math.min(page, most)
  const to = (at: number, label: string): InlineKeyboardButton[] =>
    at < 0 || at > most ? [] : [button(label, { verb: 'replies', appeal: appeal.id, page: at, word })]
  const turns = [...to(here - 1, ctx.t('button.page_before')), ...to(here + 1, ctx.t('button.page_after'))]
  const rows = found
    .slice(here * A_PAGE, (here + 1) * A_PAGE)
    .map(({ id, title }) => [button(title, { verb: 'reply', deed: 'show', appeal: appeal.id, id })])
  const head = found.length === 0 ? 'talk.reply.none' : word === '' ? 'talk.reply.all' : 'talk.reply.found'
  return {
    html: ctx.t(head, { word, page: here + 1, pages: most + 1, line: ctx.t(`line.${appeal.line}`) }),
    rows: [...rows, ...(turns.length > 0 ? [turns] : []), [drop(ctx, appeal)]],
  }
}

const preview = (ctx: Ctx, appeal: Appeal, { reply, title, lang, html, translation }: replies.Filled): Screen => {
  const texts = ctx.house.desk.texts()
  const own = translation === null ? [] : [ctx.t('talk.reply.in_russian'), `<blockquote>${translation}</blockquote>`]
  const deed = (what: 'send' | 'edit') =>
    button(ctx.t(`button.reply.${what}`), { verb: 'reply', deed: what, appeal: appeal.id, id: reply.id })
  const file = reply.file ? [ctx.t('talk.reply.file', { file: reply.file })] : []
  return {
    html: [
      ctx.t('talk.reply.head', { title, lang: texts.t(lang, 'lang.name') }),
      `<blockquote>${html}</blockquote>`,
      ...file,
      ...own,
    ].join('\n'),
    rows: [
      [deed('send'), deed('edit')],
      [
        button(ctx.t('button.reply.list'), { verb: 'replies', appeal: appeal.id, page: 0, word: '' }),
        drop(ctx, appeal),
      ],
    ],
  }
}

/** The message with the preview becomes the sent one: its place is the key, so two presses send one answer. */
const send = async (
  ctx: Ctx,
  appeal: Appeal,
  { filled, operator }: { filled: replies.Filled; operator: Operator },
): Promise<void> => {
  const { desk } = ctx.house
  const message = ctx.callbackQuery?.message
  if (!message || !ctx.chat) return
  const at = { chat: ctx.chat.id, message: message.message_id }
  if (await messages.latest(desk, at)) return await answerPress(ctx, ctx.t('talk.again_already'))
  const said = { at, content: contentOf(filled) }
  const outcome = await outgoing.answer(desk, appeal, { said, operator: operator.id })
  await answerPress(ctx)
  if (outcome === 'sent') showTyping(ctx, appeal, said)
  const head = ctx.t(outcome === 'sent' ? 'talk.reply.sent' : 'talk.reply.held', { title: filled.title })
  await show(ctx, { html: `${head}\n${filled.html}` })
}

const contentOf = ({ html, reply, lang }: replies.Filled): Content => {
  const { text, entities } = rich(html)
  const words = { text, entities: entities as Content['entities'] }
  if (!reply.file) return { kind: 'text', ...words }
  return {
    kind: 'document',
    ...words,
    file: { id: '', unique: '', name: reply.file, own: `${lang}/files/${reply.file}` },
  }
}

/** For whoever wants to say it a little differently. */
const copyable = (ctx: Ctx, { html }: replies.Filled): Screen => ({
  html: `${ctx.t('talk.reply.edit')}\n<pre>${escapeHtml(rich(html).text)}</pre>`,
})

const drop = (ctx: Ctx, { id }: Appeal): InlineKeyboardButton =>
  button(ctx.t('button.reply.drop'), { verb: 'reply', deed: 'drop', appeal: id, id: 'none' })

const isCard = async (ctx: Ctx, appeal: Appeal): Promise<boolean> =>
  (await topics.current(ctx.house.desk, appeal.id))?.cardMessage === ctx.callbackQuery?.message?.message_id

/** What fits a button's data and cannot break it. */
const tidy = (word: string): string =>
  word
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .trim()
    .slice(0, 12)
    .trim()
