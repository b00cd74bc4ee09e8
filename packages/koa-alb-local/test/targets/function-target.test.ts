import { describe, expect, it } from 'vitest'
import {
  createLoadBalancer,
  functionTarget,
  type LambdaContext,
  type Target,
} from '../../src/index.ts'
import { send } from '../shared/client.ts'
import { head, logFor, parse, start } from '../shared/load-balancer.ts'

const get = head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close')

describe('the handler', () => {
  it('gets an event of plain JSON of its own', async () => {
    const seen: unknown[] = []
    const port = await start({
      target: (event) => {
        seen.push(Object.getPrototypeOf(event.headers), Object.keys(event))
        event.path = '/changed'
        return { statusCode: 200 }
      },
    })
    await send(port, get)
    expect(seen).toEqual([
      Object.prototype,
      [
        'requestContext',
        'httpMethod',
        'path',
        'queryStringParameters',
        'headers',
        'body',
        'isBase64Encoded',
      ],
    ])
  })

  it('gets the event that other targets get as text', async () => {
    const odd = head(
      'GET /%2F?b=1&__proto__=2&1=3&b HTTP/1.1',
      'Host: a.example',
      '__proto__: x',
      'X-Amzn-Trace-Id: Self=1-1-1',
      'Connection: close',
    )
    const events: string[] = []
    const seen = (event: unknown): { statusCode: number } => {
      events.push(JSON.stringify(event).replace(/Self=[^;"]*/, ''))
      return { statusCode: 200 }
    }
    const invoke: Target['invoke'] = async (event) => {
      return { payload: JSON.stringify(seen(JSON.parse(event))) }
    }
    for (const multiValueHeaders of [false, true]) {
      for (const target of [seen, { invoke }]) {
        await send(await start({ target, multiValueHeaders, listener: { Port: 80 } }), odd)
      }
    }
    expect(events[0]).toBe(events[1])
    expect(events[2]).toBe(events[3])
    expect(events[0]).toContain('"__proto__":"x"')
  })

  it('gets every documented property of the context', async () => {
    const contexts: LambdaContext[] = []
    const target = functionTarget(
      (_event, context) => {
        contexts.push(context)
        return { statusCode: 200, body: String(context.getRemainingTimeInMillis()) }
      },
      { timeoutMs: 5000, functionName: 'shop', memoryLimitInMB: 512 },
    )
    const { body } = parse(await send(await start({ target }), get))
    expect(Number(body)).toBeGreaterThan(3000)
    expect(Number(body)).toBeLessThanOrEqual(5000)
    expect(contexts[0]).toEqual({
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'shop',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:shop',
      memoryLimitInMB: '512',
      awsRequestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      logGroupName: '/aws/lambda/shop',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      identity: undefined,
      clientContext: undefined,
      getRemainingTimeInMillis: expect.any(Function),
    })
  })

  it('is called with two arguments that matter and may answer without a promise', async () => {
    const { received } = await logFor({ target: () => ({ statusCode: 201 }) })
    expect(received).toMatch(/^HTTP\/1\.1 201 Created\r\n/)
  })

  it('has its result serialized as JSON', async () => {
    const target = async (): Promise<unknown> => ({
      statusCode: 200,
      headers: { kept: '1', gone: undefined, also: () => {} },
      body: { toJSON: () => 'from toJSON' },
    })
    const { received } = await logFor({ target })
    const { lines, body } = parse(received)
    expect(body).toBe('from toJSON')
    expect(lines).toContain('kept: 1')
    expect(lines).toHaveLength(5)
  })

  it('may be called again while it runs', async () => {
    const release: (() => void)[] = []
    const port = await start({
      target: async (event) => {
        await new Promise<void>((resolve) => {
          release.push(resolve)
          if (release.length === 2) for (const each of release) each()
        })
        return { statusCode: 200, body: event.path }
      },
    })
    const [one, two] = await Promise.all([
      send(port, get.replace('/', '/one')),
      send(port, get.replace('/', '/two')),
    ])
    expect(parse(one).body).toBe('/one')
    expect(parse(two).body).toBe('/two')
  })
})

describe('a failing handler is answered with 502 LambdaUnhandled when it', () => {
  const boom = new Error('boom')
  const cycle: Record<string, unknown> = { statusCode: 200 }
  cycle.self = cycle

  it.each([
    [
      'throws',
      () => {
        throw boom
      },
      'the handler failed: Error: boom',
    ],
    ['rejects', () => Promise.reject(boom), 'the handler failed: Error: boom'],
    [
      'throws what is no error',
      () => {
        throw 'a string'
      },
      'the handler failed: a string',
    ],
    [
      'returns a BigInt',
      () => ({ statusCode: 200n }),
      "the handler failed: TypeError: the handler's result cannot be serialized: TypeError: Do not know how to serialize a BigInt",
    ],
  ])('%s', async (_what, target, detail) => {
    const entry = await logFor({ target })
    expect(entry.received).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
    expect(entry.errorReason).toBe('LambdaUnhandled')
    expect(entry.detail).toBe(detail)
  })

  it('returns a cycle', async () => {
    const entry = await logFor({ target: () => cycle })
    expect(entry.status).toBe(502)
    expect(entry.detail).toMatch(/^the handler failed: TypeError: the handler's result cannot be/)
  })

  it('takes longer than its timeout', async () => {
    const entry = await logFor({ target: () => new Promise(() => {}), timeoutMs: 20 })
    expect(entry.received).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
    expect(entry.errorReason).toBe('LambdaUnhandled')
    expect(entry.detail).toBe('Task timed out after 0.02 seconds')
  })

  it('has the thrown error on the log', async () => {
    const { cause } = await logFor({ target: () => Promise.reject(boom) })
    expect(cause).toBe(boom)
  })
})

describe('a target of another kind', () => {
  it('gets the event as JSON text and answers with a payload', async () => {
    const events: string[] = []
    const { received } = await logFor({
      target: {
        invoke: async (event) => {
          events.push(event)
          return { payload: '{"statusCode":200,"body":"hi"}' }
        },
      },
    })
    expect(parse(received).body).toBe('hi')
    expect(JSON.parse(events[0] ?? '')).toMatchObject({ httpMethod: 'GET', path: '/' })
  })

  it.each([
    ['LambdaThrottling', 'HTTP/1.1 502 Bad Gateway'],
    ['LambdaAccessDenied', 'HTTP/1.1 502 Bad Gateway'],
    ['LambdaResourceNotFound', 'HTTP/1.1 502 Bad Gateway'],
    ['LambdaConnectionError', 'HTTP/1.1 502 Bad Gateway'],
    ['LambdaServiceException', 'HTTP/1.1 502 Bad Gateway'],
    ['LambdaConnectionTimeout', 'HTTP/1.1 504 Gateway Time-out'],
  ] as const)('may fail with %s', async (errorReason, statusLine) => {
    const target = { invoke: async () => ({ errorReason, detail: 'too many' }) }
    const entry = await logFor({ target })
    expect(parse(entry.received).statusLine).toBe(statusLine)
    expect(entry).toMatchObject({ errorReason, detail: 'too many' })
  })

  it('that answers with what is no JSON gives 502 LambdaInvalidResponse', async () => {
    const entry = await logFor({ target: { invoke: async () => ({ payload: '<html>' }) } })
    expect(entry).toMatchObject({
      status: 502,
      errorReason: 'LambdaInvalidResponse',
      detail: 'the response is not JSON',
    })
  })

  it('that rejects gives 500, because the fault is not the function’s', async () => {
    const target = { invoke: () => Promise.reject(new Error('bug')) }
    const entry = await logFor({ target })
    expect(entry.received).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/)
    expect(entry.errorReason).toBe('LambdaServiceException')
  })
})

describe('wrong options are refused with a TypeError', () => {
  // Callers without types make these mistakes.
  const create = createLoadBalancer as (options: unknown) => unknown
  const handler = (): unknown => ({ statusCode: 200 })

  const wrong: readonly (readonly [options: unknown, message: string])[] = [
    [
      {},
      'target must be a handler function, a Target or null, got undefined: is the handler exported?',
    ],
    [{ target: 'x' }, 'target must be a handler function, a Target or null, got string'],
    [{ target: {} }, 'target must be a handler function, a Target or null, got object'],
    [{ target: handler, timeoutMs: 0 }, 'timeoutMs must be over 0 and at most 900000, got 0'],
    [
      { target: functionTarget(handler), timeoutMs: 1 },
      'timeoutMs is for a handler; a Target brings its own timeout',
    ],
    [
      { target: handler, idleTimeoutMs: -1 },
      'idleTimeoutMs must be over 0 and at most 4000000, got -1',
    ],
    [{ target: handler, log: true }, 'log must be a function, got boolean'],
    [
      { target: handler, multiValueHeaders: 'true' },
      'multiValueHeaders must be a boolean, got string',
    ],
    [
      { target: handler, listener: { Protocol: 'https' } },
      'listener.Protocol must be HTTP or HTTPS, got https',
    ],
    [
      { target: handler, listener: { Port: '80' } },
      'listener.Port must be an integer from 1 to 65535, got 80',
    ],
    [undefined, 'createLoadBalancer needs an options object with a target, got undefined'],
    [handler, 'createLoadBalancer needs an options object with a target, got function'],
  ]

  it.each(wrong.map(([options, message]) => [message, options]))('%s', (message, options) => {
    expect(() => create(options)).toThrow(new TypeError(String(message)))
  })
})
