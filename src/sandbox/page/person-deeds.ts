import { changePerson } from './api.ts'
import type { MenuItem } from './menu.ts'
import type { Side } from './state.ts'
import { done } from './toast.ts'
import type { Person, PersonDeed } from './wire.ts'
import { w } from './words.ts'

/** What can be done about a person: blocking the bot, coming into the group or leaving it, another language. */
export function personDeeds(one: Person, side: Side): MenuItem[] {
  const item = (label: string, deed: Omit<PersonDeed, 'id'>): MenuItem => ({
    label,
    act: () => void change({ id: one.id, ...deed }),
    data: { 'data-testid': 'person-deed' },
  })
  const other = one.language_code.startsWith('ru') ? 'en' : 'ru'
  const language = item(w.speak[other], { language_code: other })
  if (side === 'desk') return [...standings(one, item), language]
  const block = { ...item(w.block, { blocked: true }), icon: 'blocked' as const, danger: true }
  return [one.blocked ? item(w.unblock, { blocked: false }) : block, language]
}

function standings({ standing }: Person, item: (label: string, deed: Omit<PersonDeed, 'id'>) => MenuItem): MenuItem[] {
  const join = item(w.join, { standing: 'member' })
  const admin = item(w.joinAdmin, { standing: 'administrator' })
  const member = item(w.joinMember, { standing: 'member' })
  const leave = { ...item(w.leave, { standing: 'left' }), danger: true }
  if (standing === 'left') return [join, admin]
  return [standing === 'administrator' ? member : admin, leave]
}

async function change(deed: PersonDeed): Promise<void> {
  done(await changePerson(deed))
}
