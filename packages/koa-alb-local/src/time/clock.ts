import { File } from 'node:buffer'
import { Socket } from 'node:net'
import { MessageChannel } from 'node:worker_threads'

// A load balancer is another machine: fake timers of a test must neither stop a request nor let it
// run out of time. Timers are taken once: what a test fakes later does not reach them. Where fakes
// came first, sockets have the timers: no fake reaches Node's own parts.

const timers = process.getBuiltinModule('node:timers')

/** Cleared by letting go of the callback: a socket may clear by what has been faked. */
interface Pending {
  call: (() => void) | undefined
  unref(): Pending
}

const { setTimeout: realTimeout } = timers

// No timer holds the process, so that an invocation which hangs does not either, when the client and
// the server have gone; a server that listens does.
function unheldTimeout<T extends unknown[]>(
  callback: (...args: T) => void,
  timeoutMs: number,
  ...args: T
): NodeJS.Timeout {
  return realTimeout(callback, timeoutMs, ...args).unref()
}

function timeoutOfSocket<T extends unknown[]>(
  callback: (...args: T) => void,
  timeoutMs: number,
  ...args: T
): Pending {
  const pending: Pending = { call: () => callback(...args), unref: () => pending }
  // 0 would start none.
  new Socket().setTimeout(timeoutMs || 1, () => pending.call?.())
  return pending
}

function clear(pending: Pending | undefined): void {
  if (pending) pending.call = undefined
}

// Fakes of Jest, Vitest and Sinon carry their clock; those of node:test are bound functions.
const isReal = timers.setTimeout.name === 'setTimeout' && !('clock' in timers.setTimeout)

// The casts hold as long as a timer is only cleared and unreferenced.
type Timers = typeof timers
export const setTimeout = (isReal ? unheldTimeout : timeoutOfSocket) as Timers['setTimeout']
export const clearTimeout = (isReal ? timers.clearTimeout : clear) as Timers['clearTimeout']

/** The process stays until the work is done, whatever the work itself holds. */
export async function holdingProcess<Value>(work: () => Promise<Value>): Promise<Value> {
  const port = new MessageChannel().port1
  port.ref()
  try {
    return await work()
  } finally {
    port.close()
  }
}

/** Milliseconds since this process started, which fakes leave alone, unlike `performance.now()`. */
export function uptimeMs(): number {
  return process.uptime() * 1000
}

/** What every process of this machine has for the time: Node dates a file that is made. */
export function machineTimeMs(): number {
  return new File([], '').lastModified
}

/** What the program has for the time. The date of a test counts for cookies, tokens and logs. */
export function programTimeMs(): number {
  return Date.now()
}
