import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { isApp, isPromiseLike, isServer, toListener, unwrapped } from './app.ts'
import { clearTimeout, setTimeout } from './clock.ts'
import { AlbError } from './errors.ts'
import { captureRejections, dispatch } from './server.ts'

/** How long further requests wait for what the first call makes: a listener may wait for them. */
const PATIENCE_MS = 1_000

/**
 * The function, or what it makes: `albHandler(createApp)` gives one that looks like a listener, and
 * only a call tells. It makes apps when it returns one and has left the response alone. As soon as
 * that is known, the server calls what answers, and nothing in between.
 */
export function listenerOrMade(given: RequestListener): RequestListener {
  let known: RequestListener | undefined
  let calling: Promise<unknown> | undefined
  let isLate = false

  function call(this: Server, ...exchange: Parameters<RequestListener>): unknown {
    if (known) return Reflect.apply(known, this, exchange)
    if (!calling) return callFirst(this, exchange)
    const again = (): unknown =>
      exchange[1].destroyed ? undefined : Reflect.apply(call, this, exchange)
    return calling.then(again)
  }

  function callFirst(server: Server, exchange: Parameters<RequestListener>): unknown {
    const before = traceOf(...exchange)
    const learn = (value: unknown): unknown => {
      const isMade = before === traceOf(...exchange) && isMadeBy(given, value)
      if (!isMade) return know(server, given)
      const app = unwrapped(value)
      const use = (own: unknown): unknown =>
        Reflect.apply(know(server, listenerOf(own)), server, exchange)
      return isPromiseLike(app) ? app.then(use) : use(app)
    }
    const returned: unknown = Reflect.apply(given, server, exchange)
    if (!isPromiseLike(returned)) return learn(returned)
    if (before !== traceOf(...exchange)) {
      know(server, given)
      return returned
    }
    const learnt = Promise.resolve(returned).then(learn)
    if (!isLate) {
      calling = soon(learnt).then((isSoon) => {
        isLate = !isSoon
        calling = undefined
      })
    }
    return learnt
  }

  function know(server: Server, listener: RequestListener): RequestListener {
    if (known) return known
    known = listener
    if (listener !== given) process.emitWarning(WARNING)
    server.off('request', call).on('request', listener)
    return listener
  }

  return call
}

const WARNING =
  'albHandler was given a function that creates an app: call it, albHandler(createApp())'

/** What changes as soon as somebody is about to answer. */
function traceOf(request: IncomingMessage, response: ServerResponse): string {
  const listeners = [request, response].map((each) =>
    each.eventNames().map((name) => each.listenerCount(name)),
  )
  const { headersSent, statusCode, destroyed } = response
  const head = [response.getHeaderNames(), headersSent, statusCode, destroyed]
  return JSON.stringify([request.readableFlowing, head, listeners])
}

/** Some listeners return their server, others a function that ends something. */
function isMadeBy(given: RequestListener, value: unknown): boolean {
  if (typeof value === 'function') return value.length > 1 || 'handle' in value
  if (isServer(value)) return given.length < 2
  return isApp(value)
}

function listenerOf(app: unknown): RequestListener {
  const listener = toListener(app)
  if (typeof listener === 'function') return listener
  captureRejections(listener)
  return (request, response) => dispatch(listener, request, response)
}

/** Whether it settles in time; whoever called is told of a failure. */
function soon(promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS, false)
    const settle = (): void => {
      clearTimeout(timer)
      resolve(true)
    }
    promise.then(settle, settle)
  })
}

/** Of the function's result, and no failure of a listener. */
export function isNotAnApp(error: unknown): error is AlbError {
  return error instanceof AlbError && error.code === 'ALB_ERR_NOT_AN_APP'
}
