import { doToTopic } from './api.ts'
import { el } from './dom.ts'
import { icon } from './icons.ts'
import { type MenuPart, openMenu } from './menu.ts'
import { deskPlace, GENERAL } from './state.ts'
import { ask, done } from './toast.ts'
import { topicName } from './topic-name.ts'
import type { TopicDeed } from './wire.ts'
import { w } from './words.ts'

/** What an administrator of the group can do to a topic by hand. */
export function topicMenuButton() {
  const names = { title: w.topicMenu, 'aria-label': w.topicMenu, 'aria-haspopup': 'menu', 'data-testid': 'topic-menu' }
  const node = el('button', { type: 'button', class: 'round', ...names }, icon('more'))
  node.addEventListener('click', () => openMenu(node, w.topicMenu, parts()))
  const draw = () => {
    node.hidden = (deskPlace()?.thread ?? GENERAL) === GENERAL
  }
  return { node, draw }
}

function parts(): MenuPart[] {
  const place = deskPlace()
  const closed = place?.chat.topics.find((topic) => topic.thread_id === place.thread)?.closed
  const change = closed ? 'reopen' : 'close'
  return [
    { label: w.topicDeeds[change], icon: closed ? 'check' : 'lock', act: () => void act(change) },
    { label: w.topicDeeds.delete, icon: 'close', danger: true, act: () => void act('delete') },
  ]
}

async function act(deed: TopicDeed['deed']): Promise<void> {
  const place = deskPlace()
  if (!place?.thread) return
  const name = topicName(place.chat, place.thread)
  if (deed === 'delete' && !(await ask(w.deleteSure(name), w.topicDeeds.delete))) return
  done(await doToTopic({ from: place.me.id, chat: place.chat.id, thread: place.thread, deed }))
}
