import type { IncomingMessage as AnyRequest } from 'node:http'
import { Capture, type ResponseOwner } from './capture.ts'
import type { Connection } from './connection.ts'
import { Delivery } from './delivery.ts'
import { headerLimit } from './header-limit.ts'
import { IncomingMessage, ServerResponse } from './http.ts'
import { CARRIED, type Carried } from './invocation.ts'
import {
  type Callback,
  type Data,
  detachAbortSignal,
  type Encoding,
  finish,
  isEndHeard,
  type Message,
  markEnded,
  passBy,
  type ServerTraits,
  undocumented,
} from './node-members.ts'
import type { HttpRequest } from './request.ts'
import { moveOthers, setField } from './shaped-fields.ts'

// The one place that extends Node's http classes. Methods are set on the instance where an app may
// replace the prototype of `req` and `res`, as Express does. What is behind them hangs on symbols,
// as what Node itself hangs there: objects derived from `req` (`Object.create`, a Proxy) have no
// private fields.

const DELIVERY = Symbol('delivery')
const CAPTURE = Symbol('capture')

/** The request of an exchange; its body is delivered as the app reads it. */
export class Request extends IncomingMessage {
  /** Of `http.createServer`; joins repeated fields that are single-valued otherwise. */
  declare joinDuplicateHeaders: boolean
  readonly [CARRIED]: Carried
  readonly [DELIVERY]: Delivery

  static {
    // What error trackers and loggers print, and branch on.
    namedAs(Request, IncomingMessage)
  }

  constructor(
    connection: Connection,
    traits: ServerTraits,
    request: HttpRequest,
    carried: Carried,
  ) {
    super(connection)
    this[CARRIED] = carried
    this[DELIVERY] = new Delivery(this, request.body, connection, keepReaders)
    this.joinDuplicateHeaders = traits.joinDuplicateHeaders
    this.method = request.method
    this.url = request.target
    this.httpVersion = '1.1'
    this.httpVersionMajor = 1
    this.httpVersionMinor = 1
    const { rawHeaders } = request
    const count = Math.min(rawHeaders.length, headerLimit(connection.server))
    undocumented(this)._addHeaderLines(rawHeaders, count)
    this._read = askForMore
  }

  override read(size?: number): unknown {
    const { readableLength } = this
    const empties = readableLength > 0 && !((size ?? readableLength) < readableLength)
    if (!empties || !this[DELIVERY].hasBody || isEndHeard(this)) {
      return IncomingMessage.prototype.read.call(this, size)
    }
    this[DELIVERY].holdEnd()
    // More than there is would wait for the end.
    return IncomingMessage.prototype.read.call(this, size === undefined ? size : readableLength)
  }

  override unshift(chunk: unknown, encoding?: BufferEncoding): void {
    if (this[DELIVERY].hasBody) this[DELIVERY].holdEnd()
    IncomingMessage.prototype.unshift.call(this, chunk, encoding)
  }

  /** A message that has arrived is at its end, read or not; `stream.finished` asks for that. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.complete) this.push(null)
    super._destroy(error, callback)
  }

  /** The listener has returned. */
  static begin(request: Request): void {
    request[DELIVERY].begin()
  }

  /**
   * What a server does once the response is complete: `request.signal` (Node 26) aborts no more,
   * and a body that nobody read passes by, so that `end` and `close` come. Where nobody waits for
   * them, the stream is only marked as it would be afterwards: 6 to 9 % of a small exchange.
   */
  static finish(request: Request): void {
    if (detachAbortSignal) Reflect.get(request, detachAbortSignal).call(request)
    const delivery = request[DELIVERY]
    // It flows: the app reads it.
    if (delivery.isRead || request.readableFlowing) return
    delivery.dump()
    const isAwaited = request.listenerCount('end') > 0 || request.listenerCount('close') > 0
    const isUntouched = request.readableFlowing === null && request.readableLength === 0
    if (!isAwaited && isUntouched && markEnded(request)) return
    keepReaders(request)
    request.push(null)
    passBy(request)
  }
}

function askForMore(this: Request): void {
  IncomingMessage.prototype._read.call(this, 0)
  this[DELIVERY].read()
}

/**
 * What takes an end back. An instance needs it only after the end, where the app has replaced the
 * prototype: put on each at its start, it cost a twentieth of a small POST.
 */
function keepReaders(request: AnyRequest): void {
  if (request instanceof Request) return
  for (const name of ['read', 'unshift']) {
    const descriptor = Object.getOwnPropertyDescriptor(Request.prototype, name)
    if (descriptor && !Object.hasOwn(request, name)) {
      Object.defineProperty(request, name, descriptor)
    }
  }
}

// The options are documented; the types leave them out.
const ServerResponseWithOptions = ServerResponse as unknown as new (
  request: AnyRequest,
  options: object,
) => Message

/** The response of an exchange: its capture keeps what Node would have sent. */
export class Response extends ServerResponseWithOptions {
  readonly [CAPTURE]: Capture

  static {
    namedAs(Response, ServerResponse)
  }

  constructor(
    request: Request,
    connection: Connection,
    traits: ServerTraits,
    owner: ResponseOwner,
  ) {
    super(request, traits.responseOptions)
    this[CAPTURE] = new Capture(this, connection, owner, traits.uniqueHeaders !== undefined)
    const members = undocumented(this)
    members._storeHeader = storeHead
    members._send = send
    members._writeRaw = writeRaw
    members._finish = end
    if (traits.uniqueHeaders) Object.assign(this, traits.uniqueHeaders)
    this.on('finish', tellFinish)
  }

  override setHeader(name: string, value: number | string | readonly string[]): this {
    return setField(this, name, value) ? this : super.setHeader(name, value)
  }

  override removeHeader(name: string): void {
    moveOthers(this, name)
    super.removeHeader(name)
  }

  static captureOf(response: Response): Capture {
    return response[CAPTURE]
  }

  /** What a server does a tick after `finish`. */
  static close(response: Response): void {
    if (response.closed) return
    response.destroyed = true
    undocumented(response)._closed = true
    response.emit('close')
  }
}

function storeHead(this: Response, statusLine: string, headers: unknown): void {
  this[CAPTURE].keepHead(this, statusLine, headers)
}

function send(
  this: Response,
  data: Data,
  encoding?: Encoding,
  callback?: Callback | null,
): boolean {
  const isTaken = this[CAPTURE].keepBytes(this, data, encoding, callback)
  // Node's own getter reads a flag that only a connection of its own server can clear.
  if (this[CAPTURE].needsDrain) Object.defineProperty(this, 'writableNeedDrain', needDrain)
  return isTaken
}

const needDrain: ThisType<Response> & PropertyDescriptor = {
  configurable: true,
  get() {
    return this[CAPTURE].needsDrain && !this.destroyed && !this.writableEnded
  },
}

/** 100, 102 and 103 responses. */
function writeRaw(
  this: Response,
  _data: Data,
  encoding?: Encoding | Callback,
  callback?: Callback | null,
): boolean {
  return this[CAPTURE].drop(typeof encoding === 'function' ? encoding : callback)
}

function end(this: Response): void {
  finish.call(this)
  this[CAPTURE].end()
}

function tellFinish(this: Response): void {
  this[CAPTURE].finish()
}

/** Whether a class of this file or Node's own made an object is no affair of the app. */
function namedAs(derived: { prototype: object }, original: { prototype: object }): void {
  const descriptor = { value: original, configurable: true, writable: true }
  Object.defineProperty(derived.prototype, 'constructor', descriptor)
}
