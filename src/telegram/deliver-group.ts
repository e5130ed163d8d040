import { GrammyError } from 'grammy'
import { DESK_LANG } from '../desk/desk.ts'
import * as desks from '../desk/desks.ts'
import type { Letter } from '../desk/letters.ts'
import * as topics from '../desk/topics.ts'
import type { Sender } from './deliver.ts'
import { StillAway } from './errors.ts'
import { rich } from './rich.ts'
import { isUnable, lacks } from './rights.ts'
import { topicRow } from './topic-url.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>

/** The topic that was left behind says where its appeal is, and is closed. */
export const sendMoved: Of<'moved'> = async ({ api, desk }, { letter, to }) => {
  const old = await topics.generation(desk, letter.appeal, letter.gen)
  if (old?.state !== 'moved' || old.threadId === null) return []
  const { text, entities } = rich(desk.texts().t(DESK_LANG, 'groups.moved'))
  const reply_markup = { inline_keyboard: await topicRow(desk, letter.appeal) }
  await api.sendMessage(to.chat, text, { entities, reply_markup, message_thread_id: old.threadId })
  await api.closeForumTopic(to.chat, old.threadId).catch((error: unknown) => {
    if (!(error instanceof GrammyError)) throw error
  })
  return []
}

/** Says nothing; looks whether the group has what the desk needs, and is tried again until it has. */
export const sendBack: Of<'back'> = async ({ api, desk }, { to }) => {
  const missing = await lacks(api, to.chat, botOf(api.token)).catch((error: unknown) => {
    if (error instanceof GrammyError && error.error_code !== 429 && error.error_code < 500) throw new StillAway()
    throw error
  })
  if (isUnable(missing)) throw new StillAway()
  await desks.restore(desk, to.chat)
  return []
}

/** A token begins with its bot's id. */
const botOf = (token: string): number => Number(token.split(':')[0])
