import {
  createServer,
  IncomingMessage,
  type RequestListener,
  Server,
  ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { finished } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, multiEvent } from './events.ts'

/** Runs the listener behind the adapter and under `listen`; both answers of `observe`. */
async function both<T>(observe: (...args: Parameters<RequestListener>) => T): Promise<[T, T]> {
  const seen: T[] = []
  const listener: RequestListener = (req, res) => {
    seen.push(observe(req, res))
    if (!res.writableEnded) res.end()
  }
  await albHandler(listener)(multiEvent(), context)
  const server = createServer(listener).listen(0)
  try {
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
  }
  return seen as [T, T]
}

describe('members of Node that are not documented', () => {
  const response = ServerResponse.prototype as unknown as Record<string, unknown>

  it.each(['_storeHeader', '_send', '_writeRaw', 'assignSocket', 'detachSocket'])(
    'ServerResponse has %s',
    (name) => expect(response[name]).toBeTypeOf('function'),
  )

  it('IncomingMessage has _addHeaderLines', () => {
    expect(IncomingMessage.prototype).toHaveProperty('_addHeaderLines')
  })

  it('the head is kept in _header, and _headerSent and chunkedEncoding say what follows', async () => {
    const [behind, under] = await both((_req, res) => {
      const { _header, _headerSent, chunkedEncoding } = res as unknown as Record<string, unknown>
      res.writeHead(200, { 'x-a': '1' })
      return {
        before: [_header, _headerSent, chunkedEncoding],
        after: String((res as unknown as { _header: string })._header).split('\r\n', 2),
      }
    })
    expect(behind).toEqual({
      before: [null, false, false],
      after: ['HTTP/1.1 200 OK', 'x-a: 1'],
    })
    expect(under).toEqual(behind)
  })

  it('a server keeps uniqueHeaders where responses find them', async () => {
    const server = createServer({ uniqueHeaders: ['x-once'] }, (_req, res) => {
      res.setHeader('x-once', ['a', 'b']).end()
    })
    const { multiValueHeaders } = await albHandler(server)(multiEvent(), context)
    expect(multiValueHeaders?.['x-once']).toEqual(['a; b'])
  })

  it('a server keeps joinDuplicateHeaders for requests', async () => {
    const server = createServer({ joinDuplicateHeaders: true }, (req, res) => {
      res.end(req.headers['user-agent'])
    })
    const headers = { 'user-agent': ['a', 'b'] }
    const { body } = await albHandler(server)(multiEvent({ multiValueHeaders: headers }), context)
    expect(body).toBe('a, b')
  })

  it('a server keeps rejectNonStandardBodyWrites for responses', async () => {
    const server = createServer({ rejectNonStandardBodyWrites: true }, (_req, res) => {
      res.statusCode = 204
      res.end('body')
    })
    await expect(albHandler(server)(multiEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_LISTENER_FAILED',
      cause: { code: 'ERR_HTTP_BODY_NOT_ALLOWED' },
    })
  })
})

describe('a head that was set field by field is the one Node composes', () => {
  const linesOf = (res: object): string[] =>
    String((res as { _header: string })._header)
      .split('\r\n')
      .filter((line) => !/^(?:Connection|Keep-Alive|Date): /.test(line))

  it.each<[string, (res: ServerResponse) => unknown]>([
    [
      'with its length',
      (res) => res.setHeader('X-A', 'a').setHeader('content-length', 2).end('ok'),
    ],
    ['with the length that end knows', (res) => res.setHeader('X-A', 'a').end('ok')],
    [
      'without a removed length',
      (res) => {
        res.setHeader('X-A', 'a').removeHeader('content-length')
        res.end('ok')
      },
    ],
    ['with several lines of a field', (res) => res.setHeader('Set-Cookie', ['a=1', 'b=2']).end()],
    ['with an empty list', (res) => res.setHeader('X-A', 'a').setHeader('X-None', []).end()],
    ['with numbers and empty values', (res) => res.setHeader('X-A', 1).setHeader('X-B', '').end()],
    ['without a body', (res) => res.writeHead(304, { 'X-A': 'a' }).end()],
    [
      'with fields of writeHead',
      (res) => res.setHeader('X-A', 'a').writeHead(201, { b: 'c' }).end(),
    ],
    ['with a cookie field', (res) => res.setHeader('cookie', ['a=1', 'b=2']).end()],
    ['with a named field', (res) => res.setHeader('connection', 'x-a').setHeader('x-a', 'a').end()],
  ])('%s', async (_, respond) => {
    const [behind, under] = await both((_req, res) => {
      respond(res)
      return linesOf(res).filter((line) => line !== 'Transfer-Encoding: chunked')
    })
    expect(behind).toEqual(under)
  })

  it('with the length that strictContentLength compares with', async () => {
    const codes = await both((_req, res) => {
      res.strictContentLength = true
      res.setHeader('content-length', 5).write('ok')
      let code: string | undefined
      try {
        res.end()
      } catch (error) {
        code = (error as { code?: string }).code
      }
      res.strictContentLength = false
      res.end('...')
      return code
    })
    expect(codes).toEqual(Array(2).fill('ERR_HTTP_CONTENT_LENGTH_MISMATCH'))
  })
})

