import { copyCurl, replay } from './actions.ts'
import { dialog, move, select, selectedId, view } from './state.ts'

/** What each key does; the help lists them. */
export const keys: readonly (readonly [key: string, meaning: string, act: () => void])[] = [
  ['j', 'the next exchange', () => move(1)],
  ['k', 'the one before', () => move(-1)],
  ['/', 'search', () => document.querySelector<HTMLInputElement>('#search')?.focus()],
  ['r', 'replay', () => withSelected(replay)],
  ['e', 'edit and send', () => withSelected(() => open('edit'))],
  ['c', 'copy as curl', () => withSelected(copyCurl)],
  ['l', 'list or load balancer', otherView],
  ['?', 'these keys', () => open('help')],
  ['Escape', 'close', close],
]

export function onKey(event: KeyboardEvent): void {
  const { target, key, ctrlKey, metaKey, altKey } = event
  if (ctrlKey || metaKey || altKey) return
  const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
  if (isTyping && key === 'Escape') target.blur()
  if (isTyping || (dialog.value !== undefined && key !== 'Escape')) return
  const found = keys.find(([each]) => each === key)
  if (!found) return
  event.preventDefault()
  found[2]()
}

function open(name: NonNullable<typeof dialog.value>): void {
  dialog.value = name
}

function otherView(): void {
  view.value = view.value === 'exchanges' ? 'load-balancer' : 'exchanges'
}

function close(): void {
  if (dialog.value !== undefined) dialog.value = undefined
  else select(undefined)
}

function withSelected(act: (id: number) => unknown): void {
  if (selectedId.value !== undefined) act(selectedId.value)
}
