import type { IncomingMessage as AnyRequest, ServerResponse as AnyResponse } from 'node:http'
import { type BodyLimit, ResponseBody } from './body.ts'
import type { Connection } from './connection.ts'
import { IncomingMessage, ServerResponse } from './http.ts'
import {
  type Callback,
  type Data,
  detachAbortSignal,
  type Encoding,
  type ServerTraits,
  storeHeader,
  undocumented,
} from './node-members.ts'
import type { HttpRequest } from './request.ts'
import { type ResponseHead, toHead } from './response.ts'

// The one place that extends Node's http classes. Members are set on the instance where an app may
// replace the prototype of `req` and `res`, as Express does.

/** The most that one `data` event carries, as from a socket. */
const BODY_CHUNK_BYTES = 65_536

/** The request of an exchange; its body is delivered as the app reads it. */
export class Request extends IncomingMessage {
  /** Of `http.createServer`; joins repeated fields that are single-valued otherwise. */
  declare joinDuplicateHeaders: boolean
  readonly #owner: unknown
  #body: Buffer
  #delivered = 0

  constructor(connection: Connection, traits: ServerTraits, request: HttpRequest, owner: unknown) {
    super(connection)
    this.#owner = owner
    this.#body = request.body
    this.joinDuplicateHeaders = traits.joinDuplicateHeaders
    this.method = request.method
    this.url = request.target
    this.httpVersion = '1.1'
    this.httpVersionMajor = 1
    this.httpVersionMinor = 1
    undocumented(this)._addHeaderLines(request.rawHeaders, request.rawHeaders.length)
    this._read = this.#deliver
  }

  /** What the request was constructed with, `undefined` for a request of any other server. */
  static ownerOf(request: AnyRequest): unknown {
    return Request.isOurs(request) ? request.#owner : undefined
  }

  /** Holds whatever prototype an app gave it. */
  static isOurs(request: unknown): request is Request {
    return typeof request === 'object' && request !== null && #owner in request
  }

  #deliver(): void {
    let wanted = true
    while (wanted && this.#delivered < this.#body.length) {
      const end = this.#delivered + BODY_CHUNK_BYTES
      const chunk = this.#body.subarray(this.#delivered, end)
      this.#delivered = end
      wanted = this.push(chunk)
    }
    if (!wanted || this.complete) return
    this.complete = true
    this.push(null)
  }

  /** What a server does once the response is complete: `request.signal` (Node 26) aborts no more. */
  static finish(request: Request): void {
    if (detachAbortSignal) Reflect.get(request, detachAbortSignal).call(request)
  }

  /**
   * A body that nobody read passes by, so that `end` and `close` come. Where nobody waits for
   * them, the stream is only marked as it would be afterwards: 6 to 9 % of a small exchange.
   */
  static close(request: Request): void {
    if (request.complete || request.#delivered > 0) return
    // Nothing of it is delivered any more.
    request.#delivered = request.#body.length
    const isAwaited = request.listenerCount('end') > 0 || request.listenerCount('close') > 0
    if (isAwaited || request.readableFlowing !== null) request.resume()
    else {
      request.complete = true
      const state = undocumented(request)._readableState
      state.ended = state.endEmitted = state.destroyed = state.closed = state.closeEmitted = true
    }
  }
}

/** Whom a response tells of its end and of its body. */
export interface ResponseOwner extends BodyLimit {
  /** Called before any listener of the app for `finish`. */
  onFinish(): void
}

// The options are documented; the types leave them out.
const ServerResponseWithOptions = ServerResponse as unknown as new (
  request: Request,
  options: object,
) => AnyResponse<Request>

/** The response of an exchange: keeps head and body as Node would have sent them. */
export class Response extends ServerResponseWithOptions {
  readonly #owner: ResponseOwner
  readonly #body: ResponseBody
  #head!: ResponseHead
  #callbacks: Callback[] = []
  #unflushedBytes = 0
  #needsDrain = false

  constructor(request: Request, traits: ServerTraits, owner: ResponseOwner) {
    super(request, traits.responseOptions)
    this.#owner = owner
    this.#body = new ResponseBody(owner)
    const members = undocumented(this)
    members._storeHeader = this.#keepHead
    members._send = this.#keepBytes
    members._writeRaw = this.#dropBytes
    if (traits.uniqueHeaders) Object.assign(this, traits.uniqueHeaders)
    this.on('finish', Response.#tellFinish)
  }

  static #tellFinish(this: Response): void {
    this.#owner.onFinish()
  }

  /** Once the head is sent. */
  static headOf(response: Response): ResponseHead {
    return response.#head
  }

  static bodyOf(response: Response): ResponseBody {
    return response.#body
  }

  /** False when HTTP gives the response no body: HEAD, 204, 304. */
  static mayHaveBody(response: Response): boolean {
    return undocumented(response)._hasBody
  }

  /** What a server does a tick after `finish`. */
  static close(response: Response): void {
    if (response.closed) return
    response.destroyed = true
    undocumented(response)._closed = true
    response.emit('close')
  }

  #keepHead(statusLine: string, headers: unknown): void {
    const members = undocumented(this)
    storeHeader.call(members, statusLine, headers)
    this.#head = toHead(members._header)
    // To a lost connection Node sends nothing, and never finishes.
    members._headerSent = !this.socket?.destroyed
    members.chunkedEncoding = false
  }

  #keepBytes(data: Data, encoding?: Encoding, callback?: Callback): boolean {
    if (this.socket?.destroyed) return false
    if (callback && this.#callbacks.push(callback) === 1)
      process.nextTick(Response.#acknowledge, this)
    if (data.length === 0) return true
    // The caller may use its buffer again once the callback has run.
    const plain = typeof data === 'string' && (!encoding || /^utf-?8$/i.test(encoding))
    const chunk = plain ? data : Buffer.from(data as string, encoding ?? undefined)
    this.#unflushedBytes += chunk.length
    const isTaken = this.#body.write(chunk)
    if (isTaken && this.#unflushedBytes < this.writableHighWaterMark) return true
    this.#needDrain()
    // Bytes count as sent once the event loop turns, so that an endless source starves no timer.
    if (isTaken) setImmediate(Response.drain, this)
    return false
  }

  static #acknowledge(response: Response): void {
    const callbacks = response.#callbacks
    response.#callbacks = []
    for (const callback of callbacks) callback()
  }

  #dropBytes(_data: Data, encoding?: Encoding | Callback, callback?: Callback | null): boolean {
    const written = typeof encoding === 'function' ? encoding : callback
    if (written) process.nextTick(written)
    return true
  }

  #needDrain(): void {
    this.#needsDrain = true
    // Node's own getter reads a flag that only a connection of its own server can clear.
    Object.defineProperty(this, 'writableNeedDrain', Response.#writableNeedDrain)
  }

  static readonly #writableNeedDrain: ThisType<Response> & PropertyDescriptor = {
    configurable: true,
    get() {
      return this.#needsDrain && !this.destroyed && !this.writableEnded
    },
  }

  /** The response takes more. */
  static drain(response: Response): void {
    response.#unflushedBytes = 0
    if (!response.#needsDrain || response.destroyed || response.writableEnded) return
    response.#needsDrain = false
    response.emit('drain')
  }
}
