import type { RequestListener, Server } from 'node:http'
import { inspect } from 'node:util'

/** A Koa app (or anything with its `callback`), a request listener, or a server that has one. */
export type App = { callback(): RequestListener } | RequestListener | Server

/**
 * What answers the requests of an app; asks it for its callback.
 * @throws TypeError when it is none
 */
export function toListener(app: App): RequestListener | Server {
  if (typeof app === 'function') return app
  if (isServer(app)) return app
  if (hasCallback(app)) return app.callback()
  throw new TypeError(
    `albHandler takes a Koa app, a request listener, an http.Server that has one, or a promise of these; it was given ${inspect(app, { depth: 0 })}`,
  )
}

function isServer(app: unknown): app is Server {
  const { listenerCount, rawListeners } = (app ?? {}) as Partial<Server>
  if (hasCallback(app) || typeof rawListeners !== 'function') return false
  return typeof listenerCount === 'function' && (app as Server).listenerCount('request') > 0
}

function hasCallback(app: unknown): app is { callback(): RequestListener } {
  return typeof (app as { callback?: unknown } | null | undefined)?.callback === 'function'
}
