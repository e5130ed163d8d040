import { InputFile } from 'grammy'
import { DESK_LANG } from '../desk/desk.ts'
import type { Letter } from '../desk/letters.ts'
import { csvOf } from '../desk/stats/csv.ts'
import { picture } from '../desk/stats/picture.ts'
import { render } from '../desk/stats/render.ts'
import { weekUntil } from '../desk/stats/week.ts'
import { sayOf, textOf, titleOf } from '../desk/stats/words.ts'
import type { Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { fitText } from './wire.ts'

/** The week as a picture, as words or as a table, with the figures of the moment at which it is sent. */
export const sendStats: Sender<Extract<Letter, { type: 'stats' }>> = async ({ api, desk }, { letter, to, without }) => {
  const week = await weekUntil(desk, letter.last)
  const title = titleOf(week)
  const caption = (key: string) => desk.texts().t(DESK_LANG, key, { dates: title })
  if (letter.part === 'text') {
    const { text, entities } = fitText(rich(textOf(desk, week)), without)
    await api.sendMessage(to.chat, text, { entities, link_preview_options: { is_disabled: true } })
  } else if (letter.part === 'table') {
    const file = new InputFile(csvOf(week), `okoshko-${week.days.at(0)?.date}-${letter.last}.csv`)
    await api.sendDocument(to.chat, file, { caption: caption('stats.table') })
  } else {
    const svg = picture({ week, say: sayOf(desk), lang: DESK_LANG, title })
    await api.sendPhoto(to.chat, new InputFile(await render(svg), 'week.png'), { caption: caption('stats.caption') })
  }
  return []
}
