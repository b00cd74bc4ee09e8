import { Readable } from 'node:stream'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import etag from '@fastify/etag'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import session from '@fastify/session'
import files from '@fastify/static'
import Fastify from 'fastify'
import { parts, picture } from '../../shared/content.mjs'

export const app = Fastify()
export async function listen(port) {
  await app.listen({ port })
  return app.server
}

await app.register(cors, { origin: 'https://site.example', credentials: true })
await app.register(helmet)
await app.register(etag)
await app.register(compress, { threshold: 0 })
await app.register(cookie)
await app.register(session, { secret: 'x'.repeat(32), cookie: { secure: false } })
await app.register(formbody)
await app.register(multipart)
await app.register(files, { root: new URL('../../shared/public', import.meta.url).pathname })
await app.register(rateLimit, { global: false })
app.addContentTypeParser('image/png', { parseAs: 'buffer' }, async (_request, body) => body)

app.get('/hello/:name', async ({ params, query, hostname, protocol, ip }) => ({
  ...params,
  query,
  hostname,
  protocol,
  ip: ip,
}))
app.post('/echo', async ({ body }) => body)
app.post('/form', async ({ body }) => body)
app.put('/bytes', async ({ body }, reply) => reply.type('image/png').send(body))
app.get('/cookies', async ({ cookies }, reply) => {
  reply.setCookie('first', cookies.a).setCookie('second', cookies.b, { path: '/cookies' })
  return 'set'
})
app.get('/image', async (_request, reply) => reply.type('image/png').send(picture))
app.get('/stream', async (_request, reply) => reply.type('text/plain').send(Readable.from(parts())))
app.get('/empty', async (_request, reply) => reply.code(204).send())
app.get('/redirect', async (_request, reply) => reply.redirect('/hello/Ada'))
app.get('/fail', async () => {
  throw new Error('on purpose')
})
app.get('/limited', { config: { rateLimit: { max: 1 } } }, async () => 'once')
app.get('/count', async ({ session: seen }) => {
  seen.count = (seen.count ?? 0) + 1
  return { count: seen.count }
})
app.post('/upload', async (request) => {
  const found = []
  for await (const part of request.parts()) {
    const value = part.file ? (await part.toBuffer()).toString('hex') : part.value
    found.push({ field: part.fieldname, name: part.filename, type: part.mimetype, value })
  }
  return found
})
