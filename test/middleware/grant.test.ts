import { createRequire } from 'node:module'
import Koa from 'koa'
import session from 'koa-session'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { transports } from './transports.ts'

// Its types declare a default export; the CommonJS module is the function itself.
const grant: typeof import('grant').default = createRequire(import.meta.url)('grant')

function loggingIn(): Koa {
  const app = new Koa()
  app.keys = ['key of the tests']
  const defaults = { origin: 'https://shop.example', transport: 'session' as const }
  const github = { key: 'client-id', secret: 'client-secret', scope: ['user', 'repo'] }
  return app.use(session(app)).use(grant.koa({ defaults, github }))
}

describe.each(transports)('grant over %s', (_, serve) => {
  it('redirects to the provider and remembers the login in the session', async () => {
    const { headers } = await request(serve(loggingIn()))
      .get('/connect/github')
      .expect(302)
      .expect(
        'location',
        'https://github.com/login/oauth/authorize?client_id=client-id&response_type=code&redirect_uri=https%3A%2F%2Fshop.example%2Fconnect%2Fgithub%2Fcallback&scope=user%2Crepo',
      )
    expect(
      [headers['set-cookie']]
        .flat()
        .map((cookie) => cookie?.split('=', 1)[0])
        .sort(),
    ).toEqual(['koa.sess', 'koa.sess.sig'])
  })
})
