import { basics, bytes } from '../../harness/basics.mjs'
import { multipart } from '../../harness/visitor.mjs'

export default {
  name: 'Fastify',
  covers: `${basics.covers}; uploads, sessions, rate limits, compression, static files with ranges`,
  packages: [
    'fastify',
    '@fastify/compress',
    '@fastify/cookie',
    '@fastify/cors',
    '@fastify/etag',
    '@fastify/formbody',
    '@fastify/helmet',
    '@fastify/multipart',
    '@fastify/rate-limit',
    '@fastify/session',
    '@fastify/static',
  ],
  masks: [
    [/sessionId=[^;]+/g, 'sessionId=<id>'],
    [/Expires=<date>/g, 'Expires=<later>'],
  ],
  async visit(visitor) {
    const { ask } = visitor
    await basics(visitor, { options: 400 })
    await ask(200, 'GET /count')
    await ask(200, 'GET /count')
    await ask(200, 'GET /limited')
    await ask(429, 'GET /limited')
    await ask(200, 'GET /hello/Ada', { headers: { 'accept-encoding': 'gzip' } })
    await ask(204, 'OPTIONS /echo', {
      headers: { origin: 'https://site.example', 'access-control-request-method': 'POST' },
    })
    await ask(206, 'GET /letters.txt', { headers: { range: 'bytes=3-9' } })
    await ask(416, 'GET /letters.txt', { headers: { range: 'bytes=99-' } })
    await ask(
      200,
      'POST /upload',
      multipart([
        { name: 'title', value: 'Köln' },
        { name: 'picture', filename: 'a.png', type: 'image/png', value: bytes(40_000) },
      ]),
    )
    await ask(400, 'POST /echo', { body: '{', headers: { 'content-type': 'application/json' } })
  },
}
