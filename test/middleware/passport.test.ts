import Koa from 'koa'
import { KoaPassport } from 'koa-passport'
import session from 'koa-session'
import { Strategy } from 'passport'
import request from 'supertest'
import { describe, it } from 'vitest'
import { transports } from './transports.ts'

/** Takes the user that a header names. */
class HeaderStrategy extends Strategy {
  override readonly name = 'header'

  override authenticate(req: { headers: Record<string, unknown> }): void {
    const user = req.headers['x-user']
    if (typeof user === 'string') this.success({ id: user })
    else this.fail(401)
  }
}

function withLogin(): Koa {
  const passport = new KoaPassport()
  passport.use(new HeaderStrategy())
  passport.serializeUser<string>((user, done) => done(null, (user as { id: string }).id))
  passport.deserializeUser<string>((id, done) => done(null, { id }))
  const app = new Koa()
  app.keys = ['key of the tests']
  app.use(session(app)).use(passport.initialize()).use(passport.session())
  return app.use(async (ctx, next) => {
    if (ctx.path === '/login')
      return passport.authenticate('header', { successRedirect: '/' })(ctx, next)
    if (ctx.path === '/logout') await ctx.logout()
    ctx.body = { user: ctx.state.user ?? null, loggedIn: ctx.isAuthenticated() }
  })
}

describe.each(transports)('koa-passport over %s', (_, serve) => {
  it('keeps a login in the session until the logout', async () => {
    const client = request.agent(serve(withLogin()))
    await client.get('/').expect(200, { user: null, loggedIn: false })
    await client.get('/login').set('X-User', 'ada').expect(302).expect('location', '/')
    await client.get('/').expect(200, { user: { id: 'ada' }, loggedIn: true })
    await client.get('/logout').expect(200, { user: null, loggedIn: false })
    await client.get('/').expect(200, { user: null, loggedIn: false })
  })

  it('refuses a login with 401', async () => {
    await request(serve(withLogin())).get('/login').expect(401, 'Unauthorized')
  })
})
