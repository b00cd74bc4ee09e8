import Koa from 'koa'
import conditional from 'koa-conditional-get'
import etag from 'koa-etag'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { transports } from './transports.ts'

const app = new Koa()
app.use(conditional()).use(etag())
app.use((ctx) => {
  ctx.body = { price: '50 €' }
})

describe.each(transports)('koa-conditional-get with koa-etag over %s', (_, serve) => {
  it('tags a response', async () => {
    await request(serve(app))
      .get('/')
      .expect(200, { price: '50 €' })
      .expect('etag', '"12-vfGJs7grnXH6UnRQOmq+Wrt4omY"')
  })

  it('answers 304 without a body to a client that has it', async () => {
    const { headers } = await request(serve(app))
      .get('/')
      .set('If-None-Match', '"12-vfGJs7grnXH6UnRQOmq+Wrt4omY"')
      .expect(304, '')
      .expect('etag', '"12-vfGJs7grnXH6UnRQOmq+Wrt4omY"')
    expect(headers).not.toHaveProperty('content-type')
  })

  it('answers 200 to a client that has another', async () => {
    await request(serve(app))
      .get('/')
      .set('If-None-Match', '"other"')
      .expect(200, { price: '50 €' })
  })
})
