import helmet from 'helmet'
import Koa from 'koa'
import connect from 'koa-connect'
import request from 'supertest'
import { describe, it } from 'vitest'
import { transports } from './transports.ts'

describe.each(transports)('koa-connect over %s', (_, serve) => {
  it('runs an Express middleware before the app', async () => {
    const app = new Koa().use(connect(helmet({ xFrameOptions: { action: 'deny' } })))
    app.use((ctx) => {
      ctx.body = 'after Express'
    })
    await request(serve(app))
      .get('/')
      .expect(200, 'after Express')
      .expect('x-frame-options', 'DENY')
      .expect('referrer-policy', 'no-referrer')
  })

  it('lets an Express middleware answer through res', async () => {
    const app = new Koa().use(
      connect((_req, res, _next) => {
        res.writeHead(202, { 'Content-Type': 'text/html' }).end('<p>from Express</p>')
      }),
    )
    await request(serve(app)).get('/').expect(202, '<p>from Express</p>')
  })
})
