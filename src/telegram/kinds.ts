import type { Message } from 'grammy/types'

/**
 * What becomes of each field of a message; a test holds the list against the Bot API's own, so that no kind falls through in
 * silence. `passes`: it travels, as it is or as words. `refused`: it cannot travel, and its author is told. `service`: nobody's
 * words. `beside`: goes along with something else, or is no content.
 */
export type Fate = 'passes' | 'refused' | 'service' | 'beside'

const list = (fate: Fate, words: string): [string, Fate][] =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => [word, fate])

export const FATES: ReadonlyMap<string, Fate> = new Map([
  ...list(
    'passes',
    `text rich_message animation audio document live_photo photo sticker video video_note voice contact dice poll venue
     location`,
  ),
  ...list(
    'refused',
    `story paid_media checklist game invoice giveaway giveaway_winners gift unique_gift successful_payment
     refunded_payment users_shared chat_shared passport_data web_app_data`,
  ),
  ...list(
    'service',
    `new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title new_chat_photo delete_chat_photo
     group_chat_created supergroup_chat_created channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id
     migrate_from_chat_id pinned_message gift_upgrade_sent connected_website write_access_allowed proximity_alert_triggered
     boost_added chat_background_set checklist_tasks_done checklist_tasks_added direct_message_price_changed
     forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened general_forum_topic_hidden
     general_forum_topic_unhidden giveaway_created giveaway_completed managed_bot_created paid_message_price_changed
     poll_option_added poll_option_deleted suggested_post_approved suggested_post_approval_failed suggested_post_declined
     suggested_post_paid suggested_post_refunded video_chat_scheduled video_chat_started video_chat_ended
     video_chat_participants_invited`,
  ),
  ...list(
    'beside',
    `message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot sender_tag
     date guest_query_id business_connection_id chat forward_origin is_topic_message is_automatic_forward reply_to_message
     external_reply quote reply_to_story reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user
     guest_bot_caller_chat edit_date has_protected_content is_from_offline is_paid_post media_group_id author_signature
     paid_star_count entities link_preview_options suggested_post_info effect_id caption caption_entities
     show_caption_above_media has_media_spoiler reply_markup`,
  ),
])

/** Service messages (topic closed, pinned, joined …) are nobody's words. */
export const isService = (message: Message): boolean =>
  Object.keys(message).some((field) => FATES.get(field) === 'service')

/** The name of what cannot travel; one that no list knows is not passed over either. */
export const refusedIn = (message: Message): string =>
  Object.keys(message).find((field) => FATES.get(field) === 'refused') ?? 'unknown'
