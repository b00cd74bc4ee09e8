import { channel } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import type { BodyPlan } from './body.ts'
import { Connection, type ConnectionOwner } from './connection.ts'
import { AlbError } from './errors.ts'
import { createServer } from './http.ts'
import { Request, Response, type ResponseOwner } from './node-http.ts'
import { type ServerTraits, traitsOf } from './node-members.ts'
import type { HttpRequest } from './request.ts'
import { fieldOf, type HttpResponse, type ResponseHead } from './response.ts'

/** How an exchange ended well. */
export interface Outcome extends HttpResponse {
  /** Whether the body is what the plan's compressor made of it. */
  readonly isCompressed: boolean
}

/** What an exchange is held to, and who is told how it ended; `Request.ownerOf` the request. */
export interface ExchangeOwner {
  /** Bytes the document may take; half of them fit a body of text under any head. */
  readonly limitBytes: number
  /** Milliseconds until the exchange is aborted; never, when undefined. */
  remainingMs(): number | undefined
  planBody(head: ResponseHead): BodyPlan
  onResponse(outcome: Outcome): void
  /** The response is not complete, and never will be. */
  onFailure(error: Error): void
}

/** Exchanges a request with the app; the owner is told of the end. */
export type RunExchange = (request: HttpRequest, owner: ExchangeOwner) => void

const requestStart = channel('http.server.request.start')
const responseFinish = channel('http.server.response.finish')

/**
 * Exchanges with a request listener, or with the listeners and settings of a server. Neither ever
 * listens on a port: requests come by `server.emit('request', req, res)` of the very server that
 * the channels name, where instrumentation looks for them.
 */
export function createExchange(app: RequestListener | Server): RunExchange {
  const server = typeof app === 'function' ? createServer(app) : app
  // Node's own capturing answers 500, as it would under `listen`.
  if (!EventEmitter.captureRejections) captureRejections(server)
  const traits = traitsOf(server)
  return (request, owner) => new Exchange(server, traits, request, owner).run()
}

/**
 * emit() drops what a listener returns, and with it the rejection of an async one, unless its
 * emitter was constructed to capture them. A server cannot be, so that constructor runs once more.
 */
function captureRejections(server: Server): void {
  Reflect.apply(EventEmitter, server, [{ captureRejections: true }])
  const onRejection = (cause: unknown, _event: string, req: unknown, res: unknown): void => {
    // Of no exchange of ours: unhandled, as without capturing.
    if (!Request.isOurs(req)) void Promise.reject(cause)
    else fail(req, res as ServerResponse, cause)
  }
  Object.assign(server, { [EventEmitter.captureRejectionSymbol]: onRejection })
}

/**
 * Wires connection, request and response as a server does, in its order. What it hands out are
 * methods of its own: closures would outlive the exchange in Node 24 and later, until the next
 * collection of the whole heap (measured).
 */
class Exchange implements ConnectionOwner, ResponseOwner {
  readonly #server: Server
  readonly #owner: ExchangeOwner
  readonly #connection: Connection
  readonly #req: Request
  readonly #res: Response
  readonly #turn: NodeJS.Immediate
  #timer: NodeJS.Timeout | undefined

  constructor(server: Server, traits: ServerTraits, request: HttpRequest, owner: ExchangeOwner) {
    this.#server = server
    this.#owner = owner
    this.#connection = new Connection(server, request.rawHeaders, this)
    this.#req = new Request(this.#connection, traits, request, owner)
    this.#res = new Response(this.#req, traits, this)
    // Most responses are complete before the event loop turns, and a timer costs a tenth of a small
    // exchange (measured), so it starts with the first turn.
    this.#turn = setImmediate(Exchange.#startTimer, this)
  }

  get safeBytes(): number {
    return this.#owner.limitBytes / 2
  }

