import type {
  IncomingMessage as AnyRequest,
  ServerResponse as AnyResponse,
  ClientRequest,
  Server,
} from 'node:http'
import { Socket } from 'node:net'
import { AlbError } from './errors.ts'
import { IncomingMessage, OutgoingMessage, ServerResponse } from './http.ts'

/**
 * The members of Node's messages that Node does not document and this package touches, each with
 * what would be lost without it. `checkMembers` looks for them; node-members.test.ts on every
 * supported Node line.
 */
export interface Undocumented {
  /** The head as Node would send it, the only record of headers given to `writeHead`. */
  _header: string
  /** True once the head has left with what follows it; read by `writableLength` (Node 26). */
  _headerSent: boolean
  /** False keeps chunk sizes out of the body bytes; the load balancer frames the message itself. */
  chunkedEncoding: boolean
  /** Of these, `storePlainHead` reads or keeps what `_storeHeader` does: which lines the head gets. */
  _contentLength: number | null
  _last: boolean
  readonly _hasBody: boolean
  readonly _keepAliveTimeout: number
  readonly _removedConnection: boolean
  _removedContLen: boolean
  readonly _removedTE: boolean
  readonly maxRequestsOnConnectionReached: boolean
  /** Behind `closed`. */
  _closed: boolean
  /** Composes the head once it is final, whichever overload or implicit path led there. */
  _storeHeader(firstLine: string, headers: unknown): void
  /** Takes body bytes after all of Node's checks. */
  _send(data: Data, encoding?: Encoding, callback?: Callback | null): boolean
  /** Takes bytes that are not of this message: 100, 102 and 103 responses. */
  _writeRaw(data: Data, encoding?: Encoding | Callback, callback?: Callback | null): boolean
  /** Called once the app has given all, whatever listeners of `finish` it removes. */
  _finish(): void
  /** Gives header lines to the message, so that `headers` and `headersDistinct` follow Node's rules. */
  _addHeaderLines(lines: string[], count: number): void
}

/** How far a stream is; read by `destroyed`, `closed`, `readableEnded` and `stream.finished`. */
interface ReadableState {
  ended: boolean
  endEmitted: boolean
  destroyed: boolean
  closed: boolean
  closeEmitted: boolean
  flowing: boolean | null
}

export type Data = string | Uint8Array
export type Encoding = BufferEncoding | null
export type Callback = (error?: Error | null) => void
/** A response to whatever request. */
export type Message = AnyResponse<AnyRequest>

/** Holds for every IncomingMessage and ServerResponse. */
export function undocumented(message: object): Undocumented {
  return message as Undocumented
}

/** Node's own, which the responses of this package replace. */
export const {
  _storeHeader: storeHeader,
  _writeRaw: writeRaw,
  _finish: finish,
} = undocumented(ServerResponse.prototype)

/**
 * Looks for every member.
 * @throws AlbError `ALB_ERR_UNSUPPORTED_NODE` when this Node lacks one
 */
export function checkMembers(): void {
  const request = new IncomingMessage(new Socket())
  // A ServerResponse would announce itself to those who watch the channel of new ones.
  const message = new OutgoingMessage()
  const missing = [
    ...missingOf(IncomingMessage.prototype, 'function', ['_addHeaderLines']),
    ...missingOf(ServerResponse.prototype, 'function', [
      '_storeHeader',
      '_send',
      '_writeRaw',
      '_finish',
    ]),
    ...missingOf(stateOf(request), 'boolean', ['ended', 'endEmitted']),
    ...missingOf(message, 'object', ['_header']),
    ...missingOf(message, 'boolean', ['_headerSent', 'chunkedEncoding', '_closed']),
  ]
  if (missing.length > 0) {
    throw new AlbError(
      'ALB_ERR_UNSUPPORTED_NODE',
      `Node ${process.version} lacks what koa-alb needs of its http messages: ${missing.join(', ')}`,
    )
  }
}

function missingOf(holder: object | undefined, type: string, names: string[]): string[] {
  return names.filter((name) => typeof Reflect.get(holder ?? {}, name) !== type)
}

/** Whether a stream has not ended, or its reader was told that it has. */
export function isEndHeard(request: AnyRequest): boolean {
  const { ended, endEmitted } = stateOf(request)
  return !ended || endEmitted === true
}

/** Takes the end of a stream back. */
export function openAgain(request: AnyRequest): void {
  stateOf(request).ended = false
}

function stateOf(request: AnyRequest): Partial<ReadableState> {
  return (request as unknown as { _readableState: Partial<ReadableState> })._readableState
}

/**
 * Marks a stream as ended and closed, where nobody waits for the events; false when this Node keeps
 * that elsewhere.
 */
export function markEnded(request: AnyRequest): boolean {
  const state = stateOf(request)
  if (typeof state.closeEmitted !== 'boolean' || typeof state.closed !== 'boolean') return false
  state.ended = state.endEmitted = state.destroyed = state.closed = state.closeEmitted = true
  state.flowing = true
  return true
}

/** Lets a body pass by as a server does, whose ways differ between Node lines. */
export function passBy(request: AnyRequest): void {
  const { _dump } = request as { _dump?: () => void }
  if (_dump) _dump.call(request)
  else request.resume()
}

/** Without it, `request.signal` would abort when the socket closes after a complete response. */
export const detachAbortSignal = symbolOf(IncomingMessage.prototype, 'kDetachAbortSignal')

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

/**
 * Fields that were set one by one: by their names in lower case, each name as given and value; with
 * `true` behind them where the value is one text or number of visible ASCII.
 */
export type SetFields = Record<string, readonly [name: string, value: unknown, isAscii?: true]>

const outHeaders = outHeadersSymbol()

/** Where Node keeps fields, found by what it makes of one; undefined when it does otherwise. */
function outHeadersSymbol(): symbol | undefined {
  const message = new OutgoingMessage()
  const symbol = symbolOf(message, 'kOutHeaders')
  if (!symbol || Reflect.get(message, symbol) !== null) return undefined
  const missing = [
    ...missingOf(message, 'object', ['_contentLength']),
    ...missingOf(message, 'number', ['_keepAliveTimeout']),
    ...missingOf(message, 'boolean', [
      '_last',
      '_hasBody',
      '_removedConnection',
      '_removedContLen',
      '_removedTE',
      'maxRequestsOnConnectionReached',
    ]),
  ]
  if (missing.length > 0) return undefined
  // The first call of Node's `setHeader` takes 0.1 ms of a cold start.
  Reflect.set(message, symbol, { 'x-name': ['X-Name', 'value'] })
  // Documented of requests, which are of the same class.
  return (message as ClientRequest).getRawHeaderNames()[0] === 'X-Name' ? symbol : undefined
}

/** The fields set on a message, null for none; undefined when this Node keeps them elsewhere. */
export function outHeadersOf(message: object): SetFields | null | undefined {
  return outHeaders && (message as Record<symbol, SetFields | null>)[outHeaders]
}

export function replaceOutHeaders(message: object, fields: SetFields): void {
  if (outHeaders) (message as Record<symbol, SetFields>)[outHeaders] = fields
}

/** Whether a method that deals with set fields is Node's own, by its text: a patch has another. */
export function isNodesOwn(method: unknown): boolean {
  return outHeaders !== undefined && String(method).includes('[kOutHeaders]')
}

function symbolOf(holder: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(holder).find((symbol) => symbol.description === description)
}
