import { channel } from 'node:diagnostics_channel'
import type { RequestListener, Server } from 'node:http'
import type { BodyPlan } from './body.ts'
import type { Capture, ResponseOwner } from './capture.ts'
import { nextTick, setImmediate } from './clock.ts'
import { type ClientAddress, Connection, type ConnectionOwner } from './connection.ts'
import { AlbError } from './errors.ts'
import { isNotAnApp } from './factory.ts'
import { fitLines } from './header-limit.ts'
import { createServer } from './http.ts'
import type { Carried, Invocation } from './invocation.ts'
import { Request, Response } from './node-http.ts'
import { checkMembers, type ServerTraits, traitsOf } from './node-members.ts'
import type { HttpRequest } from './request.ts'
import { fieldOf, type HttpResponse, type ResponseHead } from './response.ts'
import { captureRejections, connect, dispatch } from './server.ts'

/** How an exchange ended well. */
export interface Outcome extends HttpResponse {
  /** Whether the body is what the plan's compressor made of it. */
  readonly isCompressed: boolean
}

/** What an exchange is held to, and who is told how it ended. */
export interface ExchangeOwner {
  readonly invocation: Invocation
  /** Method and path, for messages. */
  readonly title: string
  /** Bytes the document may take; half of them fit a body of text under any head. */
  readonly limitBytes: number
  planBody(head: ResponseHead): BodyPlan
  onResponse(outcome: Outcome): void
  /** The request has more header lines than the server takes; the app does not see it. */
  onRefusal(): void
  /** The response is not complete, and never will be. */
  onFailure(error: Error): void
}

/** Exchanges a request with the app; the owner is told of the end. */
export type StartExchange = (request: HttpRequest, owner: ExchangeOwner) => Exchange | undefined

const requestStart = channel('http.server.request.start')
const responseFinish = channel('http.server.response.finish')

/**
 * Exchanges with a request listener, or with the listeners and settings of a server. Neither ever
 * listens on a port: requests come by `server.emit('request', req, res)` of the very server that
 * the channels name, where instrumentation looks for them.
 * @throws AlbError `ALB_ERR_UNSUPPORTED_NODE`
 */
export function createExchange(
  app: RequestListener | Server,
  clientAddress: ClientAddress,
): StartExchange {
  checkMembers()
  const server = typeof app === 'function' ? createServer(app) : app
  captureRejections(server)
  const traits = traitsOf(server)
  return (request, owner) => {
    if (!fitLines(server, request.rawHeaders)) {
      owner.onRefusal()
      return undefined
    }
    const exchange = new Exchange(server, traits, clientAddress, request, owner)
    exchange.run()
    return exchange
  }
}

/**
 * Wires connection, request and response as a server does, in its order. What it hands out are
 * functions of the module and methods: closures would outlive the exchange in Node 24 and later,
 * until the next collection of the whole heap (measured).
 */
export class Exchange implements Carried, ConnectionOwner, ResponseOwner {
  readonly #server: Server
  readonly #owner: ExchangeOwner
  readonly #request: HttpRequest
  readonly #connection: Connection
  readonly #req: Request
  readonly #res: Response
  readonly #capture: Capture
  #isFinished = false
  #isSettled = false
  /** Why the connection is being closed, if not for the app. */
  #reason: Error | undefined

  constructor(
    server: Server,
    traits: ServerTraits,
    clientAddress: ClientAddress,
    request: HttpRequest,
    owner: ExchangeOwner,
  ) {
    this.#server = server
    this.#owner = owner
    this.#request = request
    this.#connection = new Connection(server, request.rawHeaders, clientAddress, this)
    this.#req = new Request(this.#connection, traits, request, this)
    this.#res = new Response(this.#req, this.#connection, traits, this)
    this.#capture = Response.captureOf(this.#res)
  }

  get invocation(): Invocation {
    return this.#owner.invocation
  }

  get safeBytes(): number {
    return this.#owner.limitBytes / 2
  }

  /** How far the response is, for messages. */
  get progress(): string {
    return this.#res.headersSent ? 'the head had been sent' : 'no head had been sent'
  }

