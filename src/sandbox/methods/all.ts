import type { Params } from '../schema.ts'
import type { World } from '../world.ts'
import { sendMediaGroup } from './album.ts'
import * as bot from './bot.ts'
import * as chat from './chat.ts'
import { copyMessage } from './copy.ts'
import { editMessageCaption, editMessageMedia, editMessageReplyMarkup, editMessageText } from './edit.ts'
import { type Call, mediaMethods } from './media.ts'
import * as messages from './messages.ts'
import { sendContact, sendDice, sendLocation, sendPoll, sendVenue } from './small.ts'
import { sendChatAction, sendMessage } from './text.ts'
import * as topics from './topics.ts'
import { updateMethods } from './updates.ts'

/** A method of the Bot API: checked parameters in, the result out. @throws {Refusal} */
export type Method = (world: World, params: Params, call: Call) => unknown

export const methods: Record<string, Method> = {
  ...mediaMethods,
  ...updateMethods,
  createForumTopic: topics.createForumTopic,
  editForumTopic: topics.editForumTopic,
  closeForumTopic: topics.closeForumTopic,
  reopenForumTopic: topics.reopenForumTopic,
  deleteForumTopic: topics.deleteForumTopic,
  getForumTopicIconStickers: topics.getForumTopicIconStickers,
  sendMessage,
  sendChatAction,
  sendMediaGroup,
  sendLocation,
  sendVenue,
  sendContact,
  sendPoll,
  sendDice,
  copyMessage,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  deleteMessage: messages.deleteMessage,
  deleteMessages: messages.deleteMessages,
  pinChatMessage: messages.pinChatMessage,
  unpinChatMessage: messages.unpinChatMessage,
  setMessageReaction: messages.setMessageReaction,
  answerCallbackQuery: messages.answerCallbackQuery,
  getChat: chat.getChat,
  getChatMember: chat.getChatMember,
  getChatAdministrators: chat.getChatAdministrators,
  getChatMemberCount: chat.getChatMemberCount,
  leaveChat: chat.leaveChat,
  getMe: bot.getMe,
  setMyCommands: bot.setMyCommands,
  getMyCommands: bot.getMyCommands,
  deleteMyCommands: bot.deleteMyCommands,
  setMyName: bot.name.set,
  getMyName: bot.name.get,
  setMyDescription: bot.description.set,
  getMyDescription: bot.description.get,
  setMyShortDescription: bot.shortDescription.set,
  getMyShortDescription: bot.shortDescription.get,
  getFile: bot.getFile,
}
