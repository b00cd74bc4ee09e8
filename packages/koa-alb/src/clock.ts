import type { MessagePort } from 'node:worker_threads'

// The timers of an exchange. Those of a Node server are inside Node, so that it answers under fake
// timers as well; so must this. They are taken once: what a test fakes later does not reach them.
// Where fakes came first, parts of Node start the timers: none of theirs is ever fake.

type Callback<T extends unknown[]> = (...args: T) => void

const { getBuiltinModule } = process
const timers = getBuiltinModule('node:timers')

/** Fakes of Jest, Vitest and Sinon carry their clock; those of node:test are bound functions. */
function isReal(timer: Callback<never>, name: string): boolean {
  return timer.name === name && !('clock' in timer)
}

/** A read of nothing calls back on the next tick. */
function tickOfRead<T extends unknown[]>(callback: Callback<T>, ...args: T): void {
  const { read } = getBuiltinModule('node:fs')
  read(0, Buffer.alloc(0), 0, 0, null, () => callback(...args))
}

/** Cleared by letting go of the callback: Node's parts may clear by what has been faked. */
interface Pending {
  call: (() => void) | undefined
}

function turnOfScheduler<T extends unknown[]>(callback: Callback<T>, ...args: T): Pending {
  const { scheduler } = getBuiltinModule('node:timers/promises')
  const pending: Pending = { call: () => callback(...args) }
  void scheduler.yield().then(() => pending.call?.())
  return pending
}

function clearPending(pending: Pending | undefined): void {
  if (pending) pending.call = undefined
}

interface PendingTimeout extends Pending {
  readonly port: MessagePort
}

/** A socket's timer holds no process, an open port does. */
function timeoutOfSocket<T extends unknown[]>(
  callback: Callback<T>,
  timeoutMs: number,
  ...args: T
): PendingTimeout {
  const { Socket } = getBuiltinModule('node:net')
  const { MessageChannel } = getBuiltinModule('node:worker_threads')
  const port = new MessageChannel().port1
  const pending: PendingTimeout = { call: () => callback(...args), port }
  port.ref()
  // 0 would start none.
  new Socket().setTimeout(timeoutMs || 1, () => {
    port.close()
    pending.call?.()
  })
  return pending
}

function clearTimeoutOfSocket(pending: PendingTimeout | undefined): void {
  pending?.port.close()
  clearPending(pending)
}

const hasTimeout = isReal(timers.setTimeout, 'setTimeout')

// The casts hold as long as what a timer returns is only given to its clear function.
type Timers = typeof timers
export const nextTick = (
  isReal(process.nextTick, 'nextTick') ? process.nextTick : tickOfRead
) as typeof process.nextTick
export const setTimeout = (hasTimeout ? timers.setTimeout : timeoutOfSocket) as Timers['setTimeout']
export const clearTimeout = (
  hasTimeout ? timers.clearTimeout : clearTimeoutOfSocket
) as Timers['clearTimeout']
const hasImmediate = isReal(timers.setImmediate, 'setImmediate')
export const setImmediate = (
  hasImmediate ? timers.setImmediate : turnOfScheduler
) as Timers['setImmediate']
export const clearImmediate = (
  hasImmediate ? timers.clearImmediate : clearPending
) as Timers['clearImmediate']
/** Milliseconds of the wall clock. */
export const { now } = Date