  run(): void {
    const { timeout } = this.#server
    if (timeout > 0) this.#connection.setTimeout(timeout)
    try {
      connect(this.#server, this.#connection)
      if (this.#connection.destroyed) return
      if (requestStart.hasSubscribers) requestStart.publish(this.#messages())
      this.#res.assignSocket(this.#connection)
      dispatch(this.#server, this.#req, this.#res)
    } catch (cause) {
      this.fail(cause)
    }
    Request.begin(this.#req)
  }

  #messages(): object {
    return {
      request: this.#req,
      response: this.#res,
      socket: this.#connection,
      server: this.#server,
    }
  }

  fail(cause: unknown): void {
    const message = `${this.#owner.title}: the request listener failed`
    const error = isNotAnApp(cause)
      ? cause
      : new AlbError('ALB_ERR_LISTENER_FAILED', message, { cause })
    // The response is complete and stands; the failure must not get lost with it.
    if (this.#res.writableEnded) process.emitWarning(error)
    else this.abort(error)
  }

  /** Closes the connection. The app sees that before the owner is told. */
  abort(error: Error): void {
    this.#reason ??= error
    if (this.#isSettled) return
    // Without a listener an error would be uncaught; an app may have removed those of the server.
    const isHeard = this.#connection.listenerCount('error') > 0
    this.#connection.destroy(isHeard ? error : undefined)
    // The connection may have been closed before.
    setImmediate(Exchange.#lose, this, this.#reason)
  }

  onFinish(): void {
    if (this.#isFinished) return
    this.#isFinished = true
    if (responseFinish.hasSubscribers) responseFinish.publish(this.#messages())
    Request.finish(this.#req)
    this.#res.detachSocket(this.#connection)
    nextTick(Exchange.#settle, this)
  }

  static #settle(exchange: Exchange): void {
    try {
      Response.close(exchange.#res)
    } finally {
      // Listeners that throw change nothing about a complete response.
      Exchange.#conclude(exchange)
    }
  }

  static #conclude(exchange: Exchange): void {
    const { head, body } = exchange.#capture
    // A body that was refused is not whole, however the app ended it.
    const error = exchange.#reason ?? exchange.#incompleteness(head, body.bytes)
    if (!head || error) {
      // Without a head there is an error.
      Exchange.#lose(exchange, error as Error)
      return
    }
    const content = body.take()
    if (!(content instanceof Promise)) exchange.#win(head, content)
    else
      content.then(
        (bytes) => exchange.#win(head, bytes),
        (failure) => Exchange.#lose(exchange, failure),
      )
  }

  #win(head: ResponseHead, body: HttpResponse['body']): void {
    if (this.#isSettled) return
    this.#isSettled = true
    this.#connection.release()
    const { isCompressed } = this.#capture.body
    this.#owner.onResponse({ head, body, isCompressed })
    // The document is made, or works on a copy.
    this.#capture.body.release()
  }

  static #lose(exchange: Exchange, error: Error): void {
    if (exchange.#isSettled) return
    exchange.#isSettled = true
    exchange.#capture.body.discard()
    exchange.#connection.release()
    exchange.#owner.onFailure(error)
  }

  onLost(): void {
    this.#capture.lose()
  }

  onClosed(cause: Error | null): void {
    // What the app does to the socket after the response changes the response no more.
    if (this.#isFinished && !this.#reason) return
    if (!this.#isFinished) {
      this.#req.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    }
    Exchange.#lose(this, this.#reason ?? this.#connectionLost(cause))
  }

  #connectionLost(cause: Error | null): AlbError {
    const when = this.#res.headersSent ? 'after the head of the response' : 'before a response'
    const message = `${this.#owner.title}: the connection was closed ${when}`
    const error = cause ?? this.#res.errored
    return new AlbError('ALB_ERR_CONNECTION_LOST', message, error ? { cause: error } : {})
  }

  /** A server tells all of an idle socket, and destroys it when nobody listens. */
  onIdle(): void {
    const connection = this.#connection
    const told = [
      !this.#req.complete && this.#req.emit('timeout', connection),
      this.#res.socket !== null && this.#res.emit('timeout', connection),
      this.#server.emit('timeout', connection),
    ]
    if (!told.includes(true)) connection.destroy()
  }

  onUncorked(): void {
    this.#capture.uncork()
  }

  onRawWrite(): Error {
    const error = new AlbError(
      'ALB_ERR_RAW_SOCKET_WRITE',
      `${this.#owner.title}: the app wrote to the socket itself; only a response written through res can be sent`,
    )
    this.abort(error)
    return error
  }

  /** A head that makes no document makes none with any body; the app's write is not to blame. */
  plan(): BodyPlan {
    try {
      // A body is written after its head.
      return this.#owner.planBody(this.#capture.head as ResponseHead)
    } catch (error) {
      return { capacityBytes: 0, tooLarge: () => error as Error }
    }
  }

  onExceeded(error: Error): void {
    this.abort(error)
  }

  onDrain(): void {
    this.#capture.drain()
  }

  /** A client would wait for the rest, or take what is too much for the next response. */
  #incompleteness(head: ResponseHead | undefined, bytes: number): AlbError | undefined {
    if (!head) return this.#connectionLost(null)
    const { fields, statusCode } = head
    const declared = fieldOf(fields, 'content-length')?.values[0]
    const { method } = this.#request
    if (declared === undefined || method === 'HEAD' || statusCode === 204 || statusCode === 304)
      return undefined
    if (Number(declared) === bytes) return undefined
    return new AlbError(
      'ALB_ERR_RESPONSE_INCOMPLETE',
      `${this.#owner.title}: the response has ${bytes} bytes, which is not what its content-length says`,
    )
  }
}
