import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parts, picture } from './content.mjs'

/** The same app for each major version of Koa. */
export function createApp({ Koa, Router, bodyParser }) {
  const app = new Koa()
  app.silent = true
  app.use(bodyParser())
  app.use(routes(new Router()).routes())
  return app
}

function routes(router) {
  router.get('/hello/:name', (ctx) => {
    ctx.body = { ...ctx.params, query: ctx.query, host: ctx.host, secure: ctx.secure }
    ctx.etag = '"same"'
    if (ctx.fresh) ctx.status = 304
  })
  router.post(['/echo', '/form'], (ctx) => {
    ctx.body = ctx.request.body
  })
  router.put('/bytes', async (ctx) => {
    ctx.type = 'image/png'
    ctx.body = await buffer(ctx.req)
  })
  router.get('/cookies', (ctx) => {
    ctx.cookies.set('first', ctx.cookies.get('a'))
    ctx.cookies.set('second', ctx.cookies.get('b'), { httpOnly: false, path: '/cookies' })
    ctx.body = 'set'
  })
  router.get('/image', (ctx) => {
    ctx.type = 'png'
    ctx.body = picture
  })
  router.get('/stream', (ctx) => {
    ctx.type = 'text'
    ctx.body = Readable.from(parts())
  })
  router.get('/empty', (ctx) => {
    ctx.status = 204
  })
  router.get('/redirect', (ctx) => ctx.redirect('/hello/Ada'))
  router.get('/fail', () => {
    throw new Error('on purpose')
  })
  return router
}
