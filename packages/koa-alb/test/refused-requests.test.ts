import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import type { AlbEvent } from '../src/types.ts'
import { context, multiEvent, singleEvent } from './events.ts'

/** Where a text from a client stands: in the bytes of a request and in an event. */
interface Place {
  readonly name: string
  readonly put: (text: string) => Parts
  /** The bytes, in hexadecimal, that end otherwise than under listen. */
  readonly differing?: string
  readonly because?: string
}

interface Parts {
  readonly method?: string
  readonly path?: string
  readonly query?: readonly [key: string, value: string]
  readonly line?: readonly [name: string, value: string]
}

const forgiven = 'a load balancer lets bytes beyond ASCII through in a target'

const places: readonly Place[] = [
  { name: 'a method', put: (text) => ({ method: `G${text}T` }) },
  {
    name: 'a path',
    put: (text) => ({ path: `/a${text}b` }),
    differing: '80-ff',
    because: forgiven,
  },
  { name: 'the beginning of a path', put: (text) => ({ path: `${text}b` }) },
  {
    name: 'a query key',
    put: (text) => ({ query: [`a${text}b`, '1'] }),
    differing: '80-ff',
    because: forgiven,
  },
  {
    name: 'a query value',
    put: (text) => ({ query: ['a', `1${text}2`] }),
    differing: '80-ff',
    because: forgiven,
  },
  {
    name: 'a field name',
    put: (text) => ({ line: [`x${text}y`, '1'] }),
    differing: '3a',
    because: 'the first colon of a line ends its name, so that no event has one in a name',
  },
  { name: 'a field value', put: (text) => ({ line: ['x', `a${text}b`] }) },
  { name: 'the beginning of a field value', put: (text) => ({ line: ['x', `${text}b`] }) },
  { name: 'the end of a field value', put: (text) => ({ line: ['x', `a${text}`] }) },
  { name: 'a host', put: (text) => ({ line: ['host', `a${text}b`] }) },
]

const app: RequestListener = ({ method, url, rawHeaders }, res) => {
  res.end(JSON.stringify([method, url, rawHeaders]))
}
const handler = albHandler(app)
const server = createServer(app)
let port: number

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe.each(places)('$name', ({ put, differing = '' }) => {
  it.each(['single', 'multi'] as const)('takes what it takes under listen, %s', async (mode) => {
    const codes = Array.from({ length: 256 }, (_, code) => code)
    const ends = await Promise.all(
      codes.map(async (code) => {
        const parts = put(String.fromCharCode(code))
        return (await listenEnd(parts)) === (await ourEnd(parts, mode))
      }),
    )
    expect(ranges(codes.filter((code) => !ends[code]))).toBe(differing)
  })
})

it('a target begins as it may under listen', async () => {
  const texts = ['', ...'a:/?#@*[%'].flatMap((first, _, all) =>
    all.flatMap((second) => all.map((third) => first + second + third)),
  )
  const targets = texts.flatMap((text) => [text, `a:/${text}`, `http://u${text}`])
  for (const path of new Set(targets.filter(Boolean))) {
    expect(await ourEnd({ path }, 'single'), path).toBe(await listenEnd({ path }))
  }
})

describe('a request that Node refuses is answered as Node answers it', () => {
  const refused = { statusCode: 400, statusDescription: '400 Bad Request' }
  const empty = { body: '', isBase64Encoded: false }

  it.each<[string, Parts]>([
    ['a method that is unknown', { method: 'BREW' }],
    ['a method in lower case', { method: 'post' }],
    ['CONNECT', { method: 'CONNECT' }],
    ['a tab in its path', { path: '/\t/evil.example' }],
    ['a path without a slash', { path: 'users' }],
    ['a space in its query', { query: ['a', 'b c'] }],
    ['a line end in a value', { line: ['x', 'a\r\nset-cookie: b'] }],
    ['a name that is no token', { line: ['x[0]', '1'] }],
    ['a length that is none', { line: ['content-length', '5x'] }],
  ])('for %s', async (_, parts) => {
    expect(await handler(eventOf(parts, 'single'), context)).toEqual({
      ...refused,
      headers: {},
      ...empty,
    })
    expect(await handler(eventOf(parts, 'multi'), context)).toEqual({
      ...refused,
      multiValueHeaders: {},
      ...empty,
    })
  })

  it('for two lengths', async () => {
    const event = multiEvent({ multiValueHeaders: { 'content-length': ['0', '0'] } })
    expect(await handler(event, context)).toMatchObject(refused)
  })
})

it('a request without a host passes, as those of health checks do', async () => {
  const headers = { 'user-agent': 'ELB-HealthChecker/2.0' }
  expect(await handler(singleEvent({ headers }), context)).toMatchObject({ statusCode: 200 })
})

it.each(['single', 'multi'] as const)('bytes from 0x80 on in a target pass, %s', async (mode) => {
  const { body } = await handler(eventOf({ path: '/é', query: ['€', 'ÿ'] }, mode), context)
  expect(JSON.parse(body)[1]).toBe('/Ã©?â\u0082¬=Ã¿')
})

/** `400`, or what the app saw. */
async function listenEnd(parts: Parts): Promise<string> {
  const { method = 'GET', path = '/', query, line = ['x', '1'] } = parts
  const target = query ? `${path}?${query.join('=')}` : path
  const lines = linesOf(line).map((pair) => pair.join(': '))
  const text = [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n')
  const answer = await answerTo(Buffer.from(text, 'utf8'))
  if (answer === 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n') return '400'
  return answer.slice(answer.indexOf('\r\n\r\n') + 4)
}

async function ourEnd(parts: Parts, mode: 'single' | 'multi'): Promise<string> {
  const { statusCode, body } = await handler(eventOf(parts, mode), context)
  return statusCode === 400 && body === '' ? '400' : body
}

function eventOf(parts: Parts, mode: 'single' | 'multi'): AlbEvent {
  const { method: httpMethod = 'GET', path = '/', query, line = ['x', '1'] } = parts
  const lines = linesOf(line)
  const pairs = query ? [query] : []
  return mode === 'single'
    ? singleEvent({
        ...{ httpMethod, path, queryStringParameters: Object.fromEntries(pairs) },
        headers: Object.fromEntries(lines),
      })
    : multiEvent({
        ...{ httpMethod, path, multiValueQueryStringParameters: listed(pairs) },
        multiValueHeaders: listed(lines),
      })
}

function linesOf(line: readonly [string, string]): (readonly [string, string])[] {
  const common = [
    ['connection', 'close'],
    ['host', 'app.test'],
  ] as const
  return [...common.filter(([name]) => name !== line[0]), line]
}

function listed(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  return Object.fromEntries(pairs.map(([name, value]) => [name, [value]]))
}

function answerTo(request: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    // A reset after the last byte is an end like any other.
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
  })
}

/** `0-1f 7f` for the codes that are these. */
function ranges(codes: readonly number[]): string {
  const runs: number[][] = []
  for (const code of codes) {
    const run = runs.at(-1)
    if (run?.at(-1) === code - 1) run.push(code)
    else runs.push([code])
  }
  return runs
    .map((run) => [...new Set([run[0], run.at(-1)])].map((code) => code?.toString(16)).join('-'))
    .join(' ')
}
