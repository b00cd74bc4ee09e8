import { type BodyLimit, ResponseBody } from './body.ts'
import { nextTick, setImmediate } from './clock.ts'
import type { Connection } from './connection.ts'
import { httpDate } from './date.ts'
import { restoreDisposition } from './disposition.ts'
import { isTaken } from './fast-ways.ts'
import {
  type Callback,
  type Data,
  type Encoding,
  type Message,
  storeHeader,
  type Undocumented,
  undocumented,
  writeRaw,
} from './node-members.ts'
import { storePlainHead } from './plain-head.ts'
import { fieldOf, type ResponseHead, toHead } from './response.ts'
import { isTextual } from './result.ts'

const isFast = isTaken('base64-at-once')

/** A document takes no more: whoever writes on waits for turns. */
const MOST_TURN_BYTES = 1_048_576

/** Whom a response tells of its end and of its body. */
export interface ResponseOwner extends BodyLimit {
  /** Called before any listener of the app for `finish`. */
  onFinish(): void
}

/** Head and body of a response, as Node would have sent them. */
export class Capture {
  readonly #response: Message
  readonly #connection: Connection
  readonly #owner: ResponseOwner
  readonly #body: ResponseBody
  readonly #hasUniqueFields: boolean
  #head: ResponseHead | undefined
  #callbacks: Callback[] | undefined
  #isEnded = false
  #isHeld = false
  #isChunked = false
  #unflushedBytes = 0
  /** Written since a turn of the event loop was waited for. */
  #turnBytes = 0
  #needsDrain = false

  constructor(
    response: Message,
    connection: Connection,
    owner: ResponseOwner,
    hasUniqueFields: boolean,
  ) {
    this.#hasUniqueFields = hasUniqueFields
    this.#response = response
    this.#connection = connection
    this.#owner = owner
    this.#body = new ResponseBody(owner)
  }

  /** Once the head is sent. */
  get head(): ResponseHead | undefined {
    return this.#head
  }

  get body(): ResponseBody {
    return this.#body
  }

  get needsDrain(): boolean {
    return this.#needsDrain
  }

