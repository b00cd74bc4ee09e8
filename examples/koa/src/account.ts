import type Router from '@koa/router'
import type { Context } from 'koa'

function signedInAs(ctx: Context): string | undefined {
  const { name } = ctx.session ?? {}
  return typeof name === 'string' ? name : undefined
}

function credentials(body: unknown): { name?: unknown; password?: unknown } {
  return typeof body === 'object' && body !== null ? body : {}
}

export function addAccountRoutes(router: Router): void {
  router.post('/api/login', (ctx) => {
    const { name, password } = credentials(ctx.request.body)
    // The one account of this demonstration.
    if (name !== 'ada' || password !== 'engine') return ctx.throw(401, 'Wrong name or password')
    ctx.session = { name }
    ctx.body = { name }
  })

  router.get('/api/me', (ctx) => {
    const name = signedInAs(ctx)
    if (!name) return ctx.throw(401, 'Not signed in')
    ctx.body = { name }
  })

  router.post('/api/logout', (ctx) => {
    ctx.session = null
    ctx.status = 204
  })
}
