import { createServer, get, type RequestListener, type Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, multiEvent } from './events.ts'

type Respond = (res: ServerResponse) => unknown

/** What the app saw, and the lines that a client gets: name and value by turns. */
interface Answer {
  readonly seen: unknown
  readonly lines: string[]
}

/** Fields of one connection, which the load balancer writes itself, and the moment. */
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date'])

async function behindHandler(app: RequestListener | Server): Promise<string[]> {
  const { multiValueHeaders } = await albHandler(app)(multiEvent(), context)
  const entries = Object.entries(multiValueHeaders ?? {})
  return entries.flatMap(([name, values]) => values.flatMap((value) => [name, value]))
}

async function underListen(app: RequestListener | Server): Promise<string[]> {
  const server = (typeof app === 'function' ? createServer(app) : app).listen(0)
  try {
    return await new Promise((resolve, reject) => {
      get({ port: (server.address() as AddressInfo).port, agent: false }, (res) => {
        res.resume().on('end', () => resolve(res.rawHeaders))
      }).on('error', reject)
    })
  } finally {
    server.close()
  }
}

function endToEnd(lines: readonly string[]): string[] {
  return lines.flatMap((name, index) =>
    index % 2 === 0 && !OWN.has(name.toLowerCase()) ? [name, lines[index + 1] ?? ''] : [],
  )
}

/** Documented; the types leave it out. */
function rawNamesOf(res: ServerResponse): string[] {
  return (res as unknown as { getRawHeaderNames(): string[] }).getRawHeaderNames()
}

/** The answer behind the handler, once it is clear that it is the one under `listen`. */
async function answer(respond: Respond, options = {}): Promise<Answer> {
  const answers: Answer[] = []
  for (const serve of [underListen, behindHandler]) {
    let seen: unknown
    const server = createServer(options, (_req, res) => {
      seen = respond(res)
      if (!res.writableEnded) res.end('text')
    })
    answers.push({ lines: endToEnd(await serve(server)), seen })
  }
  const [listen, handler] = answers as [Answer, Answer]
  expect(handler).toEqual(listen)
  return handler
}

const length = ['Content-Length', '4']

