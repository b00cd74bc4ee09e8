import type { RequestListener, Server } from 'node:http'
import { outline } from './outline.ts'

/** A Koa app (or anything with its `callback`), a request listener, or a server that has one. */
export type App = { callback(): RequestListener } | RequestListener | Server

/**
 * What answers the requests of an app; asks it for its callback.
 * @throws TypeError when it is none
 */
export function toListener(app: App): RequestListener | Server {
  if (typeof app === 'function') return app
  if (hasCallback(app)) return app.callback()
  if (isServer(app)) return app
  throw new TypeError(
    `albHandler takes a Koa app, a request listener, an http.Server that has one, or a promise of these; it was given ${outline(app)}`,
  )
}

function isServer(app: unknown): app is Server {
  const server = app as Partial<Server> | null | undefined
  return typeof server?.listenerCount === 'function' && server.listenerCount('request') > 0
}

function hasCallback(app: unknown): app is { callback(): RequestListener } {
  return typeof (app as { callback?: unknown } | null | undefined)?.callback === 'function'
}
