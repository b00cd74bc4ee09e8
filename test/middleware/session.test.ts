import Koa from 'koa'
import session from 'koa-session'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { transports } from './transports.ts'

function countingViews(): Koa {
  const app = new Koa()
  app.keys = ['key of the tests']
  app.use(session({ maxAge: 'session' }, app)).use((ctx) => {
    if (!ctx.session) throw new Error('koa-session gave no session')
    ctx.session.views = (ctx.session.views ?? 0) + 1
    ctx.body = `view ${ctx.session.views}`
  })
  return app
}

describe.each(transports)('koa-session over %s', (_, serve) => {
  it('sets the session and its signature as two cookies', async () => {
    const { headers } = await request(serve(countingViews())).get('/').expect(200, 'view 1')
    expect([headers['set-cookie']].flat().sort()).toEqual([
      'koa.sess.sig=24-KJ_shyW7eHsZ6503LEEd2Yf4; path=/; httponly',
      'koa.sess=eyJ2aWV3cyI6MSwiX3Nlc3Npb24iOnRydWV9; path=/; httponly',
    ])
  })

  it('keeps a session from request to request', async () => {
    const client = request.agent(serve(countingViews()))
    await client.get('/').expect('view 1')
    await client.get('/').expect('view 2')
    await client.get('/').expect('view 3')
  })
})