  keepHead(message: Message, statusLine: string, headers: unknown): void {
    const members = undocumented(message)
    this.#head =
      (this.#hasUniqueFields ? undefined : storePlainHead(message, statusLine, headers)) ??
      composeHead(message, statusLine, headers)
    this.#isChunked = members.chunkedEncoding
    members.chunkedEncoding = false
  }

  keepBytes(
    message: Message,
    data: Data,
    encoding?: Encoding,
    callback?: Callback | null,
  ): boolean {
    const members = undocumented(message)
    if (!this.#connection.writable) {
      // Node keeps what a connection takes no more: such a response never finishes.
      if (!members._headerSent) writeRaw.call(message, members._header, 'latin1', null)
      members._headerSent = true
      return writeRaw.call(message, data, encoding, callback)
    }
    this.#countHead(members)
    if (callback) this.#acknowledgeSoon(callback)
    if (data.length === 0) return !this.#needsDrain
    const before = this.#body.bytes
    const isTaken = this.#keepBody(data, encoding)
    const bytes = this.#body.bytes - before
    this.#connection.countBytes(bytes)
    this.#unflushedBytes += bytes
    if (isTaken && this.#unflushedBytes < this.#response.writableHighWaterMark) return true
    this.#needsDrain = true
    if (isTaken) this.#drainSoon()
    return false
  }

  /**
   * A socket that takes all at once calls back with a tick, too, which is a tenth less time for a
   * stream of 700 KB; a turn of the event loop now and then, so that an endless source starves no timer.
   */
  #drainSoon(): void {
    this.#turnBytes += this.#unflushedBytes
    if (this.#turnBytes < MOST_TURN_BYTES) nextTick(Capture.#drain, this)
    else {
      this.#turnBytes = 0
      setImmediate(Capture.#drain, this)
    }
  }

  #keepBody(data: Data, encoding: Encoding | undefined): boolean {
    if (typeof data !== 'string') {
      return (this.#isWhole(data) && this.#body.writeWhole(data)) || this.#body.write(data)
    }
    const isPlain = !encoding || /^utf-?8$/i.test(encoding)
    return this.#body.write(isPlain ? data : Buffer.from(data, encoding))
  }

  /** Whether a chunk is all of a body that goes as base64. */
  #isWhole(data: Uint8Array): boolean {
    const fields = this.#head?.fields
    if (!isFast || !fields || this.#body.bytes > 0) return false
    const declared = fieldOf(fields, 'content-length')?.values[0]
    return declared === `${data.byteLength}` && !isTextual(fields)
  }

  #countHead(members: Undocumented): void {
    if (members._headerSent) return
    members._headerSent = true
    this.#connection.countBytes(members._header.length)
  }

  /** Bytes that are not of the message. */
  drop(callback: Callback | null | undefined): boolean {
    const isOpen = this.#response.socket !== null && this.#connection.writable
    if (isOpen && callback) this.#acknowledgeSoon(callback)
    return isOpen
  }

  /** The app has given the last of the response. */
  end(): void {
    if (!this.#connection.writable) return
    this.#isEnded = true
    if (!this.#callbacks) nextTick(Capture.#acknowledge, this)
  }

  /** `finish` is being emitted, or its listener was removed. */
  finish(): void {
    this.#owner.onFinish()
  }

  /** The connection is being ended or destroyed: Node finishes no response in chunks any more. */
  lose(): void {
    if (this.#isChunked) undocumented(this.#response).chunkedEncoding = true
  }

  /** The response takes more. */
  drain(): void {
    this.#unflushedBytes = 0
    const response = this.#response
    if (!this.#needsDrain || !this.#connection.writable || response.writableEnded) return
    this.#needsDrain = false
    response.emit('drain')
    this.#connection.emit('drain')
  }

  /** What a corked connection held back goes on. */
  uncork(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    nextTick(Capture.#acknowledge, this)
  }

  static #drain(capture: Capture): void {
    capture.drain()
  }

  #acknowledgeSoon(callback: Callback): void {
    if (this.#callbacks) this.#callbacks.push(callback)
    else {
      // A list that grows from nothing has room for seventeen.
      this.#callbacks = [callback]
      nextTick(Capture.#acknowledge, this)
    }
  }

  static #acknowledge(capture: Capture): void {
    // What is corked after the end holds nothing back.
    capture.#isHeld = !capture.#isEnded && capture.#connection.writableCorked > 0
    if (capture.#isHeld) return
    capture.#connection.flush()
    const callbacks = capture.#callbacks ?? []
    capture.#callbacks = undefined
    try {
      for (let next = callbacks.shift(); next; next = callbacks.shift()) next()
    } finally {
      // One that throws takes neither the others nor the end of the response with it.
      if (callbacks.length > 0) {
        capture.#callbacks = [...callbacks, ...(capture.#callbacks ?? [])]
        nextTick(Capture.#acknowledge, capture)
      } else if (capture.#isEnded) capture.finish()
    }
  }
}

/** The head as Node composes it, read from its text. */
function composeHead(message: Message, statusLine: string, headers: unknown): ResponseHead {
  const members = undocumented(message)
  storeHeader.call(members, statusLine, headers)
  const head = toHead(members._header)
  if (message.sendDate) renewDate(head, headers)
  if (members._header.includes('\ufffd')) restoreDisposition(head.fields, message, headers)
  return head
}

/**
 * Node keeps the text of its Date field until a timer of its own renews it. An environment that was
 * frozen meanwhile would send the time at which it froze.
 */
function renewDate({ fields }: ResponseHead, headers: unknown): void {
  const values = fieldOf(fields, 'date')?.values
  const now = httpDate()
  if (values && values[0] !== now && !namesDate(headers)) values[0] = now
}

/** Whether the fields the app gave, in whichever form `writeHead` takes them, have a date. */
function namesDate(headers: unknown): boolean {
  const names: unknown[] = Array.isArray(headers) ? headers.flat() : Object.keys(headers ?? {})
  return names.some((name) => typeof name === 'string' && name.toLowerCase() === 'date')
}
