import type { State } from './observation.ts'
import type { Outcome } from './play.ts'

/** A cell of the table. */
export interface Cell {
  readonly stage: string
  readonly call: string
  readonly isListened: boolean
}

/** Cells in which `albHandler` differs from a server, and why. */
interface Difference {
  readonly because: string
  readonly stage?: RegExp
  readonly call?: RegExp
  /** The Node lines on which it is one; all, unless given. */
  readonly on?: readonly number[]
}

const major = Number.parseInt(process.versions.node, 10)

const differences: readonly Difference[] = [
  {
    because: 'a load balancer takes a whole response, where the head alone may be one',
    stage: /^(HEAD, after a write|after writeHead of a 204)$/,
    call: /^res\.flushHeaders$/,
  },
  {
    because: 'the end of a body waits for its reader, who may put the last chunk back',
    stage: /a small body/,
    call: /^req\.(read|unshift|on\(readable\)|setEncoding|resume)|^(req\.|res\.|socket\.)(destroy|resetAndDestroy)|^pipe(line)? |finished\(req\)/,
  },
  {
    because: 'interim responses go nowhere, so they have no length',
    call: /^res\.write(Continue|Processing|EarlyHints)$/,
    stage: /^corked|end|finish|close|^after a write|destroySoon/,
  },
  {
    because: 'a server reads to its end, once more, a request without a body that was piped',
    call: /^pipeline from req to res$/,
  },
  { because: 'unshift returns nothing that is documented', call: /^req\.unshift$/ },
  {
    because: 'a body has arrived before the function is called, and none of it is in a kernel',
    stage: /a large body/,
  },
  {
    because: 'bytes count as sent with the next turn, after their callbacks',
    stage: /^after a write of more than the buffer takes$|^in drain$/,
  },
  {
    because: 'a connection that is closed is never idle',
    call: /the socket is idle|and it is idle/,
    stage: /destroy|Destroy|socket\.end|close of/,
  },
  {
    because: 'the end of the connection has no way to go: there is no kernel to report of it',
    call: /^socket\.(end|resetAndDestroy|destroySoon)|^finished\(socket\)|^socket\.(on\(close\)|setTimeout)/,
    stage: /end|close|finish|[dD]estroy|resume/,
  },
  {
    because: 'a request that nobody waits for is closed at once with its response',
    call: /^req\.(on\(|pipe$|pause$|read\()|^pipeline from req$/,
    stage:
      /^(a tick after|in the callback of) end|^in finish|^in close of res$|, and end$|^some turns after end and/,
  },
  {
    because: 'callbacks of writes come with the next tick, a turn of a kernel or not',
    call: /write/,
    stage: /^a small body, in end after req\.destroy/,
  },
  {
    because: 'what is corked after the end of the connection is corked for ever',
    call: /^res\.cork$/,
    stage: /socket\.end/,
  },
  {
    because: 'an error of the connection came after the response was complete',
    stage: /after end and .*\(error\)/,
    on: [24, 26],
  },
  {
    because: 'an error of the connection came after the response was complete',
    stage: /end|finish/,
    call: /destroy\(error\)/,
    on: [24, 26],
  },
  {
    because: 'Node loses what is written while a response is corked',
    stage: /^corked/,
    call: /res\.end|into res/,
    on: [22, 24],
  },
  {
    because: 'Node holds chunks back to make one of them, before it asks the connection',
    stage: /destroy|Destroy|socket\.end/,
    call: /res\.(write\(|end)|writes?$|into res/,
    on: [26],
  },
  {
    because: 'callbacks of writes come with the next tick, a turn of a kernel or not',
    stage: /^a small body, in end/,
    call: /write/,
    on: [26],
  },
  {
    because: 'the connection of a complete response closes at once',
    stage: /^in close of req$/,
  },
]

/** Whether the cell is one of a difference. */
export function isDifferent({ stage, call }: Cell): boolean {
  return differences.some(
    (one) =>
      (one.stage ?? /^/).test(stage) &&
      (one.call ?? /^/).test(call) &&
      (one.on ?? [major]).includes(major),
  )
}

/** What of an outcome has to be the same. */
export function comparable(outcome: Outcome, isListened: boolean): unknown {
  const { result, answer, events, atOnce, settled } = outcome
  return {
    result,
    answer,
    events,
    atOnce: comparableState(atOnce, isListened),
    settled: comparableState(settled, isListened),
  }
}

/**
 * Once a response is complete its connection is closed, without the steps of a socket on its way
 * there; and where nobody listens, the stream of its request is closed at once.
 */
function comparableState(state: State, isListened: boolean): State {
  if (!state['res.writableFinished']) {
    // Node 26 holds chunks back to make one of them, and counts them.
    const held = { 'res.writableLength > 0': undefined, 'res.writableCorked': undefined }
    return major < 26 ? state : { ...state, ...held }
  }
  return Object.fromEntries(
    Object.entries(state).filter(
      ([name]) => !name.startsWith('socket.') && (isListened || !name.startsWith('req.')),
    ),
  )
}
