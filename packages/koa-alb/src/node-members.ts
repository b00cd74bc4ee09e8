import type { Server } from 'node:http'
import { IncomingMessage, ServerResponse } from './http.ts'

/**
 * The members of Node's messages that Node does not document and this package touches, each with
 * what would be lost without it. node-http.test.ts checks them on every supported Node line.
 */
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
  /** How far a stream is; read by `destroyed`, `closed`, `readableEnded` and `stream.finished`. */
  readonly _readableState: {
    ended: boolean
    endEmitted: boolean
    destroyed: boolean
    closed: boolean
    closeEmitted: boolean
  }
}
export type Data = string | Uint8Array
export type Encoding = BufferEncoding | null
export type Callback = (error?: Error | null) => void

/** Holds for every IncomingMessage and ServerResponse. */
export function undocumented(message: object): Undocumented {
  return message as Undocumented
}

/** Node's own, which the responses of this package replace. */
export const storeHeader = undocumented(ServerResponse.prototype)._storeHeader

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

function symbolOf(holder: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(holder).find((symbol) => symbol.description === description)
}
