import { gzipSync } from 'node:zlib'
import { bodyParser } from '@koa/bodyparser'
import Koa from 'koa'
import request from 'supertest'
import { describe, it } from 'vitest'
import { transports } from './transports.ts'

function echoing(): Koa {
  const app = new Koa()
  app.silent = true
  app.use(bodyParser({ jsonLimit: '1kb' })).use((ctx) => {
    ctx.body = { parsed: ctx.request.body, raw: ctx.request.rawBody }
  })
  return app
}

describe.each(transports)('@koa/bodyparser over %s', (_, serve) => {
  it('parses JSON', async () => {
    await request(serve(echoing()))
      .post('/')
      .send({ name: 'Jürgen €' })
      .expect(200, { parsed: { name: 'Jürgen €' }, raw: '{"name":"Jürgen €"}' })
  })

  it('parses a form', async () => {
    await request(serve(echoing()))
      .post('/')
      .type('form')
      .send('a=1&a=2&b=x+y%26z')
      .expect(200, { parsed: { a: ['1', '2'], b: 'x y&z' }, raw: 'a=1&a=2&b=x+y%26z' })
  })

  it('parses gzipped JSON', async () => {
    const upload = request(serve(echoing())).post('/')
    upload.type('json').set('Content-Encoding', 'gzip')
    upload.write(gzipSync('{"zipped":true}'))
    await upload.expect(200, { parsed: { zipped: true }, raw: '{"zipped":true}' })
  })

  it('refuses a body over its limit with 413', async () => {
    await request(serve(echoing()))
      .post('/')
      .send({ text: 'x'.repeat(2000) })
      .expect(413, 'request entity too large')
  })
})
