import type { IncomingMessage } from 'node:http'
import { setImmediate } from './clock.ts'
import { isEndHeard, openAgain } from './node-members.ts'

/** The most that one `data` event carries, as from a socket. */
const BODY_CHUNK_BYTES = 65_536

/** What measures the time in which nothing passes. */
interface Idle {
  touch(): void
}

/**
 * The body of a request on its way into the stream that the app reads, as from a connection whose
 * packets come apart: a chunk a turn, whether anybody reads or not, until the stream has enough.
 * The end comes on a turn of its own, after the reader had the last chunk: it may put it back.
 */
export class Delivery {
  readonly #request: IncomingMessage
  readonly #connection: Idle
  readonly #beforeEnd: (request: IncomingMessage) => void
  /** Whether there is one to read. */
  readonly hasBody: boolean
  #body: Buffer
  #delivered = 0
  #hasBegun = false
  #isRead = false
  #isDue = false

  constructor(
    request: IncomingMessage,
    body: Buffer,
    connection: Idle,
    beforeEnd: (request: IncomingMessage) => void,
  ) {
    this.#request = request
    this.#body = body
    this.#connection = connection
    this.#beforeEnd = beforeEnd
    this.hasBody = body.length > 0
  }

  /** Whether the stream was asked for anything. */
  get isRead(): boolean {
    return this.#isRead
  }

  /** The listener has returned: the first chunk is there, or the message has none. */
  begin(): void {
    this.#hasBegun = true
    if (this.#body.length > 0) this.#deliver()
    else {
      this.#request.complete = true
      if (this.#isRead || this.#request.destroyed) this.#request.push(null)
    }
  }

  /** The stream wants more. */
  read(): void {
    this.#isRead = true
    if (!this.#hasBegun) return
    if (this.#body.length === 0) this.#end()
    else this.#proceedSoon()
  }

  /** What has not arrived yet passes by. */
  dump(): void {
    if (this.hasBody) this.#body = this.#body.subarray(0, this.#delivered)
    this.#request.complete = true
  }

  /**
   * Takes an end back that nobody was told of: the last chunk is being taken, or is put back. Node
   * would tell of it with the next tick.
   */
  holdEnd(): void {
    if (this.#request.destroyed || isEndHeard(this.#request)) return
    openAgain(this.#request)
    this.#proceedSoon()
  }

  get #hasArrived(): boolean {
    return this.#delivered >= this.#body.length
  }

  #proceedSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(Delivery.#proceed, this)
  }

  static #proceed(delivery: Delivery): void {
    delivery.#isDue = false
    if (!delivery.#hasArrived) delivery.#deliver()
    // What is left in a decoder that `setEncoding` brings after the end gets lost.
    else if (delivery.#isRead) delivery.#end()
    else delivery.#request.complete = true
  }

  #deliver(): void {
    if (this.#request.destroyed) return
    const end = this.#delivered + BODY_CHUNK_BYTES
    const chunk = this.#body.subarray(this.#delivered, end)
    this.#delivered = end
    this.#connection.touch()
    const wantsMore = this.#request.push(chunk)
    if (this.#hasArrived || wantsMore) this.#proceedSoon()
  }

  #end(): void {
    if (this.hasBody) this.#beforeEnd(this.#request)
    this.#request.complete = true
    this.#request.push(null)
  }
}
