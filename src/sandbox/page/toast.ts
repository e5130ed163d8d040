import { el } from './dom.ts'
import type { Refusal } from './wire.ts'
import { w } from './words.ts'

export const toasts = el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite', popover: 'manual' })

/** A line that goes away by itself. */
export function toast(text: string): void {
  const line = el('div', { class: 'toast', 'data-testid': 'toast' }, text)
  toasts.append(line)
  // Shown anew, the toasts lie above a dialog that opened meanwhile.
  if (toasts.matches(':popover-open')) toasts.hidePopover()
  toasts.showPopover()
  setTimeout(() => {
    line.remove()
    if (!toasts.hasChildNodes()) toasts.hidePopover()
  }, 5000)
}

/** Says why something was refused; true if it was done. */
export function done<T extends { ok: true }>(answer: T | Refusal): answer is T {
  if (!answer.ok) toast(answer.description)
  return answer.ok
}

export function alertBox(text: string): void {
  const ok = el('button', { class: 'primary', autofocus: true }, 'OK')
  openDialog(el('form', { method: 'dialog' }, el('p', { class: 'alert-text' }, text), ok), text)
}

export function ask(question: string, yes: string): Promise<boolean> {
  const buttons = [el('button', { value: '' }, w.cancel), el('button', { value: 'yes', class: 'primary danger' }, yes)]
  const box = el('form', { method: 'dialog' }, el('p', {}, question), el('div', { class: 'row-end' }, ...buttons))
  const dialog = openDialog(box, question)
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes')))
}

export function openDialog(content: HTMLElement, label: string): HTMLDialogElement {
  const dialog = el('dialog', { 'aria-label': label, 'data-testid': 'dialog' }, content)
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/** Copies a text; pages that were not opened from this machine may not use the clipboard directly. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(w.copied)
  } catch {
    const field = el('textarea', { class: 'offscreen' })
    field.value = text
    document.body.append(field)
    field.select()
    toast(document.execCommand('copy') ? w.copied : w.notCopied)
    field.remove()
  }
}
