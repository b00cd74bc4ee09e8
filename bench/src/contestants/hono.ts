import type { ALBEvent } from 'aws-lambda'
import { type Context, Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import {
  bytes,
  catalog,
  chunkBytes,
  html,
  type order,
  receipt,
  smallJson,
  text,
  unicodeHtml,
} from '../scenarios/fixtures.ts'
import { appOf } from '../scenarios/scenario.ts'
import type { Wrap } from './wrap.ts'

export const wrap: Wrap<Hono> = (app) => {
  const handler = handle(app)
  // Two vocabularies for one document.
  return (event, context) => handler(event as ALBEvent as never, context)
}

const jsonType = { 'content-type': 'application/json; charset=utf-8' }
const htmlType = { 'content-type': 'text/html; charset=utf-8' }

type Answering = (c: Context) => Response | Promise<Response>

/** The routes of koa.ts, written for Hono. */
export async function createApp(id: string): Promise<Hono> {
  if (id === 'json') return createJsonApp()
  if (id === 'stack') return createStack()
  const { name, length } = appOf(id)
  const answering = await handlers[name]?.(length)
  if (!answering) throw new RangeError(`no app is called ${id}`)
  return new Hono().all('*', answering)
}

export function createJsonApp(): Hono {
  return new Hono().get('/', (c) => c.json(smallJson, 200, jsonType))
}

const handlers: Readonly<Record<string, (length: number) => Answering | Promise<Answering>>> = {
  html: () => (c) => c.body(html, 200, htmlType),
  'unicode-html': () => (c) => c.body(unicodeHtml, 200, htmlType),
  'json-post': () => async (c) => {
    const { customer, lines } = await c.req.json<typeof order>()
    return c.json({ customer: customer.name, lines: lines.length }, 200, jsonType)
  },
  'binary-post': () => async (c) =>
    c.json(receipt(new Uint8Array(await c.req.arrayBuffer())), 200, jsonType),
  image: () => {
    const image = Uint8Array.from(bytes(262_144))
    return (c) => c.body(image, 200, { 'content-type': 'image/png' })
  },
  stream: () => {
    const content = bytes(716_800)
    return (c) => c.body(webChunked(content), 200, { 'content-type': 'application/octet-stream' })
  },
  fields: async () => {
    const { getCookie } = await import('hono/cookie')
    return (c) => {
      const cookies = getCookie(c)
      const answer = {
        fields: Array.from({ length: 20 }, (_, index) => c.req.header(`x-field-${index}`)),
        query: c.req.query(),
        cookies: Array.from({ length: 5 }, (_, index) => cookies[`c${index}`]),
      }
      return c.json(answer, 200, jsonType)
    }
  },
  'not-modified': () => (c) => {
    const etag = { etag: '"v1"' }
    if (c.req.header('if-none-match') === '"v1"') return c.body(null, 304, etag)
    return c.json(smallJson, 200, { ...jsonType, ...etag })
  },
  overlap: () => async (c) => {
    await new Promise((resolve) => setImmediate(resolve))
    return c.json(smallJson, 200, jsonType)
  },
  download: (length) => {
    const content = text(length)
    return (c) => c.text(content, 200, { 'content-type': 'text/plain; charset=utf-8' })
  },
}

async function createStack(): Promise<Hono> {
  const app = new Hono()
  app.use((await import('hono/secure-headers')).secureHeaders())
  app.use((await import('hono/cors')).cors())
  app.use((await import('hono/compress')).compress())
  for (let index = 0; index < 50; index += 1) {
    app.post(`/resource-${index}/:id`, async (c) => {
      const { lines } = await c.req.json<typeof order>()
      return c.json({ id: c.req.param('id'), lines: lines.length, catalog }, 200, jsonType)
    })
  }
  return app
}

function webChunked(content: Uint8Array): ReadableStream<Uint8Array> {
  let offset = 0
  return new ReadableStream({
    pull(controller) {
      const chunk = content.subarray(offset, offset + chunkBytes)
      offset += chunkBytes
      if (chunk.length > 0) controller.enqueue(chunk)
      else controller.close()
    },
  })
}
