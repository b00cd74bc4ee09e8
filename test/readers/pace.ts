import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'

/** When an app begins to read. */
export const starts = {
  'at once': (begin: () => void): unknown => begin(),
  'a tick later': (begin: () => void): unknown => process.nextTick(begin),
  'a microtask later': (begin: () => void): unknown => queueMicrotask(begin),
  'a turn later': (begin: () => void): unknown => setImmediate(begin),
  '20 ms later': (begin: () => void): unknown => setTimeout(begin, 20),
} as const
export type Start = keyof typeof starts

/** What a reader waits for between chunks, or before it puts one back. */
export const waits = {
  nothing: undefined,
  'a tick': () => new Promise<void>((resolve) => process.nextTick(resolve)),
  'a promise': async () => {},
  'a turn': () => turn(),
  '10 ms': () => delay(10),
} as const
export type Wait = (() => Promise<void>) | undefined
export type WaitName = keyof typeof waits

export function began(start: Start): Promise<void> {
  return new Promise((resolve) => starts[start](resolve))
}
