import awsLambdaFastify from '@fastify/aws-lambda'
import fastify, { type FastifyInstance, type RouteHandlerMethod } from 'fastify'
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
import { binaryTypes, type Wrap } from './wrap.ts'

export const wrap: Wrap<FastifyInstance> = async (app, mode) => {
  const albMultiValueHeaders = mode === 'multi'
  const handler = awsLambdaFastify(app, { binaryMimeTypes: binaryTypes, albMultiValueHeaders })
  await app.ready()
  return (event, context) => handler(event, context)
}

/** The routes of koa.ts, written for Fastify. */
export async function createApp(id: string): Promise<FastifyInstance> {
  if (id === 'json') return createJsonApp()
  if (id === 'stack') return createStack()
  const { name, length } = appOf(id)
  const handler = handlers[name]?.(length)
  if (!handler) throw new RangeError(`no app is called ${id}`)
  const app = fastify({ bodyLimit: 2 ** 21 })
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  )
  app.all('*', handler)
  return app
}

export function createJsonApp(): FastifyInstance {
  const app = fastify()
  app.get('/', async () => smallJson)
  return app
}

const handlers: Readonly<Record<string, (length: number) => RouteHandlerMethod>> = {
  html: () => async (_, reply) => reply.type('text/html; charset=utf-8').send(html),
  'unicode-html': () => async (_, reply) =>
    reply.type('text/html; charset=utf-8').send(unicodeHtml),
  'json-post': () => async (request) => {
    // The scenario sends an order, and a wrong answer would not be timed.
    const { customer, lines } = request.body as typeof order
    return { customer: customer.name, lines: lines.length }
  },
  // The parser above makes it a Buffer.
  'binary-post': () => async (request) => receipt(request.body as Buffer),
  image: () => {
    const image = bytes(262_144)
    return async (_, reply) => reply.type('image/png').send(image)
  },
  stream: () => {
    const content = bytes(716_800)
    return async (_, reply) => reply.type('application/octet-stream').send(chunked(content))
  },
  fields: () => async (request) => {
    const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='))
    const cookies = Object.fromEntries(pairs)
    return {
      fields: Array.from({ length: 20 }, (_, index) => request.headers[`x-field-${index}`]),
      query: request.query,
      cookies: Array.from({ length: 5 }, (_, index) => cookies[`c${index}`]),
    }
  },
  'not-modified': () => async (request, reply) => {
    reply.header('etag', '"v1"')
    if (request.headers['if-none-match'] === '"v1"') return reply.code(304).send()
    return smallJson
  },
  overlap: () => async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return smallJson
  },
  download: (length) => {
    const content = text(length)
    return async (_, reply) => reply.type('text/plain; charset=utf-8').send(content)
  },
}

async function createStack(): Promise<FastifyInstance> {
  const app = fastify()
  await app.register((await import('@fastify/helmet')).default)
  await app.register((await import('@fastify/cors')).default)
  await app.register((await import('@fastify/compress')).default)
  for (let index = 0; index < 50; index += 1) {
    app.post<{ Params: { id: string }; Body: typeof order }>(
      `/resource-${index}/:id`,
      async ({ params, body }) => ({ id: params.id, lines: body.lines.length, catalog }),
    )
  }
  return app
}
