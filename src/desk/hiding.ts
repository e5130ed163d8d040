import type { Appeal } from './appeals.ts'
import { audit } from './audit.ts'
import type { Content } from './content.ts'
import type { Context } from './context.ts'
import * as copies from './copies.ts'
import type { Desk } from './desk.ts'
import { toCitizen, toTopic } from './letters.ts'
import * as messages from './messages.ts'
import type { Operator } from './operators.ts'

type Hiding = { message: messages.Message; by: Operator }

/** A picture of a document leaves the topic, all parts of an album alike. What the citizen sent is kept as it was, sealed. */
export const hide = async (desk: Desk, appeal: Appeal, { message, by }: Hiding): Promise<void> => {
  const parts = message.album ? await messages.ofAlbum(desk, message.at.chat, message.album) : [message]
  const there = (await Promise.all(parts.map(({ at }) => copies.copiesOf(desk, at)))).flat()
  await desk.db.transaction(async (tx) => {
    await audit(tx, {
      key: `hide:${message.id}`,
      actor: { kind: 'operator', id: by.id },
      action: 'hide',
      appeal: appeal.id,
      citizen: appeal.citizenId,
      data: { message: message.id, files: parts.length },
    })
    const phrase = { type: 'phrase', phrase: 'secrets.hidden_by', vars: { operator: by.name } } as const
    await toTopic(tx, desk, appeal.id, [
      ...there.map(({ chat, message: copy }) => ({
        key: `hide:${chat}:${copy}`,
        letter: { type: 'delete', chat, message: copy } as const,
      })),
      { key: `hidden_by:${message.id}`, letter: phrase },
    ])
  })
}

const FILES = new Set(['photo', 'document', 'video'])

/** With the first file of an appeal: what should not be seen on it, and that the desk can hide it. Said once. */
export const warnOfFiles = async (desk: Desk, appeal: Appeal, { kind }: Content): Promise<void> => {
  if (!FILES.has(kind)) return
  const letter = { type: 'phrase', phrase: 'secrets.files' } as const
  await desk.db.transaction((tx) => toCitizen(tx, desk, appeal.citizenId, { key: `files_warned:${appeal.id}`, letter }))
}

/** Everything on a card that a citizen wrote. */
export const cardText = ({ trail, answers }: Context): string =>
  [...answers, ...trail].map(({ text }) => text ?? '').join('\n')
