import { Socket } from 'node:net'

// The timers of an exchange. Those of a Node server are inside Node, so that it answers under fake
// timers as well; so must this. They are taken once: what a test fakes later does not reach them.
// Where fakes came first, parts of Node start the timers: none of theirs is ever fake.

type Callback<T extends unknown[]> = (...args: T) => void

const timers = process.getBuiltinModule('node:timers')

/** Fakes of Jest, Vitest and Sinon carry their clock; those of node:test are bound functions. */
function isReal(timer: Callback<never>, name: string): boolean {
  return timer.name === name && !('clock' in timer)
}

/** A read of nothing calls back on the next tick. */
function tickOfRead<T extends unknown[]>(callback: Callback<T>, ...args: T): void {
  const { read } = process.getBuiltinModule('node:fs')
  read(0, Buffer.alloc(0), 0, 0, null, () => callback(...args))
}

interface Turn {
  isCleared: boolean
}

function turnOfScheduler<T extends unknown[]>(callback: Callback<T>, ...args: T): Turn {
  const { scheduler } = process.getBuiltinModule('node:timers/promises')
  const turn = { isCleared: false }
  void scheduler.yield().then(() => {
    if (!turn.isCleared) callback(...args)
  })
  return turn
}

function clearTurn(turn: Turn | undefined): void {
  if (turn) turn.isCleared = true
}

/** Holds no process; 0 would clear it. */
function socketTimeout<T extends unknown[]>(
  callback: Callback<T>,
  timeoutMs: number,
  ...args: T
): Socket {
  return new Socket().setTimeout(timeoutMs || 1, () => callback(...args))
}

function clearSocketTimeout(socket: Socket | undefined): void {
  socket?.setTimeout(0)
}

const hasImmediate = isReal(timers.setImmediate, 'setImmediate')
const hasTimeout = isReal(timers.setTimeout, 'setTimeout')

// The casts hold as long as what a timer returns is only given to its clear function.
export const nextTick = (
  isReal(process.nextTick, 'nextTick') ? process.nextTick : tickOfRead
) as typeof process.nextTick
export const setImmediate = (
  hasImmediate ? timers.setImmediate : turnOfScheduler
) as typeof timers.setImmediate
export const clearImmediate = (
  hasImmediate ? timers.clearImmediate : clearTurn
) as typeof timers.clearImmediate
export const setTimeout = (
  hasTimeout ? timers.setTimeout : socketTimeout
) as typeof timers.setTimeout
export const clearTimeout = (
  hasTimeout ? timers.clearTimeout : clearSocketTimeout
) as typeof timers.clearTimeout
