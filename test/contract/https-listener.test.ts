import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import { describe, expect, it } from 'vitest'
import { expressApp } from '../apps/express.ts'
import { koa } from '../apps/koa.ts'
import type { App } from './contract.ts'
import { get } from './request.ts'
import { serving } from './serving.ts'
import { exchange, type WireResponse } from './wire.ts'

describe.each([false, true])(
  'behind an HTTPS listener, multi-value headers %s,',
  (multiValueHeaders) => {
    async function answer(app: App): Promise<WireResponse> {
      const target = albHandler(app)
      const listener = { Port: 443, Protocol: 'HTTPS' } as const
      const loadBalancer = createLoadBalancer({ target, multiValueHeaders, listener })
      return exchange(await serving(loadBalancer), get('/a'))
    }

    it('the socket of a request is encrypted', async () => {
      const response = await answer(({ socket }, res) => {
        res.end(String('encrypted' in socket && socket.encrypted))
      })
      expect(response.body.toString()).toBe('true')
    })

    it('Koa sees https without app.proxy', async () => {
      const response = await answer(
        koa((ctx) => {
          ctx.body = [ctx.protocol, ctx.secure, ctx.href]
        }),
      )
      expect(JSON.parse(response.body.toString())).toEqual(['https', true, 'https://app.test/a'])
    })

    it('Koa sets a secure cookie without app.proxy', async () => {
      const response = await answer(
        koa((ctx) => {
          ctx.cookies.set('a', '1', { secure: true })
          ctx.body = 'x'
        }),
      )
      expect(response.headers).toContain('set-cookie: a=1; path=/; secure; httponly')
    })

    it('Express sees https without trust proxy', async () => {
      const response = await answer(
        expressApp((app) => app.get('/a', (req, res) => res.json([req.protocol, req.secure]))),
      )
      expect(JSON.parse(response.body.toString())).toEqual(['https', true])
    })
  },
)
