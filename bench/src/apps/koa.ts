import Koa, { type Middleware } from 'koa'
import {
  bytes,
  chunked,
  html,
  receipt,
  smallJson,
  text,
  unicodeHtml,
} from '../scenarios/fixtures.ts'
import { toAppName } from './app-name.ts'
import { createApp as createJsonApp } from './koa-json.ts'

/** The app of a scenario; it knows nothing of Lambda. */
export async function createApp(id: string): Promise<Koa> {
  if (id === 'json') return createJsonApp()
  if (id === 'json-post') return (await import('./koa-json-post.ts')).createApp()
  if (id === 'stack') return (await import('./koa-stack.ts')).createApp()
  const { name, length } = toAppName(id)
  const middleware = middlewares[name]?.(length)
  if (!middleware) throw new RangeError(`no app is called ${id}`)
  return new Koa().use(middleware)
}

const middlewares: Readonly<Record<string, (length: number) => Middleware>> = {
  html: () => (ctx) => {
    ctx.body = html
  },
  'unicode-html': () => (ctx) => {
    ctx.body = unicodeHtml
  },
  'binary-post': () => async (ctx) => {
    const chunks: Buffer[] = []
    ctx.req.on('data', (chunk: Buffer) => chunks.push(chunk))
    await new Promise((resolve, reject) => {
      ctx.req.on('end', resolve)
      ctx.req.on('error', reject)
    })
    ctx.body = receipt(Buffer.concat(chunks))
  },
  image: () => {
    const image = bytes(262_144)
    return (ctx) => {
      ctx.type = 'image/png'
      ctx.body = image
    }
  },
  stream: () => {
    const content = bytes(716_800)
    return (ctx) => {
      ctx.type = 'application/octet-stream'
      ctx.body = chunked(content)
    }
  },
  fields: () => (ctx) => {
    ctx.body = {
      fields: Array.from({ length: 20 }, (_, index) => ctx.get(`x-field-${index}`)),
      query: ctx.query,
      cookies: Array.from({ length: 5 }, (_, index) => ctx.cookies.get(`c${index}`)),
    }
  },
  'not-modified': () => (ctx) => {
    ctx.etag = 'v1'
    ctx.status = 200
    if (ctx.fresh) ctx.status = 304
    else ctx.body = smallJson
  },
  overlap: () => async (ctx) => {
    await new Promise((resolve) => setImmediate(resolve))
    ctx.body = smallJson
  },
  download: (length) => {
    const content = text(length)
    return (ctx) => {
      ctx.body = content
    }
  },
}
