import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Answer, lingerMs, toBytes } from '../answer/answer.ts'
import { errorPage } from '../answer/error-page.ts'
import { Refusal } from '../answer/refusal.ts'
import { Journal } from '../log/journal.ts'
import { observationOf } from '../log/observation.ts'
import { startOf } from '../log/start.ts'
import { connectionFacts } from '../request/connection-facts.ts'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import type { CurrentListener } from './current-listener.ts'
import type { Exchange } from './exchange.ts'
import { asSent } from './request-feed.ts'
import { guarded } from './unforeseen.ts'

type Received = readonly [request: IncomingMessage, response: ServerResponse]

interface CurrentExchange extends Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

interface Fault {
  readonly refusal: Refusal
  /** Absent when none could be parsed. */
  readonly request: IncomingMessage | undefined
}

/**
 * A client connection. The next request begins when the answer to the one before is out, and only if
 * that one let the connection live: behind a refused request nobody knows what the bytes are.
 */
export class Connection {
  readonly #socket: Socket
  readonly #listener: CurrentListener
  readonly #startExchange: (...received: Received) => Exchange
  readonly #waiting: Received[] = []
  #current: CurrentExchange | undefined
  #fault: Fault | undefined
  #isOver = false
  /** What had arrived when the last exchange ended. */
  #bytesAtRest: number | undefined

  constructor(
    socket: Socket,
    listener: CurrentListener,
    startExchange: (...received: Received) => Exchange,
  ) {
    this.#socket = socket
    this.#listener = listener
    this.#startExchange = startExchange
  }

  take(...received: Received): void {
    if (this.#current) this.#waiting.push(received)
    else if (!this.#isOver) this.#start(received)
  }

  /** Ends the connection with the refusal's page, once earlier requests are answered. */
  fail(refusal: Refusal, request?: IncomingMessage): void {
    if (this.#isOver || this.#fault) return
    this.#fault = { refusal, request }
    if (this.#current) this.#stopReading()
    else this.#end(this.#fault)
  }

  /** What happens after silence. */
  idle(): void {
    const current = this.#current
    if (current?.response.statusCode === 101) this.#socket.destroy()
    else if (!current && this.#socket.bytesRead === this.#bytesAtRest) this.#socket.destroy()
    else if (!current?.request.complete) {
      this.fail(new Refusal(408, 'the client sent nothing for the idle timeout'))
    }
    // The load balancer waits for the function, however long the client has been silent, but not for
    // a client that does not take its answer. How long a server may be silent, its own side knows.
    else if (current.response.writableEnded || current.response.writableNeedDrain) {
      this.#socket.destroy()
    }
  }

  #start([request, response]: Received): void {
    this.#current = { request, response, ...this.#startExchange(request, response) }
    const next = guarded(
      'when the next request of a connection was due',
      () => this.#next(),
      () => void this.#socket.destroy(),
    )
    response.once('close', next)
    this.#stopReading()
  }

  #next(): void {
    this.#current = undefined
    this.#bytesAtRest = this.#socket.bytesRead
    this.#isOver = !this.#socket.writable
    const received = this.#waiting.shift()
    if (this.#isOver) this.#waiting.length = 0
    else if (received) this.#start(received)
    else if (this.#fault) this.#end(this.#fault)
  }

  // When the connection fails in the body of a request, that one gets the page.
  #stopReading(): void {
    const isLast = this.#waiting.length === 0
    if (!this.#fault || !this.#current || !isLast || this.#current.request.complete) return
    this.#current.stopReading(this.#fault.refusal)
  }

  #end(fault: Fault): void {
    this.#isOver = true
    const hasBegun = this.#socket.bytesRead > (this.#bytesAtRest ?? 0)
    if (this.#socket.writable) {
      const page = this.#page(fault.refusal)
      this.#log(fault, this.#write(page), page)
    } else if (hasBegun) this.#log(fault, 0)
  }

  #page({ status, sentence }: Refusal): Answer {
    const page = errorPage(status, [], sentence)
    const { changeResponse } = this.#listener.now
    return changeResponse ? { ...page, lines: changeResponse(page.lines) } : page
  }

  #write(page: Answer): number {
    const bytes = toBytes(page)
    // As after any refused upload, what the client still sends is read for a moment, or it may lose
    // the page. The socket of a CONNECT request has no listeners of Node's any more.
    const timer = setTimeout(() => this.#socket.destroy(), lingerMs).unref()
    this.#socket.on('error', () => {})
    this.#socket.once('close', () => clearTimeout(timer)).resume()
    this.#socket.end(bytes)
    return bytes.length
  }

  #log({ refusal, request }: Fault, sentBytes: number, answer?: Answer): void {
    const listener = this.#listener.now
    const { log, observer } = listener
    const connection = connectionFacts(this.#socket)
    const { method = '-', target = '-' } = request ? asSent(request) : {}
    const httpVersion = request?.httpVersion ?? '-'
    const requestLine = { method, target, httpVersion, isHttp2: false }
    const start = startOf(listener, connection, requestLine)
    const journal = new Journal(start, this.#socket.bytesRead)
    journal.refused(refusal)
    journal.sent(refusal.status, sentBytes)
    const entry = journal.close()
    log(entry)
    if (!observer) return
    const observation = observationOf(listener, connection, undefined)
    observer.begin?.(observation)
    observation.answer = answer
    observation.answerLength = answer?.body.length
    observer.end(entry, observation)
  }
}
