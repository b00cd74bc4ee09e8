import { answer } from './answer.ts'
import { type App, isPromiseLike, toListener, unwrapped } from './app.ts'
import type { ClientAddress } from './connection.ts'
import { AlbError } from './errors.ts'
import { createExchange, type StartExchange } from './exchange.ts'
import { listenerOrMade } from './factory.ts'
import { answerError, type OnError } from './on-error.ts'
import { outline } from './outline.ts'
import { isAlbEvent } from './request.ts'
import type { AlbEvent, AlbResult, LambdaContext } from './types.ts'

export interface AlbHandlerOptions {
  /**
   * Asked for a document when an invocation fails, event that is not of a load balancer included.
   * Without one, or when it returns nothing, the invocation rejects with the error. So it does when
   * 100 ms are left, or half of the time that was left: what it promised comes too late.
   */
  readonly onError?: OnError | undefined
  /**
   * Milliseconds before the end of the invocation at which an open exchange is aborted, so that no
   * Lambda timeout ends the execution environment; nothing can be aborted while the app blocks the
   * event loop. Default 250.
   */
  readonly deadlineMarginMs?: number | undefined
  /** Bytes the document may take as JSON. Default, and what a load balancer takes: 1,048,576. */
  readonly responseLimitBytes?: number | undefined
  /**
   * Where `req.socket.remoteAddress` comes from. Default `'x-forwarded-for'`: the last address in that
   * field, which a load balancer appends. With `routing.http.xff_header_processing.mode` set to
   * `preserve` it appends none, and the address is the client's word: give `'none'`, with which address,
   * port and family are undefined.
   */
  readonly clientAddress?: ClientAddress | undefined
}

/** The function Lambda calls. It takes two parameters: with a third, Node 24 refuses to start it. */
export type AlbHandler = (event: AlbEvent, context: LambdaContext) => Promise<AlbResult>

const LOAD_BALANCER_LIMIT_BYTES = 1_048_576

/**
 * A Lambda handler that answers the events of an Application Load Balancer with the app, as the app
 * would answer under `app.listen()`; docs/alb-behaviour.md lists what a load balancer cannot carry.
 *
 * `app` is a Koa app, a request listener (Express, Connect, plain `http`), an `http.Server` that
 * has one, or a promise of any of these, so that initialisation runs in Lambda's init phase. A module
 * whose default export is one, and instances of Fastify and NestJS, are taken as well. A function that
 * creates an app is called at the first request, with a warning.
 * Invocations may overlap; the event is never changed.
 *
 * The handler rejects with an `AlbError` when no complete response can be given: the client then
 * gets the load balancer's 502 page. docs/errors.md lists the codes.
 * @throws AlbError `ALB_ERR_NOT_AN_APP`
 * @throws TypeError when an option is not of its type
 * @throws RangeError when an option is out of range
 */
export function albHandler(
  app: App | PromiseLike<App>,
  options: AlbHandlerOptions = {},
): AlbHandler {
  const {
    onError,
    deadlineMarginMs = 250,
    responseLimitBytes = LOAD_BALANCER_LIMIT_BYTES,
    clientAddress = 'x-forwarded-for',
  } = options
  if (onError !== undefined && typeof onError !== 'function') {
    throw new TypeError(must('onError', 'be a function', onError))
  }
  checkRange('deadlineMarginMs', deadlineMarginMs, 0, 900_000)
  checkRange('responseLimitBytes', responseLimitBytes, 1_024, 6_291_456)
  checkClientAddress(clientAddress)
  const limits = { deadlineMarginMs, responseLimitBytes }
  const start = (resolved: unknown): StartExchange => {
    const listener = toListener(resolved)
    // What an app gives as its callback makes none.
    const isGiven = typeof listener === 'function' && listener === resolved
    return createExchange(isGiven ? listenerOrMade(listener) : listener, clientAddress)
  }
  // An instance of Fastify is a promise of itself.
  const own = isPromiseLike(app) ? Promise.resolve(app).then(unwrapped) : unwrapped(app)
  const ready = isPromiseLike(own) ? whenReady(own, start) : start(own)
  const invoke: AlbHandler = (event, context) => {
    if (!isAlbEvent(event)) return Promise.reject(notAnAlbEvent(event))
    return answer(ready, limits, event, context)
  }
  if (!onError) return invoke
  return (event, context) =>
    invoke(event, context).catch((error) =>
      answerError(onError, error, { event, context, limitBytes: responseLimitBytes }),
    )
}

function checkRange(name: string, value: unknown, least: number, most: number): void {
  if (typeof value !== 'number') throw new TypeError(must(name, 'be a number', value))
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new RangeError(must(name, `be an integer from ${least} to ${most}`, value))
}

function checkClientAddress(value: unknown): void {
  if (value === 'x-forwarded-for' || value === 'none') return
  const message = must('clientAddress', "be 'x-forwarded-for' or 'none'", value)
  throw typeof value === 'string' ? new RangeError(message) : new TypeError(message)
}

function must(name: string, allowed: string, value: unknown): string {
  return `${name} must ${allowed}, found ${outline(value)}`
}

/** A failure is given to each invocation, so it does not count as unhandled before the first. */
function whenReady(
  app: PromiseLike<unknown>,
  start: (app: unknown) => StartExchange,
): Promise<StartExchange> {
  const ready = Promise.resolve(app)
    .then(start)
    .catch((cause) => {
      const message = `The app given to albHandler as a promise could not be created${reasonOf(cause)}`
      throw new AlbError('ALB_ERR_APP_UNAVAILABLE', message, { cause })
    })
  ready.catch(() => {})
  return ready
}

/** Its first line: what fails at start-up may print settings below it. */
function reasonOf(cause: unknown): string {
  const message: unknown = cause instanceof Error ? cause.message : cause
  return typeof message === 'string' && message !== '' ? `: ${message.split('\n', 1)}` : ''
}

function notAnAlbEvent(event: unknown): AlbError {
  return new AlbError(
    'ALB_ERR_NOT_AN_ALB_EVENT',
    `The event is not from an Application Load Balancer: requestContext.elb is missing in ${outlineOf(event)}`,
  )
}

/** Names only: whatever the event is, its values may be secret. */
function outlineOf(event: unknown): string {
  if (typeof event === 'string') return `a text of ${event.length} characters`
  if (typeof event !== 'object' || event === null) return outline(event).slice(0, 100)
  const names = keysOf(event).map((key) => JSON.stringify(key.slice(0, 50)).slice(1, -1))
  return `an object with ${names.join(', ') || 'no keys'}`
}

/** The first of them; none of an object that refuses to tell. */
function keysOf(event: object): string[] {
  try {
    return Object.keys(event).slice(0, 10)
  } catch {
    return []
  }
}
