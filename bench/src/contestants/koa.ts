import Koa, { type Middleware } from 'koa'
import {
  bytes,
  catalog,
  chunked,
  html,
  type order,
  receipt,
  smallJson,
  text,
  unicodeHtml,
} from '../scenarios/fixtures.ts'
import { appOf } from '../scenarios/scenario.ts'

/** The app of a scenario; it knows nothing of Lambda. */
export async function createApp(id: string): Promise<Koa> {
  if (id === 'json') return createJsonApp()
  if (id === 'json-post') return createPostApp()
  if (id === 'stack') return createStack()
  const { name, length } = appOf(id)
  const middleware = middlewares[name]?.(length)
  if (!middleware) throw new RangeError(`no app is called ${id}`)
  return new Koa().use(middleware)
}

export function createJsonApp(): Koa {
  return new Koa().use((ctx) => {
    ctx.body = smallJson
  })
}

// What an app imports while it is made, no other has: neither in its process nor in its bundle.

async function createPostApp(): Promise<Koa> {
  const { bodyParser } = await import('@koa/bodyparser')
  const app = new Koa()
  app.use(bodyParser())
  app.use((ctx) => {
    // The scenario sends an order, and a wrong answer would not be timed.
    const { customer, lines } = ctx.request.body as typeof order
    ctx.body = { customer: customer.name, lines: lines.length }
  })
  return app
}

/** What a team's API has in front of its routes. */
async function createStack(): Promise<Koa> {
  const app = new Koa()
  app.use((await import('koa-helmet')).default())
  app.use((await import('@koa/cors')).default())
  app.use((await import('koa-compress')).default())
  app.use((await import('@koa/bodyparser')).bodyParser())
  const { default: Router } = await import('@koa/router')
  const router = new Router()
  for (let index = 0; index < 50; index += 1) {
    router.post(`/resource-${index}/:id`, (ctx) => {
      // As above.
      const { lines } = ctx.request.body as typeof order
      ctx.body = { id: ctx.params.id, lines: lines.length, catalog }
    })
  }
  app.use(router.routes())
  return app
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