describe('fields set one by one', () => {
  it('keep their order and their case', async () => {
    const { lines, seen } = await answer((res) => {
      res.setHeader('X-Second', 'b').setHeader('x-FIRST', 'a').setHeader('2', 1)
      return [res.getHeaderNames(), rawNamesOf(res), { ...res.getHeaders() }]
    })
    expect(lines).toEqual(['2', '1', 'X-Second', 'b', 'x-FIRST', 'a', ...length])
    expect(seen).toEqual([
      ['2', 'x-second', 'x-first'],
      ['2', 'X-Second', 'x-FIRST'],
      { '2': 1, 'x-second': 'b', 'x-first': 'a' },
    ])
  })

  it('come last when they were removed and set again', async () => {
    const { lines, seen } = await answer((res) => {
      res.setHeader('x-a', '1').setHeader('x-b', '2')
      res.removeHeader('X-A')
      const has = [res.hasHeader('x-a'), res.getHeader('x-a'), res.getHeaderNames()]
      res.setHeader('X-A', '3')
      return has
    })
    expect(lines).toEqual(['x-b', '2', 'X-A', '3', ...length])
    expect(seen).toEqual([false, undefined, ['x-b']])
  })

  it('are replaced where they stand', async () => {
    const { lines } = await answer((res) => {
      res.setHeader('x-a', '1').setHeader('x-b', '2').setHeader('X-A', '3')
    })
    expect(lines).toEqual(['X-A', '3', 'x-b', '2', ...length])
  })

  it('are appended to', async () => {
    const { lines, seen } = await answer((res) => {
      res.setHeader('x-a', '1').appendHeader('X-A', '2').appendHeader('x-b', ['3', '4'])
      return res.getHeader('x-a')
    })
    expect(lines).toEqual(['x-a', '1', 'x-a', '2', 'x-b', '3', 'x-b', '4', ...length])
    expect(seen).toEqual(['1', '2'])
  })

  it('are one line where the server says so', async () => {
    const { lines } = await answer(
      (res) => void res.setHeader('X-Once', ['1', '2']).setHeader('x-more', ['3', '4']),
      { uniqueHeaders: ['x-once'] },
    )
    expect(lines).toEqual(['X-Once', '1; 2', 'x-more', '3', 'x-more', '4', ...length])
  })

  it('take a Map, as they take an object in writeHead and lines in an array', async () => {
    const { lines } = await answer((res) => {
      res.setHeaders(new Map([['x-a', '1']])).writeHead(200, { 'x-b': '2', 'X-A': '3' })
    })
    expect(lines).toEqual(['X-A', '3', 'x-b', '2'])
    const flat = await answer((res) => void res.writeHead(201, ['x-a', '1', 'x-a', '2'] as never))
    expect(flat.lines).toEqual(['x-a', '1', 'x-a', '2'])
  })

  it('of one name in another spelling, given to writeHead, replace it', async () => {
    const { lines } = await answer((res) => {
      res.setHeader('x-a', '1').setHeader('Content-Length', 4).writeHead(200, { 'X-A': '2' })
    })
    expect(lines).toEqual(['X-A', '2', 'Content-Length', '4'])
  })

  it('are refused as Node refuses them, and after the head', async () => {
    const { seen } = await answer((res) => {
      const wrong = [
        () => res.setHeader('x y', '1'),
        () => res.setHeader('x', 'a\nb'),
        () => res.setHeader('x', undefined as never),
        () => res.setHeader(1 as never, '1'),
        () => res.removeHeader(1 as never),
      ].map(codeOf)
      res.flushHeaders()
      const late = [() => res.setHeader('x', '1'), () => res.removeHeader('x')].map(codeOf)
      return [...wrong, res.headersSent, ...late]
    })
    const sent = 'ERR_HTTP_HEADERS_SENT'
    const type = 'ERR_INVALID_ARG_TYPE'
    expect(seen).toEqual([
      'ERR_INVALID_HTTP_TOKEN',
      'ERR_INVALID_CHAR',
      'ERR_HTTP_INVALID_HEADER_VALUE',
      'ERR_INVALID_HTTP_TOKEN',
      type,
      true,
      sent,
      sent,
    ])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is one', async (name) => {
    const { lines, seen } = await answer((res) => {
      const before = res.hasHeader(name)
      res.setHeader('x-a', '1').setHeader(name, 'b')
      return [before, res.getHeader(name)]
    })
    expect(lines).toEqual(['x-a', '1', name, 'b', ...length])
    expect(seen).toEqual([false, 'b'])
  })

  it.each<[string, Respond, string[]]>([
    [
      'a length of none',
      (res) => void res.setHeader('content-length', '0').end(),
      ['content-length', '0'],
    ],
    [
      'no length, no coding',
      (res) => {
        res.removeHeader('content-length')
        res.removeHeader('transfer-encoding')
        res.end('text')
      },
      [],
    ],
    [
      'no body',
      (res) => {
        res.statusCode = 304
        res.setHeader('etag', '"a"').end()
      },
      ['etag', '"a"'],
    ],
    [
      'blanks around values',
      (res) => void res.setHeader('x-a', '  1\t').end('text'),
      ['x-a', '1', ...length],
    ],
    [
      'values of no characters',
      (res) => void res.setHeader('x-a', '').end('text'),
      ['x-a', '', ...length],
    ],
    ['lists of none', (res) => void res.setHeader('x-a', []).end('text'), length],
    [
      'cookies',
      (res) => void res.setHeader('set-cookie', ['a=1', 'b=2']).end('text'),
      ['set-cookie', 'a=1', 'set-cookie', 'b=2', ...length],
    ],
  ])('%s', async (_, respond, expected) => {
    expect((await answer(respond)).lines).toEqual(expected)
  })

  it('leave a text of the head that is as Node composes it', async () => {
    const { seen } = await answer((res) => {
      res.setHeader('X-A', '1').setHeader('Date', 'today').setHeader('x-b', ['2', '3'])
      res.end('text')
      const { _header } = res as unknown as { _header: string }
      return _header.replace(/Connection: .*\r\n/, '')
    })
    expect(seen).toBe(
      'HTTP/1.1 200 OK\r\nX-A: 1\r\nDate: today\r\nx-b: 2\r\nx-b: 3\r\n' +
        'Content-Length: 4\r\n\r\n',
    )
  })
})

function codeOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

it('fields go on where the prototype is replaced, as Express does', async () => {
  const prototype = Object.create(ServerResponse.prototype, { own: { value: true } })
  const { lines } = await answer((res) => {
    res.setHeader('x-a', '1').setHeader('x-b', '2')
    Object.setPrototypeOf(res, prototype)
    res.setHeader('X-C', '3')
    res.removeHeader('x-a')
  })
  expect(lines).toEqual(['x-b', '2', 'X-C', '3', ...length])
})
