import Router from '@koa/router'
import Koa from 'koa'
import request from 'supertest'
import { describe, it } from 'vitest'
import { transports } from './transports.ts'

function routing(): Koa {
  const router = new Router({ prefix: '/parts' })
  router.get('/:id', (ctx) => {
    ctx.body = { id: ctx.params.id, query: ctx.query }
  })
  router.del('/:id', (ctx) => {
    ctx.status = 204
  })
  const app = new Koa()
  app.use(router.routes()).use(router.allowedMethods())
  return app
}

describe.each(transports)('@koa/router over %s', (_, serve) => {
  it('decodes parameters and query', async () => {
    await request(serve(routing()))
      .get('/parts/a%2Fb%20c?q=%C3%A9+1&tag=x%26y')
      .expect(200, { id: 'a/b c', query: { q: 'é 1', tag: 'x&y' } })
  })

  it('matches by method', async () => {
    await request(serve(routing())).delete('/parts/1').expect(204, '')
  })

  it('answers 405 with the methods of the path', async () => {
    await request(serve(routing()))
      .put('/parts/1')
      .expect(405, 'Method Not Allowed')
      .expect('allow', 'HEAD, GET, DELETE')
  })

  it('answers 404 where no route is', async () => {
    await request(serve(routing())).get('/elsewhere').expect(404, 'Not Found')
  })
})
