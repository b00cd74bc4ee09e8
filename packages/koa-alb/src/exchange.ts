import { channel } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import type { BodyLimit, BodyPlan } from './body.ts'
import { Connection, type ConnectionOwner } from './connection.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { AlbError } from './errors.ts'
import { createServer } from './http.ts'
import { Request, Response, type ServerTraits, traitsOf } from './node-http.ts'
import type { HttpRequest } from './request.ts'
import { type HttpResponse, type ResponseHead, toHead } from './response.ts'

/** How an exchange ended well. */
export interface Outcome extends HttpResponse {
  /** Whether the body is what the plan's compressor made of it. */
  readonly isCompressed: boolean
}

/** What an exchange is held to, and who is told when it fails. */
export interface Terms {
  readonly safeBodyBytes: number
  planBody(head: ResponseHead): BodyPlan
  /** Milliseconds until the exchange is aborted; never, when undefined. */
  readonly timeoutMs: number | undefined
  readonly owner: { fail(error: Error): void }
}

/** Exchanges a request with the app: settles when the response is complete or can never be. */
export type RunExchange = (request: HttpRequest, terms: Terms) => Promise<Outcome>

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
  return (request, terms) => new Exchange(server, traits, request, terms).run()
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

/** Wires connection, request and response as a server does, in its order. */
class Exchange implements ConnectionOwner, BodyLimit {
  readonly safeBytes: number
  readonly #server: Server
  readonly #terms: Terms
  readonly #connection: Connection
  readonly #req: Request
  readonly #res: Response
  #deadline: Deadline | undefined
  #resolve!: (outcome: Outcome) => void
  #reject!: (error: Error) => void

  constructor(server: Server, traits: ServerTraits, request: HttpRequest, terms: Terms) {
    this.safeBytes = terms.safeBodyBytes
    this.#server = server
    this.#terms = terms
    this.#connection = new Connection(server, request.rawHeaders, this)
    this.#req = new Request(this.#connection, traits, request, terms.owner)
    this.#res = new Response(this.#req, traits, this)
  }

  run(): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      const { timeoutMs } = this.#terms
      if (timeoutMs !== undefined)
        this.#deadline = startDeadline(timeoutMs, () => this.#expire(timeoutMs))
      if (this.#server.timeout > 0) this.#connection.setTimeout(this.#server.timeout)
      if (requestStart.hasSubscribers) requestStart.publish(this.#messages())
      this.#res.assignSocket(this.#connection)
      this.#res.on('finish', () => this.#finish())
      try {
        this.#server.emit('request', this.#req, this.#res)
      } catch (cause) {
        fail(this.#req, this.#res, cause)
      }
    })
  }

  #messages(): object {
    return {
      request: this.#req,
      response: this.#res,
      socket: this.#connection,
      server: this.#server,
    }
  }

  #finish(): void {
    if (responseFinish.hasSubscribers) responseFinish.publish(this.#messages())
    Request.finish(this.#req)
    this.#res.detachSocket(this.#connection)
    process.nextTick(() => {
      Response.close(this.#res)
      const content = Response.bodyOf(this.#res).content()
      if (!(content instanceof Promise)) this.#win(content)
      else
        content.then(
          (body) => this.#win(body),
          (error) => this.#lose(error),
        )
    })
  }

  #win(body: string | Buffer): void {
    const head = toHead(Response.headOf(this.#res))
    const error = this.#incompleteness(head)
    if (error) {
      this.#lose(error)
      return
    }
    this.#deadline?.stop()
    this.#closeConnection()
    this.#resolve({ head, body, isCompressed: Response.bodyOf(this.#res).isCompressed })
  }

  /** An invocation is one connection: nothing that waits for its end may wait for ever. */
  #closeConnection(): void {
    const connection = this.#connection
    if (connection.timeout) connection.setTimeout(0)
    // After `close` of the request, as from a server.
    if (connection.listenerCount('close') > 0) setImmediate(() => connection.destroy())
  }

  #lose(error: Error): void {
    this.#deadline?.stop()
    Response.bodyOf(this.#res).discard()
    this.#terms.owner.fail(error)
    this.#reject(error)
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

  #expire(timeoutMs: number): void {
    const progress = this.#res.headersSent ? 'the head had been sent' : 'no head had been sent'
    const message = `${describe(this.#req)}: no complete response within ${timeoutMs} ms; ${progress}`
    this.#connection.destroy(new AlbError('ALB_ERR_DEADLINE_EXCEEDED', message))
  }

  /** A head that makes no document makes none with any body; the app's write is not to blame. */
  plan(): BodyPlan {
    try {
      return this.#terms.planBody(toHead(Response.headOf(this.#res)))
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
    const declared = fields.get('content-length')?.values[0]
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
