import type { IncomingMessage as AnyRequest, Server } from 'node:http'
import { type BodyLimit, ResponseBody } from './body.ts'
import type { Connection } from './connection.ts'
import { IncomingMessage, ServerResponse } from './http.ts'
import type { HttpRequest } from './request.ts'

// The one place that extends Node's classes, and the one that touches members Node does not
// document. Each is named in `Undocumented`, with what would be lost without it. They are set on
// the instance where an app may replace the prototype of `req` and `res`, as Express does.
interface Undocumented {
  /** The head as Node would send it, the only record of headers given to `writeHead`. */
  _header: string
  /** True keeps the head out of the body bytes. */
  _headerSent: boolean
  /** False keeps chunk sizes out of the body bytes; the load balancer frames the message itself. */
  chunkedEncoding: boolean
  /** False when Node drops the body: HEAD, 204, 304. */
  readonly _hasBody: boolean
  /** Behind `closed`. */
  _closed: boolean
  /** Composes the head once it is final, whichever overload or implicit path led there. */
  _storeHeader(firstLine: string, headers: unknown): void
  /** Takes body bytes after all of Node's checks. */
  _send(data: Data, encoding?: Encoding, callback?: Callback | null): boolean
  /** Takes bytes that are not of this message: 100, 102 and 103 responses. */
  _writeRaw(data: Data, encoding?: Encoding | Callback, callback?: Callback | null): boolean
  /** Gives header lines to the message, so that `headers` and `headersDistinct` follow Node's rules. */
  _addHeaderLines(lines: string[], count: number): void
}
type Data = string | Uint8Array
type Encoding = BufferEncoding | null
type Callback = (error?: Error | null) => void

// Holds for every IncomingMessage and ServerResponse; node-http.test.ts checks each member on every
// supported Node line.
const undocumented = (message: object): Undocumented => message as Undocumented

const storeHeader = undocumented(ServerResponse.prototype)._storeHeader

/** Without it, `request.signal` would abort when the socket closes after a complete response. */
const detachAbortSignal = symbolOf(IncomingMessage.prototype, 'kDetachAbortSignal')

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

  /**
   * What a server does once the response is complete: `request.signal` (Node 26) aborts no more,
   * and a body that nobody read passes by, so that `end` and `close` come.
   */
  static finish(request: Request): void {
    if (detachAbortSignal) Reflect.get(request, detachAbortSignal).call(request)
    if (request.complete || request.#delivered > 0) return
    // Nothing of it is delivered any more.
    request.#delivered = request.#body.length
    request.resume()
  }
}

/** The response of an exchange: keeps head and body as Node would have sent them. */
export class Response extends ServerResponse<Request> {
  #head = ''
  readonly #body: ResponseBody
  #unflushedBytes = 0
  #needsDrain = false

  constructor(request: Request, traits: ServerTraits, limit: BodyLimit) {
    // The options are documented; the types leave them out.
    super(...([request, traits.responseOptions] as unknown as [Request]))
    this.#body = new ResponseBody(limit)
    const members = undocumented(this)
    members._storeHeader = this.#keepHead
    members._send = this.#keepBytes
    members._writeRaw = this.#dropBytes
    if (traits.uniqueHeaders) Object.assign(this, traits.uniqueHeaders)
  }

  /** Status line and header lines, each ended by CRLF. */
  static headOf(response: Response): string {
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

  #keepHead(firstLine: string, headers: unknown): void {
    storeHeader.call(undocumented(this), firstLine, headers)
    const members = undocumented(this)
    this.#head = members._header
    // To a lost connection Node sends nothing, and never finishes.
    members._headerSent = !this.socket?.destroyed
    members.chunkedEncoding = false
  }

  #keepBytes(data: Data, encoding?: Encoding, callback?: Callback): boolean {
    if (this.socket?.destroyed) return false
    if (callback) process.nextTick(callback)
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

  #dropBytes(_data: Data, encoding?: Encoding | Callback, callback?: Callback | null): boolean {
    const written = typeof encoding === 'function' ? encoding : callback
    if (written) process.nextTick(written)
    return true
  }

  #needDrain(): void {
    this.#needsDrain = true
    // Node's own getter reads a flag that only a connection of its own server can clear.
    Object.defineProperty(this, 'writableNeedDrain', {
      configurable: true,
      get: () => this.#needsDrain && !this.destroyed && !this.writableEnded,
    })
  }

  /** The response takes more. */
  static drain(response: Response): void {
    response.#unflushedBytes = 0
    if (!response.#needsDrain || response.destroyed || response.writableEnded) return
    response.#needsDrain = false
    response.emit('drain')
  }
}

/** What options of `http.createServer` make of the messages of a server. */
export interface ServerTraits {
  readonly joinDuplicateHeaders: boolean
  readonly responseOptions: object
  readonly uniqueHeaders: object | undefined
}

/**
 * Node keeps the options on the server, `uniqueHeaders` under a symbol it exports nowhere; without
 * it, fields the server was told to send once would be sent several times.
 */
export function traitsOf(server: Server): ServerTraits {
  const options = server as {
    joinDuplicateHeaders?: boolean
    rejectNonStandardBodyWrites?: boolean
  }
  const symbol = symbolOf(server, 'kUniqueHeaders')
  const unique = symbol && Reflect.get(server, symbol)
  return {
    joinDuplicateHeaders: options.joinDuplicateHeaders ?? false,
    responseOptions: { rejectNonStandardBodyWrites: options.rejectNonStandardBodyWrites },
    uniqueHeaders: unique ? { [symbol]: unique } : undefined,
  }
}

function symbolOf(holder: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(holder).find((symbol) => symbol.description === description)
}
