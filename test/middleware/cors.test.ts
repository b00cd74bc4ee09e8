import cors from '@koa/cors'
import Koa from 'koa'
import request from 'supertest'
import { describe, it } from 'vitest'
import { transports } from './transports.ts'

describe.each(transports)('@koa/cors over %s', (_, serve) => {
  it('allows the origin of a simple request', async () => {
    const app = new Koa().use(cors({ credentials: true, exposeHeaders: ['X-Total', 'ETag'] }))
    app.use((ctx) => {
      ctx.body = { total: 2 }
    })
    await request(serve(app))
      .get('/')
      .set('Origin', 'https://shop.example')
      .expect(200, { total: 2 })
      .expect('vary', 'Origin')
      .expect('access-control-allow-origin', 'https://shop.example')
      .expect('access-control-allow-credentials', 'true')
      .expect('access-control-expose-headers', 'X-Total,ETag')
  })

  it('answers a preflight with 204', async () => {
    const app = new Koa().use(cors({ maxAge: 600 }))
    await request(serve(app))
      .options('/parts/1')
      .set('Origin', 'https://shop.example')
      .set('Access-Control-Request-Method', 'PUT')
      .set('Access-Control-Request-Headers', 'content-type,x-trace')
      .expect(204, '')
      .expect('access-control-allow-origin', '*')
      .expect('access-control-allow-methods', 'GET,HEAD,PUT,POST,DELETE,PATCH')
      .expect('access-control-allow-headers', 'content-type,x-trace')
      .expect('access-control-max-age', '600')
  })
})
