import Koa from 'koa'
import { image, large, latin1, parts, textOf } from './content.js'

export const app = new Koa()
// The app throws on purpose.
app.silent = true

const routes = {
  '/attachment': (ctx) => {
    ctx.attachment('résumé.txt')
    ctx.body = 'Ada'
  },
  '/cookies': (ctx) => {
    ctx.cookies.set('session', 'abc', { httpOnly: true })
    ctx.cookies.set('theme', 'dark', { httpOnly: false })
    ctx.body = 'welcome'
  },
  '/empty': (ctx) => {
    ctx.status = 204
  },
  '/fail': () => {
    throw new Error('on purpose')
  },
  '/form': async (ctx) => {
    ctx.body = { type: ctx.request.type, form: await textOf(ctx.req) }
  },
  '/image': (ctx) => {
    ctx.type = 'image/png'
    ctx.body = image
  },
  '/large': (ctx) => {
    ctx.body = large
  },
  '/latin1': (ctx) => {
    ctx.set('content-type', 'text/csv; charset=iso-8859-1')
    ctx.body = latin1
  },
  '/links': (ctx) => {
    ctx.set('link', ['</a.css>; rel=preload', '</b.css>; rel=preload'])
    ctx.body = 'links'
  },
  '/lists': (ctx) => {
    ctx.body = { accept: ctx.get('accept'), item: ctx.get('x-item') }
  },
  '/not-modified': (ctx) => {
    ctx.body = 'only to those who do not have it'
    ctx.etag = 'v1'
    if (ctx.fresh) ctx.status = 304
  },
  '/phrase': (ctx) => {
    ctx.status = 422
    ctx.message = 'Out Of Stock'
    ctx.body = 'none left'
  },
  '/redirect': (ctx) => {
    ctx.redirect(`${ctx.protocol}://${ctx.host}/welcome`)
  },
  '/search': (ctx) => {
    ctx.body = { url: ctx.url, query: ctx.query }
  },
  '/stream': (ctx) => {
    ctx.type = 'text/plain'
    ctx.body = parts()
  },
  '/untyped': (ctx) => {
    ctx.body = image
    ctx.remove('content-type')
  },
  '/visitor': (ctx) => {
    ctx.body = { address: ctx.ip, protocol: ctx.protocol }
  },
}

app.use((ctx) => routes[ctx.path]?.(ctx))