  run(): void {
    if (this.#server.timeout > 0) this.#connection.setTimeout(this.#server.timeout)
    if (requestStart.hasSubscribers) requestStart.publish(this.#messages())
    this.#res.assignSocket(this.#connection)
    try {
      this.#server.emit('request', this.#req, this.#res)
    } catch (cause) {
      fail(this.#req, this.#res, cause)
    }
  }

  #messages(): object {
    return {
      request: this.#req,
      response: this.#res,
      socket: this.#connection,
      server: this.#server,
    }
  }

  onFinish(): void {
    if (responseFinish.hasSubscribers) responseFinish.publish(this.#messages())
    Request.finish(this.#req)
    this.#res.detachSocket(this.#connection)
    process.nextTick(Exchange.#settle, this)
  }

  static #settle(exchange: Exchange): void {
    Response.close(exchange.#res)
    Request.close(exchange.#req)
    const content = Response.bodyOf(exchange.#res).take()
    if (!(content instanceof Promise)) exchange.#win(content)
    else
      content.then(
        (body) => exchange.#win(body),
        (error) => exchange.#lose(error),
      )
  }

  #win(body: string | Buffer): void {
    const head = Response.headOf(this.#res)
    const error = this.#incompleteness(head)
    if (error) {
      this.#lose(error)
      return
    }
    this.#stopTimer()
    this.#connection.release()
    this.#owner.onResponse({ head, body, isCompressed: Response.bodyOf(this.#res).isCompressed })
  }

  #lose(error: Error): void {
    this.#stopTimer()
    Response.bodyOf(this.#res).discard()
    this.#owner.onFailure(error)
  }

  onConnectionClosed(cause: Error | null): void {
    const isOpen = this.#res.socket !== null
    // What the app does to the socket after the response changes the response no more.
    if (!isOpen && !(cause instanceof AlbError)) return
    if (isOpen) this.#req.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    this.#lose(cause instanceof AlbError ? cause : this.#connectionLost(cause))
  }

  #connectionLost(cause: Error | null): AlbError {
    const when = this.#res.headersSent ? 'after the head of the response' : 'before a response'
    const message = `${describe(this.#req)}: the connection was closed ${when}`
    const error = cause ?? this.#res.errored
    return new AlbError('ALB_ERR_CONNECTION_LOST', message, error ? { cause: error } : {})
  }

  /** A server tells all of an idle socket, and destroys it when nobody listens. */
  onConnectionTimeout(): void {
    const connection = this.#connection
    const told = [
      !this.#req.complete && this.#req.emit('timeout', connection),
      this.#res.socket !== null && this.#res.emit('timeout', connection),
      this.#server.emit('timeout', connection),
    ]
    if (!told.includes(true)) connection.destroy()
  }

  static #startTimer(exchange: Exchange): void {
    const timeoutMs = exchange.#owner.remainingMs()
    if (timeoutMs === undefined) return
    exchange.#timer = setTimeout(Exchange.#expire, timeoutMs, exchange, timeoutMs)
  }

  #stopTimer(): void {
    clearImmediate(this.#turn)
    clearTimeout(this.#timer)
  }

  static #expire(exchange: Exchange, timeoutMs: number): void {
    const progress = exchange.#res.headersSent ? 'the head had been sent' : 'no head had been sent'
    const message = `${describe(exchange.#req)}: no complete response within ${timeoutMs} ms; ${progress}`
    exchange.#connection.destroy(new AlbError('ALB_ERR_DEADLINE_EXCEEDED', message))
  }

  /** A head that makes no document makes none with any body; the app's write is not to blame. */
  plan(): BodyPlan {
    try {
      return this.#owner.planBody(Response.headOf(this.#res))
    } catch (error) {
      return { capacityBytes: 0, tooLarge: () => error as Error }
    }
  }

  onExceeded(error: Error): void {
    this.#connection.destroy(error)
  }

  onDrain(): void {
    Response.drain(this.#res)
  }

  /** A client would wait for the rest, or take what is too much for the next response. */
  #incompleteness({ fields }: ResponseHead): AlbError | undefined {
    const declared = fieldOf(fields, 'content-length')?.values[0]
    if (declared === undefined || !Response.mayHaveBody(this.#res)) return undefined
    const { bytes } = Response.bodyOf(this.#res)
    if (Number(declared) === bytes) return undefined
    const shown = /^\d{1,20}$/.test(declared) ? declared : 'something else than a number'
    return new AlbError(
      'ALB_ERR_RESPONSE_INCOMPLETE',
      `${describe(this.#req)}: the response has ${bytes} bytes, its content-length says ${shown}`,
    )
  }
}

function fail(req: Described, res: ServerResponse, cause: unknown): void {
  const message = `${describe(req)}: the request listener failed`
  const error = new AlbError('ALB_ERR_LISTENER_FAILED', message, { cause })
  // The response is complete and stands; the failure must not get lost with it.
  if (res.writableEnded) process.emitWarning(error)
  else req.socket.destroy(error)
}

type Described = Pick<Request, 'method' | 'url' | 'socket'>

/** Method and path; a query may carry secrets. */
function describe({ method, url }: Described): string {
  return `${method} ${url?.split('?', 1)[0]}`
}
