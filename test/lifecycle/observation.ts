import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface Messages {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly socket: Socket
}

/** What a call gave and what came of it, as plain text. */
export interface Observed {
  /** What the call returned or threw. */
  readonly result: string
  /** Every event and callback, in order, from the call on. */
  readonly events: readonly string[]
  /** Right after the call. */
  readonly atOnce: State
  /** When nothing more happens. */
  readonly settled: State
}

export type State = Readonly<Record<string, unknown>>

const eventsOf = {
  // `pause` and `resume` tell of the stream's own housekeeping.
  req: ['end', 'close', 'error', 'aborted', 'timeout'],
  res: ['prefinish', 'finish', 'close', 'error', 'drain', 'timeout', 'pipe', 'unpipe'],
  socket: ['close', 'error', 'timeout', 'drain'],
} as const

/** Writes down what an app can see of one exchange. */
export class Observation {
  readonly messages: Messages
  #entries: string[] = []
  #called: { result: string; atOnce: State } | undefined

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.messages = { req, res, socket: req.socket }
  }

  /** How much was written down so far; grows with everything that happens. */
  get length(): number {
    return this.#entries.length
  }

  get isCalled(): boolean {
    return this.#called !== undefined
  }

  note(text: string): void {
    this.#entries.push(text)
  }

  /** A callback that writes down that it was called, and with which error. */
  callback(name: string): (error?: unknown) => void {
    return (error) => this.note(`${name}(${codeOf(error)})`)
  }

  /** Listens to every event that does not change the exchange by being listened to. */
  listen(): void {
    for (const [name, events] of Object.entries(eventsOf)) {
      const emitter = this.messages[name as keyof Messages]
      for (const event of events) {
        emitter.on(event, (value?: unknown) => this.note(`${name} ${event}${shownOf(value)}`))
      }
    }
  }

  call(act: (messages: Messages, observation: Observation) => unknown): void {
    this.#entries = []
    let result: string
    try {
      result = this.#shown(act(this.messages, this))
    } catch (error) {
      result = `throws ${codeOf(error)}`
    }
    this.#called = { result, atOnce: this.#state() }
  }

  /** To be asked for once nothing more happens. */
  get observed(): Observed | undefined {
    if (!this.#called) return undefined
    return { ...this.#called, events: [...this.#entries], settled: this.#state() }
  }

  #shown(value: unknown): string {
    const { req, res, socket } = this.messages
    if (value === req) return 'req'
    if (value === res) return 'res'
    if (value === socket) return 'socket'
    if (Buffer.isBuffer(value)) return `bytes ${value.toString('latin1', 0, 10)} (${value.length})`
    if (typeof value === 'object' && value !== null) return value.constructor.name
    return typeof value === 'function' ? 'a function' : String(value)
  }

  #state(): State {
    return stateOf(this.messages)
  }
}

export function codeOf(error: unknown): string {
  if (error === undefined || error === null) return ''
  const { code, name, message } = error as NodeJS.ErrnoException
  return code ?? `${name}: ${message}`
}

function shownOf(value: unknown): string {
  if (typeof value === 'boolean') return ` ${value}`
  return value instanceof Error ? ` ${codeOf(value)}` : ''
}

function stateOf({ req, res, socket }: Messages): State {
  return {
    'req.complete': req.complete,
    'req.aborted': req.aborted,
    'req.destroyed': req.destroyed,
    'req.closed': req.closed,
    'req.errored': codeOf(req.errored),
    'req.readable': req.readable,
    'req.readableEnded': req.readableEnded,
    'req.readableAborted': req.readableAborted,
    'req.readableFlowing': req.readableFlowing,
    'req.readableLength': req.readableLength,
    'req.readableDidRead': req.readableDidRead,
    'req.isPaused()': req.isPaused(),
    'req.signal.aborted': (req as { signal?: AbortSignal }).signal?.aborted,
    'res.headersSent': res.headersSent,
    'res.writable': res.writable,
    'res.writableEnded': res.writableEnded,
    'res.writableFinished': res.writableFinished,
    'res.finished': res.finished,
    'res.destroyed': res.destroyed,
    'res.closed': res.closed,
    'res.errored': codeOf(res.errored),
    // How many bytes is a matter of framing.
    'res.writableLength > 0': res.writableLength > 0,
    'res.writableNeedDrain': res.writableNeedDrain,
    'res.writableCorked': res.writableCorked,
    'res.writableAborted': (res as { writableAborted?: boolean }).writableAborted,
    'res.socket': res.socket === null ? null : 'socket',
    'socket.destroyed': socket.destroyed,
    'socket.closed': socket.closed,
    'socket.errored': codeOf(socket.errored),
    'socket.writable': socket.writable,
    'socket.readable': socket.readable,
    'socket.readyState': socket.readyState,
    'socket.writableEnded': socket.writableEnded,
  }
}
