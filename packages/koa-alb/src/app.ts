import type { RequestListener, Server } from 'node:http'
import { AlbError } from './errors.ts'
import { outline } from './outline.ts'

/**
 * A Koa app (or anything with its `callback`), a request listener, a server that has one, or an
 * instance of Fastify or NestJS.
 */
export type App =
  | { callback(): RequestListener }
  | RequestListener
  | Server
  | { readonly server: Server; ready(): PromiseLike<unknown> }
  | { getHttpAdapter(): { getInstance(): unknown }; init(): PromiseLike<unknown> }

/** The methods that apps are told apart by; what has one is taken to have its return type. */
interface Methods {
  callback(): RequestListener
  fetch(): unknown
  getHttpAdapter(): { getInstance(): unknown }
  init(): PromiseLike<unknown>
  listenerCount(event: string): number
  ready(): PromiseLike<unknown>
  then(): unknown
}

/**
 * What answers the requests of an app; asks it for its callback.
 * @throws AlbError `ALB_ERR_NOT_AN_APP`
 */
export function toListener(app: unknown): RequestListener | Server {
  if (isListener(app)) return app
  if (has(app, 'callback')) return app.callback()
  if (isServer(app)) return app
  const fix = has(app, 'fetch')
    ? ', which answers fetch requests: give getRequestListener(app.fetch) of @hono/node-server'
    : ''
  throw new AlbError(
    'ALB_ERR_NOT_AN_APP',
    `albHandler takes a Koa app, a request listener, an http.Server that has one, or a promise of these; it was given ${outline(app)}${fix}`,
  )
}

/**
 * The app in what was given for it: the default export of a module; what answers in an instance of
 * Fastify or NestJS, as soon as that is ready.
 */
export function unwrapped(given: unknown): unknown {
  if (isListener(given) || has(given, 'callback') || isServer(given)) return given
  const { server, default: app } = Object(given)
  if (has(given, 'ready') && isServer(server)) return given.ready().then(() => server)
  if (has(given, 'init') && has(given, 'getHttpAdapter')) {
    return given.init().then(() => unwrapped(given.getHttpAdapter().getInstance()))
  }
  return app === undefined ? given : unwrapped(app)
}

/** Whether it is no listener's own business to return this: an app, be it one that is not taken. */
export function isApp(value: unknown): boolean {
  const app = Object(value).default ?? value
  return (
    ['callback', 'fetch', 'getHttpAdapter', 'ready'].some((name) => has(app, name)) || isServer(app)
  )
}

export function isServer(value: unknown): value is Server {
  return has(value, 'listenerCount') && value.listenerCount('request') > 0
}

function isListener(value: unknown): value is RequestListener {
  return typeof value === 'function'
}

function has<Name extends string>(
  value: unknown,
  name: Name,
): value is Pick<Methods, Name & keyof Methods> {
  return typeof (value as Record<string, unknown> | null | undefined)?.[name] === 'function'
}

export function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return has(value, 'then')
}