it.each<[string, (req: IncomingMessage) => void]>([
  ['nobody waits for its end', () => {}],
  ['somebody waits for its end', (req) => req.on('end', () => {})],
])('an unread request has ended after the response, where %s', async (_, listen) => {
  let seen: IncomingMessage | undefined
  const handler = albHandler((req, res) => {
    seen = req
    listen(req)
    res.end()
  })
  await handler(multiEvent({ httpMethod: 'POST', body: 'unread' }), context)
  await new Promise(setImmediate)
  const { destroyed, closed, readableEnded, complete, aborted } = seen as IncomingMessage
  expect({ destroyed, closed, readableEnded, complete, aborted }).toEqual({
    destroyed: true,
    closed: true,
    readableEnded: true,
    complete: true,
    aborted: false,
  })
  await finished(seen as IncomingMessage)
})

describe('request.signal, where this Node has it', () => {
  it.each([
    [false, 'a complete response'],
    [true, 'a lost connection'],
  ])('aborted is %s after %s', async (aborted) => {
    let signal: AbortSignal | undefined
    const handler = albHandler((req, res) => {
      signal = (req as { signal?: AbortSignal }).signal
      if (aborted) res.destroy()
      else res.end()
    })
    await handler(multiEvent(), context).catch(() => {})
    expect(signal?.aborted).toBe('signal' in IncomingMessage.prototype ? aborted : undefined)
  })
})

it('the socket closes without an error once the response is complete', async () => {
  const seen: unknown[] = []
  const handler = albHandler((req, res) => {
    req.socket.on('close', (hadError) => seen.push(hadError))
    res.end()
  })
  await handler(multiEvent(), context)
  await new Promise(setImmediate)
  expect(seen).toEqual([false])
})

describe('the socket answers as one of app.listen', () => {
  it.each<[string, (socket: Socket) => unknown]>([
    ['server', (socket) => (socket as { server?: unknown }).server instanceof Server],
    ['readyState', (socket) => socket.readyState],
    ['pending', (socket) => socket.pending],
    ['connecting', (socket) => socket.connecting],
    ['destroyed', (socket) => socket.destroyed],
    ['readable', (socket) => socket.readable],
    ['writable', (socket) => socket.writable],
    ['timeout', (socket) => socket.timeout ?? 0],
    ['setNoDelay', (socket) => socket.setNoDelay() === socket],
    ['setKeepAlive', (socket) => socket.setKeepAlive(true) === socket],
    ['setTimeout', (socket) => socket.setTimeout(0) === socket],
    ['ref and unref', (socket) => socket.unref().ref() === socket],
    ['address', (socket) => typeof socket.address()],
    ['cork', (socket) => socket.cork() ?? socket.uncork()],
  ])('%s', async (_, observe) => {
    const [behind, under] = await both((req) => observe(req.socket))
    expect(behind).toEqual(under)
  })
})

it('req has no property of its own that a server does not give, but _read', async () => {
  const [behind, under] = await both((req) => Object.keys(req))
  expect(behind.filter((key) => !under.includes(key))).toEqual(['_read'])
})
