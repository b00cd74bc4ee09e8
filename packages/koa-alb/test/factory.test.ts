import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

let created = 0
let warnings: string[] = []
const note = ({ message }: Error) => void warnings.push(message)
beforeEach(() => {
  created = 0
  warnings = []
  process.on('warning', note)
})
afterEach(() => void process.off('warning', note))

const answer = (_req: IncomingMessage, res: ServerResponse) => void res.end('hello')

function koa(proxy = false): Koa {
  created++
  const app = new Koa({ proxy })
  app.use((ctx) => {
    ctx.body = 'hello'
  })
  return app
}

function made<T>(app: T): T {
  created++
  return app
}

function express(): (req: IncomingMessage, res: ServerResponse, next: () => void) => void {
  return (_req, res, _next) => void res.end('hello')
}

type Given = Parameters<typeof albHandler>[0]

describe('albHandler calls once, at the first request, a function that creates', () => {
  it.each<[string, Given]>([
    ['a Koa app', () => koa()],
    ['a Koa app from options', (options: { isProxied?: boolean } = {}) => koa(options.isProxied)],
    ['a Koa app from two parameters', (_config: unknown, _database: unknown) => koa()],
    ['a promise of a Koa app', async () => koa()],
    ['a promise of one from two parameters', async (_config: unknown, _db: unknown) => koa()],
    ['a listener', () => made(answer)],
    ['an app of Express', () => made(express())],
    ['a server', () => made(createServer(answer))],
    [
      'a promise of a server whose listener is async',
      async () => made(createServer(async (req, res) => answer(req, res))),
    ],
    ['a module', async () => ({ default: koa() })],
  ] as [string, Given][])('%s', async (_, createApp) => {
    const handler = albHandler(createApp)
    expect(created).toBe(0)
    const events = ['/a', '/b', '/c'].map((path) => handler(singleEvent({ path }), context))
    expect((await Promise.all(events)).map(({ body }) => body)).toEqual(['hello', 'hello', 'hello'])
    expect((await handler(singleEvent(), context)).body).toBe('hello')
    expect(created).toBe(1)
    expect(warnings).toEqual([expect.stringContaining('albHandler(createApp())')])
  })
})

describe('a function that creates', () => {
  it('what answers fetch requests fails with the way to serve it', async () => {
    const handler = albHandler((() => ({ fetch: () => {} })) as never)
    for (const path of ['/a', '/b'])
      await expect(handler(singleEvent({ path }), context)).rejects.toMatchObject({
        code: 'ALB_ERR_NOT_AN_APP',
        message: expect.stringContaining('getRequestListener(app.fetch) of @hono/node-server'),
      })
  })

  it('an app, and fails the first time, is asked again', async () => {
    const failures = [new Error('db down')]
    const handler = albHandler((async () => {
      const failure = failures.pop()
      if (failure) throw failure
      return koa()
    }) as never)
    await expect(handler(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_LISTENER_FAILED',
      cause: { message: 'db down' },
    })
    expect((await handler(singleEvent(), context)).body).toBe('hello')
  })
})

describe('a listener is not taken for one that creates apps when it returns', () => {
  const server = createServer(answer)
  const later = <T>(res: ServerResponse, returned?: T) => {
    setImmediate(() => res.end('own'))
    return returned
  }

  it.each<[string, Given]>([
    ['nothing', (_req, res) => later(res)],
    ['a promise of nothing', async (_req, res) => later(res)],
    ['the response', (_req, res) => later(res, res)],
    ['a promise of the response', async (_req, res) => later(res, res)],
    ['a server', (_req, res) => later(res, server)],
    [
      'an app that answers already',
      (req, res) => {
        const app = koa()
        app.middleware.unshift((ctx) => {
          ctx.body = 'own'
        })
        app.callback()(req, res)
        return app
      },
    ],
    ['a function that ends something', (_req, res) => later(res, () => {})],
    ['a text', (_req, res) => later(res, 'done')],
    ['an object', (_req, res) => later(res, { app: server })],
    ['an app, when it has set a header', (_req, res) => later(res.setHeader('a', 'b'), koa())],
    [
      'an app, when it listens to the request',
      (req, res) => {
        req.on('data', () => {}).on('end', () => res.end('own'))
        return koa()
      },
    ],
  ] as [string, Given][])('%s', async (_, listener) => {
    const handler = albHandler(listener)
    expect((await handler(singleEvent(), context)).body).toBe('own')
    expect((await handler(singleEvent(), context)).body).toBe('own')
    expect(warnings).toEqual([])
  })

  it('late, and its first requests wait for each other', async () => {
    const waiting: (() => void)[] = []
    const handler = albHandler(async (_req, res) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        if (waiting.length === 3) for (const go of waiting) go()
      })
      res.end('own')
    })
    const events = ['/a', '/b', '/c'].map((path) => handler(singleEvent({ path }), context))
    expect((await Promise.all(events)).map(({ body }) => body)).toEqual(['own', 'own', 'own'])
  })
})

it('is called by the server itself once it is known', async () => {
  const seen: unknown[] = []
  const listener = function (this: unknown, req: IncomingMessage, res: ServerResponse) {
    seen.push(
      (req.socket as unknown as { server: NodeJS.EventEmitter }).server.listeners('request'),
    )
    res.end()
  }
  const handler = albHandler(listener)
  await handler(singleEvent(), context)
  await handler(singleEvent(), context)
  expect(seen[1]).toEqual([listener])
})

describe('albHandler takes', () => {
  it.each([
    ['a module with a default export', { default: koa() }],
    ['a module of CommonJS that was imported', { default: { default: koa() } }],
    ['a promise of a module', Promise.resolve({ default: koa() })],
    [
      'an instance of Fastify',
      { ready: async () => {}, server: createServer(answer), routing: answer },
    ],
    [
      'an instance of NestJS',
      { init: async () => {}, getHttpAdapter: () => ({ getInstance: () => answer }) },
    ],
  ])('%s', async (_, app) => {
    expect((await albHandler(app as never)(singleEvent(), context)).body).toBe('hello')
  })

  it('no app of Hono, and says how to serve it', () => {
    class Hono {
      fetch(): void {}
    }
    expect(() => albHandler(new Hono() as never)).toThrow(
      expect.objectContaining({
        code: 'ALB_ERR_NOT_AN_APP',
        message: expect.stringMatching(/it was given Hono .*getRequestListener\(app.fetch\)/),
      }),
    )
  })
})
