import type { RequestListener, Server } from 'node:http'
import { inspect } from 'node:util'
import { AlbError } from './errors.ts'
import { createExchange, type Exchange } from './exchange.ts'
import type { Invocation } from './invocation.ts'
import { hasMultiValueHeaders, isAlbEvent, toRequest } from './request.ts'
import { toResult } from './result.ts'
import type { AlbEvent, AlbResult, LambdaContext } from './types.ts'

/** A Koa app (or anything with its `callback`), a request listener, or a server that has one. */
export type App = { callback(): RequestListener } | RequestListener | Server

/** The function Lambda calls. It takes two parameters: with a third, Node 24 refuses to start it. */
export type AlbHandler = (event: AlbEvent, context: LambdaContext) => Promise<AlbResult>

/**
 * A Lambda handler that answers the events of an Application Load Balancer with the app, exactly as
 * the app would answer under `app.listen()`.
 *
 * `app` is a Koa app, a request listener (Express, Connect, plain `http`), an `http.Server` that
 * has one, or a promise of any of these, so that initialisation runs in Lambda's init phase.
 * Invocations may overlap; the event is never changed.
 *
 * The handler rejects with an `AlbError` when no complete response can be given: the client then
 * gets the load balancer's 502 page. docs/errors.md lists the codes.
 * @throws TypeError when `app` is none of these
 */
export function albHandler(app: App | PromiseLike<App>): AlbHandler {
  const ready = isPromiseLike(app) ? whenReady(app) : toExchange(app)
  return async (event, context) => {
    if (!isAlbEvent(event)) throw notAnAlbEvent(event)
    const invocation: Invocation = { event, context }
    const exchange = typeof ready === 'function' ? ready : await ready
    const response = await exchange(toRequest(event), invocation)
    return toResult(response, hasMultiValueHeaders(event))
  }
}

/** A failure is given to each invocation, so it does not count as unhandled before the first. */
function whenReady(app: PromiseLike<App>): Promise<Exchange> {
  const ready = Promise.resolve(app).then(toExchange)
  const reported = ready.catch((cause) => {
    const message = 'The app given to albHandler as a promise could not be created'
    throw new AlbError('ALB_ERR_APP_UNAVAILABLE', message, { cause })
  })
  reported.catch(() => {})
  return reported
}

function toExchange(app: App): Exchange {
  if (typeof app === 'function') return createExchange(app)
  if (isServer(app)) return createExchange(app)
  if (typeof app?.callback === 'function') return createExchange(app.callback())
  throw new TypeError(
    `albHandler takes a Koa app, a request listener, an http.Server that has one, or a promise of these; it was given ${inspect(app, { depth: 0 })}`,
  )
}

function isServer(app: unknown): app is Server {
  return (
    typeof app === 'object' &&
    app !== null &&
    'listenerCount' in app &&
    !('callback' in app) &&
    typeof app.listenerCount === 'function' &&
    app.listenerCount('request') > 0
  )
}

function isPromiseLike(app: unknown): app is PromiseLike<App> {
  return typeof (app as { then?: unknown } | null | undefined)?.then === 'function'
}

function notAnAlbEvent(event: unknown): AlbError {
  const found =
    typeof event === 'object' && event !== null
      ? `an object with ${Object.keys(event).slice(0, 10).join(', ') || 'no keys'}`
      : inspect(event, { breakLength: Infinity }).slice(0, 100)
  return new AlbError(
    'ALB_ERR_NOT_AN_ALB_EVENT',
    `The event is not from an Application Load Balancer: requestContext.elb is missing in ${found}`,
  )
}
