import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { badGateway } from './bad-gateway.ts'
import { failures } from './cases/failures.ts'
import type { App } from './contract.ts'
import { context, getEvent } from './events.ts'
import { listening } from './listening.ts'
import { get } from './request.ts'
import { serving } from './serving.ts'
import { exchange } from './wire.ts'

const unhandled: unknown[] = []
const record = (error: unknown) => unhandled.push(error)

beforeAll(() => {
  process.on('uncaughtException', record).on('unhandledRejection', record)
})

afterAll(() => {
  process.off('uncaughtException', record).off('unhandledRejection', record)
  expect(unhandled).toEqual([])
})

describe.each([
  ['single', false],
  ['multi', true],
])('the handler in %s mode rejects at once when the app', (_mode, multiValueHeaders) => {
  it.each(failures)('$name', { timeout: 2_000 }, async ({ app, code }) => {
    const failing = albHandler(app())(getEvent('/', multiValueHeaders), context)
    await expect(failing).rejects.toMatchObject({ name: 'AlbError', code })
  })
})

describe('the load balancer answers 502 when the app', () => {
  it.each(failures)('$name', { timeout: 2_000 }, async ({ app }) => {
    const loadBalancer = createLoadBalancer({ target: albHandler(app()), log: () => {} })
    const response = await exchange(await serving(loadBalancer), get())
    expect(response.status).toBe('502 Bad Gateway')
    expect(response.body.toString()).toBe(badGateway.body)
  })
})

describe('app.listen breaks the response off when the app', () => {
  const survivable = failures.filter(({ crashesServer }) => !crashesServer)
  it.each(survivable)('$name', { timeout: 2_000 }, async ({ app }) => {
    const response = await exchange(await serving(listening(app())), get())
    expect(response.complete).toBe(false)
  })
})

describe('a connection that is lost midway', () => {
  const heard: string[] = []
  const losing: App = (req, res) => {
    heard.length = 0
    for (const event of ['aborted', 'close']) req.on(event, () => heard.push(`req ${event}`))
    for (const event of ['finish', 'close']) res.on(event, () => heard.push(`res ${event}`))
    req.on('error', (error: NodeJS.ErrnoException) => heard.push(`req error ${error.code}`))
    res.write('half')
    setImmediate(() => req.socket.destroy())
  }
  const events = ['req aborted', 'res close', 'req error ECONNRESET', 'req close']

  it('is told to the app under app.listen', async () => {
    await exchange(await serving(listening(losing)), get())
    await expect.poll(() => heard).toEqual(events)
  })

  it('is told to the app by the handler', async () => {
    await expect(albHandler(losing)(getEvent('/', false), context)).rejects.toThrow()
    await expect.poll(() => heard).toEqual(events)
  })
})

describe('the handler', () => {
  it('answers other requests while one fails', async () => {
    const handler = albHandler((req, res) => {
      if (req.url === '/fails') req.socket.destroy()
      else setImmediate(() => res.end('fine'))
    })
    const [failed, fine] = await Promise.allSettled([
      handler(getEvent('/fails', false), context),
      handler(getEvent('/', false), context),
    ])
    expect(failed).toMatchObject({
      status: 'rejected',
      reason: { code: 'ALB_ERR_CONNECTION_LOST' },
    })
    expect(fine).toMatchObject({ status: 'fulfilled', value: { statusCode: 200, body: 'fine' } })
  })

  it('gives the error of the app as the cause', async () => {
    const why = new Error('why')
    const handler = albHandler(() => Promise.reject(why))
    await expect(handler(getEvent('/', true), context)).rejects.toMatchObject({ cause: why })
  })

  it('keeps a complete response when the listener fails after it, and warns', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    onTestFinished(() => emitWarning.mockRestore())
    const handler = albHandler(async (_req, res) => {
      res.end('complete')
      throw new Error('too late')
    })
    const result = await handler(getEvent('/', false), context)
    expect(result.body).toBe('complete')
    await new Promise(setImmediate)
    expect(emitWarning.mock.calls).toMatchObject([
      [{ code: 'ALB_ERR_LISTENER_FAILED', cause: { message: 'too late' } }],
    ])
  })

  it('rejects when the app given as a promise fails to start', async () => {
    const handler = albHandler(Promise.reject(new Error('no database')))
    const rejected = { code: 'ALB_ERR_APP_UNAVAILABLE', cause: { message: 'no database' } }
    await expect(handler(getEvent('/', false), context)).rejects.toMatchObject(rejected)
  })

  it('rejects a status that no load balancer sends', async () => {
    const handler = albHandler((req, res) => res.writeHead(Number(req.url?.slice(1))).end())
    for (const status of [101, 600, 999]) {
      const sent = handler(getEvent(`/${status}`, false), context)
      await expect(sent).rejects.toMatchObject({ code: 'ALB_ERR_INVALID_STATUS' })
    }
  })

  it('rejects more cookies than single mode has spellings for, and no others', async () => {
    const handler = albHandler((req, res) => {
      const names = Array.from({ length: Number(req.url?.slice(1)) }, (_, i) => `c${i}=1`)
      res.setHeader('set-cookie', names).end()
    })
    const fits = await handler(getEvent('/512', false), context)
    expect(
      Object.keys(fits.headers ?? {}).filter((name) => /^set-cookie$/i.test(name)),
    ).toHaveLength(512)
    await expect(handler(getEvent('/513', false), context)).rejects.toMatchObject({
      code: 'ALB_ERR_TOO_MANY_COOKIES',
    })
    const many = await handler(getEvent('/513', true), context)
    expect(many.multiValueHeaders?.['set-cookie']).toHaveLength(513)
  })

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'warm up'],
    ['an empty object', {}],
    ['an event of API Gateway', { version: '2.0', requestContext: { http: { method: 'GET' } } }],
    ['an event of EventBridge', { source: 'aws.events', detail: {} }],
    ['a requestContext whose elb is null', { requestContext: { elb: null } }],
  ])('rejects %s as not an event of a load balancer', async (_name, event) => {
    const handler = albHandler((_req, res) => res.end())
    // What Lambda passes on is whatever was sent to the function.
    const rejected = Reflect.apply(handler, undefined, [event, context])
    await expect(rejected).rejects.toMatchObject({ code: 'ALB_ERR_NOT_AN_ALB_EVENT' })
  })
})
