import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { albHandler, invocation } from '../src/index.ts'
import { context, multiEvent, singleEvent } from './events.ts'

const answer = (_req: IncomingMessage, res: ServerResponse) => void res.end('hello')

describe('albHandler takes', () => {
  const koa = new Koa()
  koa.use((ctx) => {
    ctx.body = 'hello'
  })

  it.each<[string, Parameters<typeof albHandler>[0]]>([
    ['a Koa app', koa],
    ['a request listener', answer],
    ['a server that has one', createServer(answer)],
    ['a promise of a Koa app', Promise.resolve(koa)],
    ['a promise of a request listener', Promise.resolve(answer)],
  ])('%s', async (_, app) => {
    expect((await albHandler(app)(singleEvent(), context)).body).toBe('hello')
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['{}', {}],
    ["'app'", 'app'],
    ['{ callback: true }', { callback: true }],
    ['Server', createServer()],
  ])('no %s without a listener, and says so', (shown, app) => {
    expect(() => albHandler(app as never)).toThrow(
      expect.objectContaining({ code: 'ALB_ERR_NOT_AN_APP' }),
    )
    expect(() => albHandler(app as never)).toThrow(`it was given ${shown}`)
  })
})

describe('an app that comes as a promise', () => {
  it('that fails rejects each invocation with the reason', async () => {
    const cause = new Error('no database')
    const handler = albHandler(Promise.reject(cause))
    await new Promise(setImmediate)
    for (const event of [singleEvent(), multiEvent()]) {
      await expect(handler(event, context)).rejects.toMatchObject({
        code: 'ALB_ERR_APP_UNAVAILABLE',
        cause,
      })
    }
  })

  it('that yields something else rejects with what it was', async () => {
    await expect(
      albHandler(Promise.resolve({} as never))(singleEvent(), context),
    ).rejects.toMatchObject({ cause: { code: 'ALB_ERR_NOT_AN_APP' } })
  })
})

describe('the handler', () => {
  it('has two parameters, or Node 24 would not start it', () => {
    expect(albHandler(answer)).toHaveLength(2)
  })

  it('asks the app for its callback once', async () => {
    let asked = 0
    const callback = () => {
      asked++
      return answer
    }
    const handler = albHandler({ callback })
    await handler(singleEvent(), context)
    await handler(singleEvent(), context)
    expect(asked).toBe(1)
  })

  it('takes a frozen event, twice', async () => {
    const deepFreeze = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null) {
        Object.values(Object.freeze(value)).forEach(deepFreeze)
      }
      return value
    }
    const event = deepFreeze(multiEvent({ body: 'x', httpMethod: 'POST' }))
    const handler = albHandler((req, res) => void req.pipe(res))
    expect((await handler(event, context)).body).toBe('x')
    expect((await handler(event, context)).body).toBe('x')
  })

  it('answers in the mode of each event', async () => {
    const handler = albHandler(answer)
    expect(await handler(singleEvent(), context)).toHaveProperty('headers')
    expect(await handler(singleEvent(), context)).not.toHaveProperty('multiValueHeaders')
    expect(await handler(multiEvent(), context)).toHaveProperty('multiValueHeaders')
    expect(await handler(multiEvent(), context)).not.toHaveProperty('headers')
  })

  it('keeps overlapping invocations apart', async () => {
    const handler = albHandler(async (req, res) => {
      for (let turn = Number(req.url?.slice(1)) % 7; turn > 0; turn--)
        await new Promise(setImmediate)
      res.end(`${req.url} ${invocation(req)?.event.path}`)
    })
    const paths = Array.from({ length: 50 }, (_, index) => `/${index}`)
    const results = await Promise.all(paths.map((path) => handler(singleEvent({ path }), context)))
    expect(results.map(({ body }) => body)).toEqual(paths.map((path) => `${path} ${path}`))
  })

  it.each([
    [{ version: '2.0', routeKey: '$default' }, 'an object with version, routeKey'],
    [{}, 'an object with no keys'],
    [null, 'null'],
    ['ping', 'a text of 4 characters'],
    [{ ['k'.repeat(60)]: 1, 'a\nb': 2 }, `an object with ${'k'.repeat(50)}, a\\nb`],
  ])('rejects %j as not from a load balancer', async (event, found) => {
    await expect(albHandler(answer)(event as never, context)).rejects.toMatchObject({
      name: 'AlbError',
      code: 'ALB_ERR_NOT_AN_ALB_EVENT',
      message: expect.stringContaining(found),
    })
  })
})

describe('invocation', () => {
  it('gives event and context of the request', async () => {
    const event = singleEvent()
    let seen: unknown
    await albHandler((req, res) => {
      seen = invocation(req)
      res.end()
    })(event, context)
    expect(seen).toMatchObject({ event, context, signal: { aborted: false } })
  })

  it('is undefined for a request of another server', () => {
    expect(invocation(Object.create(null))).toBeUndefined()
  })
})

it.each([
  ['single', singleEvent({ httpMethod: 'DELETE', headers: { host: 'a' }, body: 'caf\u00e9' })],
  ['multi', multiEvent({ multiValueHeaders: { host: ['a'] }, body: 'caf\u00e9' })],
])('a body that has no framing has its length wherever an app looks, %s', async (_, event) => {
  const handler = albHandler(({ headers, headersDistinct, rawHeaders }, res) => {
    const key = 'content-length'
    res.end(JSON.stringify([headers[key], headersDistinct[key], rawHeaders]))
  })
  const { body } = await handler(event, context)
  expect(JSON.parse(body)).toEqual(['5', ['5'], ['content-length', '5', 'host', 'a']])
})
