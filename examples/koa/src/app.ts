import { fileURLToPath } from 'node:url'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import compress from 'koa-compress'
import session from 'koa-session'
import serveStatic from 'koa-static'
import { addAccountRoutes } from './account.ts'
import { addFileRoutes } from './files.ts'
import { addPartRoutes } from './parts.ts'
import { proxy } from './proxy.ts'
import { addReportRoute } from './report.ts'

export interface AppOptions {
  /** Signs the session cookie; every process that serves the app needs the same. */
  sessionKey: string
  /** Origin that answers `/rates`, such as `http://127.0.0.1:4000`. */
  upstream: string
  /** Takes one line per request, and one per unexpected error; `console.log` by default. */
  log?: ((line: string) => void) | undefined
}

// One folder for src and dist alike.
const publicFolder = fileURLToPath(new URL('../public', import.meta.url))

/** Answers 304 to whoever already holds what the app is about to send. */
const notModified: Middleware = async (ctx, next) => {
  await next()
  if (ctx.fresh) ctx.status = 304
}

function logRequests(log: (line: string) => void): Middleware {
  return (ctx, next) => {
    const start = performance.now()
    ctx.res.once('close', () => {
      const outcome = ctx.res.writableFinished ? ctx.status : 'aborted'
      log(`${ctx.method} ${ctx.originalUrl} ${outcome} ${Math.round(performance.now() - start)}ms`)
    })
    return next()
  }
}

export function createApp({ sessionKey, upstream, log = console.log }: AppOptions): Koa {
  const router = new Router()
  router.get('/catalogue', (ctx) => ctx.redirect('/api/parts'))
  router.get('/api/broken', () => {
    throw new Error('the drawer is jammed')
  })
  addPartRoutes(router)
  addReportRoute(router)
  addAccountRoutes(router)
  addFileRoutes(router)

  const app = new Koa()
  app.keys = [sessionKey]
  app.on('error', (error: Error & { status?: number }) => {
    // What a client did wrong is in the answer, and in the line of its request.
    if (!error.status || error.status >= 500) log(error.stack ?? error.message)
  })
  app.use(logRequests(log))
  app.use(proxy('/rates', upstream))
  app.use(compress())
  app.use(notModified)
  app.use(serveStatic(publicFolder))
  app.use(session({ key: 'session', sameSite: 'lax' }, app))
  app.use(bodyParser())
  app.use(router.routes()).use(router.allowedMethods())
  return app
}
