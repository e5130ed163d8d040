import { createHash } from 'node:crypto'
import * as appeals from '../desk/appeals.ts'
import * as citizens from '../desk/citizens.ts'
import type { Letter } from '../desk/letters.ts'
import { look } from '../desk/look.ts'
import * as waits from '../desk/waits.ts'
import type { Sender } from './deliver.ts'
import { plainly, withoutPictures } from './plain.ts'
import { rich } from './rich.ts'
import type { Screen } from './show.ts'
import { waitScreen } from './wait-screen.ts'
import { above, fitText } from './wire.ts'

/** Drawn when it is sent, so that an older row does no harm. A message that the citizen deleted is not sent again. */
export const sendWait: Sender<Extract<Letter, { type: 'wait' }>> = async ({ api, desk }, dispatch) => {
  const { letter, to, lang, citizen, row, without } = dispatch
  const [appeal, wait] = await Promise.all([appeals.byId(desk, letter.appeal), waits.of(desk, letter.appeal)])
  if (!appeal || !wait || (!letter.first && (wait.message === null || without.edit))) return []
  const screen = waitScreen({ texts: desk.texts(), lang, said: letter.said }, appeal, await look(desk, appeal))
  const plain = citizen !== null && (await citizens.byId(desk, citizen))?.plain
  const shown: Screen =
    !plain || citizen === null
      ? screen
      : letter.first
        ? await plainly(desk, { id: citizen, lang }, screen)
        : withoutPictures(screen)
  const said = rich(shown.html)
  const words = row.repeated > 0 && letter.first ? above(rich(desk.texts().t(lang, 'repeat.mark')), said) : said
  const { text, entities } = fitText(words, without)
  const reply_markup = { inline_keyboard: without.buttons ? [] : (screen.rows ?? []) }
  const options = { entities, reply_markup, link_preview_options: { is_disabled: true } }
  const drawn = createHash('sha256')
    .update(JSON.stringify([text, entities, reply_markup]))
    .digest('base64url')
  if (letter.first) {
    const { message_id: message } = await api.sendMessage(to.chat, text, options)
    await waits.sent(desk, appeal.id, { message, drawn })
  } else if (wait.message !== null && wait.drawn !== drawn) {
    await api.editMessageText(to.chat, wait.message, text, options)
    await waits.sent(desk, appeal.id, { message: wait.message, drawn })
  }
  return []
}
