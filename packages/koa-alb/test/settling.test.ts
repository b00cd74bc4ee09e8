import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { parse } from 'node:url'
import { expect, it, onTestFinished, vi } from 'vitest'
import { type App, albHandler } from '../src/index.ts'
import type { LambdaContext } from '../src/types.ts'
import { context, singleEvent } from './events.ts'

const soon = { ...context, getRemainingTimeInMillis: () => 260 }
const event = singleEvent({ path: '/a', queryStringParameters: { key: 'secret' } })
const settle = (app: App | Promise<App>, invocation: LambdaContext = context) =>
  albHandler(app)(event, invocation).catch((error) => error)

it.each<[string, (req: IncomingMessage, res: ServerResponse) => void]>([
  ['all listeners of the response', (_req, res) => res.removeAllListeners()],
  ['its listeners of finish', (_req, res) => res.removeAllListeners('finish')],
  ['all listeners of the socket', (req) => req.socket.removeAllListeners()],
  ['all listeners of the request', (req) => req.removeAllListeners()],
])('a response is complete without %s', async (_, remove) => {
  const listener: RequestListener = (req, res) => {
    remove(req, res)
    res.write('a')
    setImmediate(() => res.end('b'))
  }
  expect(await settle(listener)).toMatchObject({ statusCode: 200, body: 'ab' })
})

it.each<[string, RequestListener, string]>([
  ['the deadline', (req) => req.socket.removeAllListeners(), 'ALB_ERR_DEADLINE_EXCEEDED'],
  [
    'too large a body',
    (req, res) => {
      req.socket.removeAllListeners('error')
      res.setHeader('content-type', 'image/png').end(Buffer.alloc(900_000))
    },
    'ALB_ERR_RESPONSE_TOO_LARGE',
  ],
])('%s is no uncaught error where nobody listens for errors', async (_, listener, code) => {
  const invocation = code === 'ALB_ERR_DEADLINE_EXCEEDED' ? soon : context
  expect(await settle(listener, invocation)).toMatchObject({ code })
})

it('a finish that the app emits before any head is a lost connection', async () => {
  expect(await settle((_req, res) => void res.emit('finish'))).toMatchObject({
    code: 'ALB_ERR_CONNECTION_LOST',
    message: 'GET /a: the connection was closed before a response',
  })
})

it.each(['destroy', 'end'] as const)(
  'a body too large is an error where the app calls socket.%s() in finish',
  async (method) => {
    const text = Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 65_521).join()
    const listener: RequestListener = (req, res) => {
      const { socket } = req
      res.on('finish', () => socket[method]())
      res.setHeader('content-type', 'text/plain').end(text)
    }
    const limited = albHandler(listener, { responseLimitBytes: 20_000 })
    const zipped = singleEvent({ headers: { 'accept-encoding': 'gzip' } })
    await expect(limited(zipped, context)).rejects.toMatchObject({
      code: 'ALB_ERR_RESPONSE_TOO_LARGE',
    })
  },
)

it('the deadline holds for an app that never gets ready', async () => {
  expect(await settle(new Promise<App>(() => {}), soon)).toMatchObject({
    code: 'ALB_ERR_DEADLINE_EXCEEDED',
    message: 'GET /a: no complete response within 10 ms; the app was not ready',
  })
})

it('an app that gets ready after the deadline is not asked', async () => {
  let ready = (_app: App): void => {}
  const listener = vi.fn<RequestListener>((_req, res) => void res.end())
  await settle(
    new Promise<App>((resolve) => {
      ready = resolve
    }),
    soon,
  )
  ready(listener)
  await new Promise(setImmediate)
  expect(listener).not.toHaveBeenCalled()
})

it.each<[string, object | undefined]>([
  ['throws', { getRemainingTimeInMillis: () => void expect.unreachable() }],
  ['is no function', { getRemainingTimeInMillis: 300 }],
  ['is missing', undefined],
])('a response is given under a context whose clock %s', async (_, without) => {
  const listener: RequestListener = (_req, res) => void setTimeout(() => res.end('ok'), 5)
  expect(await settle(listener, without as never)).toMatchObject({ body: 'ok' })
})

it.each<[string, (res: ServerResponse) => void]>([
  ['a close listener', (res) => void res.on('close', fail).end('ab')],
  ['a finish listener', (res) => void res.on('finish', fail).end('ab')],
  ['the callback of a write', (res) => void (res.write('a', fail) && res.end('b'))],
  ['the callback of the end', (res) => void res.end('ab', fail)],
])('a response stands where %s throws and the process goes on', async (_, respond) => {
  const caught = catchUncaught()
  expect(await settle((_req, res) => respond(res))).toMatchObject({ body: 'ab' })
  expect(caught).toMatchObject([{ message: 'thrown by the app' }])
})

it('an exception on a tick between two turns is thrown once', async () => {
  const caught = catchUncaught()
  let end = (): void => {}
  // Asked on the turn of the first invocation, which that of the second follows.
  let endFirst = (): void => {}
  const getRemainingTimeInMillis = () => {
    process.nextTick(end)
    setTimeout(endFirst, 5)
    return 30_000
  }
  const listener: RequestListener = (_req, res) => {
    endFirst = () => void res.end()
  }
  const first = settle(listener, { ...context, getRemainingTimeInMillis })
  const second = settle((_req, res) => {
    end = () => res.on('close', fail).end('ab')
  })
  expect(await second).toMatchObject({ body: 'ab' })
  expect(await first).toMatchObject({ statusCode: 200 })
  expect(caught).toMatchObject([{ message: 'thrown by the app' }])
})

/** What is thrown and nobody catches until the test is over. */
function catchUncaught(): unknown[] {
  const caught: unknown[] = []
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').on('uncaughtException', (e) => caught.push(e))
  onTestFinished(() => {
    process.removeAllListeners('uncaughtException')
    for (const other of others) process.on('uncaughtException', other)
  })
  return caught
}

function fail(): void {
  throw new Error('thrown by the app')
}

/** The deadline comes at once. */
const late: LambdaContext = { ...context, getRemainingTimeInMillis: () => 250 }

it.each<[string, RequestListener, LambdaContext?]>([
  ['the deadline', () => {}, late],
  ['a wrong length', (_req, res) => void res.setHeader('content-length', 5).end('abc')],
  ['a destroyed response', (_req, res) => void res.destroy()],
  ['a failing listener', async () => fail()],
])(
  'the message about %s has the path of the event where the app replaced the url',
  async (_, run, invocation) => {
    const error = await settle((req, res) => {
      Object.assign(req, { url: parse('/another?x=1', true) })
      return run(req, res)
    }, invocation)
    expect(error.message).toMatch(/^GET \/a: /)
  },
)
