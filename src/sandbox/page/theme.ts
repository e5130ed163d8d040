import { el } from './dom.ts'
import { icon } from './icons.ts'
import { speak, tongue, w } from './words.ts'

type Theme = 'auto' | 'light' | 'dark'

const key = 'okoshko.theme'
const next: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' }

export function switches(): HTMLElement {
  const theme = el('button', { type: 'button', class: 'round', 'data-testid': 'theme-switch' })
  const draw = () => {
    const now = current()
    document.documentElement.dataset.theme = now
    theme.replaceChildren(icon(now))
    theme.title = w.theme[now]
    theme.setAttribute('aria-label', w.theme[now])
  }
  theme.addEventListener('click', () => {
    localStorage.setItem(key, next[current()])
    draw()
  })
  draw()
  const other = tongue === 'ru' ? 'en' : 'ru'
  const label = { type: 'button', class: 'plain', lang: other, 'data-testid': 'language-switch' }
  const language = el('button', { ...label, onclick: () => speak(other) }, w.otherLanguage)
  return el('div', { class: 'switches' }, language, theme)
}

function current(): Theme {
  const kept = localStorage.getItem(key)
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}
