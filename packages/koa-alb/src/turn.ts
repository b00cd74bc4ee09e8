import { clearImmediate, setImmediate } from './clock.ts'

// Where a tick that throws meets a cleared immediate as the next of its turn, Node runs that turn for
// ever, if the app handles uncaught exceptions (20 to 26). So none is cleared whose turn has begun,
// and the first of a turn, which begins it, never: there is one at most, however many exchanges come.

let turn = 0
let hasFirst = false

/** What is to come with a turn of the event loop. */
export interface Turn {
  readonly number: number
  /** There is nothing to clear of the first. */
  readonly immediate: NodeJS.Immediate | undefined
}

/** Calls back with the next turn of the event loop. */
export function startTurn<T>(callback: (argument: T) => void, argument: T): Turn {
  if (hasFirst) return { number: turn, immediate: setImmediate(callback, argument) }
  hasFirst = true
  setImmediate(beginTurn<T>, callback, argument)
  return { number: turn, immediate: undefined }
}

function beginTurn<T>(callback: (argument: T) => void, argument: T): void {
  hasFirst = false
  turn++
  callback(argument)
}

/** Clears it, unless its turn has begun. */
export function clearTurn({ number, immediate }: Turn): void {
  if (number === turn) clearImmediate(immediate)
}
