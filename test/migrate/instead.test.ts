import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { albHandler, invocation, isAlbEvent } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import request from 'supertest'
import { expect, it } from 'vitest'

const bodyFrom = async (handler: ReturnType<typeof albHandler>): Promise<unknown> => {
  const { body } = await request(createLoadBalancer({ target: handler })).get('/a?b=c')
  return body
}

const told = { path: '/a', hasContext: true, address: '127.0.0.1' }

it('an app of Koa has event, context and the address of the client', async () => {
  const app = new Koa().use((ctx) => {
    const { event, context } = invocation(ctx.req) ?? {}
    const hasContext = Boolean(context?.awsRequestId)
    ctx.body = { path: event?.path, hasContext, address: ctx.ip }
  })
  expect(await bodyFrom(albHandler(app))).toEqual(told)
})

it('an app of Hono has them behind its bindings', async () => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/a', (c) => {
    const { event, context } = invocation(c.env.incoming) ?? {}
    const hasContext = Boolean(context?.awsRequestId)
    return c.json({ path: event?.path, hasContext, address: getConnInfo(c).remote.address })
  })
  expect(await bodyFrom(albHandler(getRequestListener(app.fetch)))).toEqual(told)
})

it('the listener of Hono can leave the global Request as it is', async () => {
  const { Request } = globalThis
  const app = new Hono().get('/a', (c) => c.json('a'))
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  expect(await bodyFrom(albHandler(listener))).toBe('a')
  expect(globalThis.Request).toBe(Request)
})

it('an app of Fastify has them behind its raw request, without being made ready', async () => {
  const app = fastify()
  app.get('/a', async ({ raw, ip }) => {
    const { event, context } = invocation(raw) ?? {}
    return { path: event?.path, hasContext: Boolean(context?.awsRequestId), address: ip }
  })
  expect(await bodyFrom(albHandler(app))).toEqual(told)
})

it('a promise of an app is taken', async () => {
  const app = new Koa().use((ctx) => {
    ctx.body = [1]
  })
  expect(await bodyFrom(albHandler(Promise.resolve(app)))).toEqual([1])
})

it('events of queues are no events of a load balancer', () => {
  expect(isAlbEvent({ Records: [{ eventSource: 'aws:sqs' }] })).toBe(false)
})
