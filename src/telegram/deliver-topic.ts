import { createHash } from 'node:crypto'
import { showNumber } from '../desk/appeal-number.ts'
import * as appeals from '../desk/appeals.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import * as desks from '../desk/desks.ts'
import { forChat, type Letter } from '../desk/letters.ts'
import * as topics from '../desk/topics.ts'
import { at } from '../mail/failpoints.ts'
import type { Outgoing } from '../mail/outbox.ts'
import { card } from './card.ts'
import type { Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { fitText, inItsTopic } from './wire.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>

/** A topic is born once: if its place is known already – from an earlier answer or the service message – nothing is sent. */
export const sendTopic: Of<'topic'> = async ({ api, desk }, { letter, to, follow }) => {
  const topic = await topics.current(desk, letter.appeal)
  const appeal = await appeals.byId(desk, letter.appeal)
  if (!topic || !appeal || topic.gen !== letter.gen) return []
  follow.push(...(await goodbye(desk, topic)))
  if (topic.threadId !== null) return []
  await at('topic:create')
  const made = await api.createForumTopic(to.chat, nameOf(desk, appeal))
  await at('topic:created')
  const whose = await topics.opened(desk, { appeal: appeal.id, gen: topic.gen, threadId: made.message_thread_id })
  await at('topic:opened')
  if (whose === 'other') await api.deleteForumTopic(to.chat, made.message_thread_id).catch(() => {})
  return []
}

/** An appeal that came from another group tells its old topic where it is; a group that is set aside learns it when it is back. */
const goodbye = async (desk: Desk, { appealId, gen }: topics.Topic): Promise<Outgoing[]> => {
  const old = gen > 1 ? await topics.generation(desk, appealId, gen - 1) : null
  if (old?.state !== 'moved' || (await desks.isSetAside(desk, old.chatId))) return []
  const letter = { type: 'moved', appeal: appealId, gen: old.gen } as const
  return [forChat(desk, old.chatId, { key: `moved:${appealId}:${old.gen}`, letter })]
}

/** Posted once a generation, then edited in place: always as the appeal is now, so that an older row does no harm. */
export const sendCard: Of<'card'> = async ({ api, desk }, { letter, to, topic, without }) => {
  const appeal = await appeals.byId(desk, letter.appeal)
  if (!appeal || !topic) return []
  const screen = await card(desk, appeal)
  const { text, entities } = fitText(rich(screen.html), without)
  const reply_markup = without.buttons ? undefined : { inline_keyboard: screen.rows ?? [] }
  const options = { entities, reply_markup, link_preview_options: { is_disabled: true } }
  const posted = topic.cardMessage
  const hash = createHash('sha256')
    .update(JSON.stringify([text, entities, reply_markup]))
    .digest('base64url')
  // A card that was deleted by hand is posted anew: its buttons are how most work is done.
  if (posted === null ? letter.first : without.edit) {
    const sent = await api.sendMessage(to.chat, text, { ...options, message_thread_id: to.thread })
    await at('topic:card')
    await topics.setCard(desk, topic, { message: await inItsTopic(api, to, sent), hash })
  } else if (posted !== null && !letter.first && topic.cardHash !== hash) {
    await api.editMessageText(to.chat, posted, text, options)
    await topics.setCard(desk, topic, { message: posted, hash })
  }
  return []
}

export const sendClosed: Of<'closed'> = async ({ api, desk }, { letter, to }) => {
  const appeal = await appeals.byId(desk, letter.appeal)
  // The newest state counts: an older row of an appeal that was opened again meanwhile closes nothing.
  const closed = appeal?.closedAt !== null
  if (closed !== letter.closed || to.thread === undefined) return []
  if (closed) await api.closeForumTopic(to.chat, to.thread)
  else await api.reopenForumTopic(to.chat, to.thread)
  return []
}

/** A topic is named after the line its appeal is in now. */
export const sendName: Of<'name'> = async ({ api, desk }, { letter, to }) => {
  const appeal = await appeals.byId(desk, letter.appeal)
  if (appeal && to.thread !== undefined) await api.editForumTopic(to.chat, to.thread, { name: nameOf(desk, appeal) })
  return []
}

const nameOf = (desk: Desk, { number, line }: appeals.Appeal): string =>
  `${showNumber(number)} · ${desk.texts().t(DESK_LANG, `line.${line}`)}`
