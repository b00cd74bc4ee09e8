import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type AlbEvent,
  type ApplicationLoadBalancerOptions,
  type LambdaHandler,
  type LogEntry,
  type RecordedExchange,
  Recorder,
} from '../../src/index.ts'
import {
  fixed,
  forward,
  open,
  optionsWith,
  optionsWithRule,
  urlOf,
} from '../shared/application-load-balancer.ts'
import { send } from '../shared/client.ts'
import { httpsOptions } from '../shared/https-listener.ts'
import { head } from '../shared/load-balancer.ts'
import { nobody, optionsFor, serve } from '../shared/servers.ts'
import { connectHttp2, request2, sendTls } from '../shared/tls-clients.ts'

interface Seen {
  readonly url: string
  readonly recorder: Recorder
  readonly entries: LogEntry[]
  /** What the function got. */
  readonly events: AlbEvent[]
  /** Those that are over, once there are as many. */
  over(count: number): Promise<RecordedExchange[]>
}

const hello: LambdaHandler = () => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain', 'set-cookie': 'a=b' },
  body: 'hello',
})

async function seen(
  options: ApplicationLoadBalancerOptions = optionsWith(),
  handler: LambdaHandler = hello,
): Promise<Seen> {
  const recorder = new Recorder()
  const entries: LogEntry[] = []
  const events: AlbEvent[] = []
  const api: LambdaHandler = (event, context) => {
    events.push(structuredClone(event))
    return handler(event, context, undefined as never)
  }
  const targets = options.targetGroups?.Api ? { api } : {}
  const log = (entry: LogEntry): void => void entries.push(entry)
  const url = urlOf(await open({ ...options, recorder, log, targets }))
  const over = async (count: number): Promise<RecordedExchange[]> => {
    await expect.poll(() => entries.length).toBe(count)
    return recorder.exchanges()
  }
  return { url, recorder, entries, events, over }
}

const portOf = ({ url }: Seen): number => Number(new URL(url).port)

const sent = (requestLine: string, ...lines: string[]): string =>
  head(`${requestLine} HTTP/1.1`, 'Host: a.example', 'Connection: close', ...lines)

const multi = {
  Api: {
    TargetType: 'lambda' as const,
    Targets: [{ Id: 'api' }],
    TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }],
  },
}

const rewrite = optionsWithRule({
  Transforms: [
    {
      Type: 'url-rewrite',
      UrlRewriteConfig: { Rewrites: [{ Regex: '^/old/(.*)$', Replace: '/new/$1?added=1' }] },
    },
  ],
  Actions: [forward('Api')],
})

describe('the log entry is the one that was logged, of', () => {
  it.each<[string, ApplicationLoadBalancerOptions, string, LambdaHandler?]>([
    ['a function that answers', optionsWith(), sent('GET /a?b=c', 'User-Agent: probe')],
    ['a body', optionsWith(), `${sent('POST /', 'Content-Length: 4')}body`],
    ['a function that fails', optionsWith(), sent('GET /'), failing],
    ['a document that is refused', optionsWith(), sent('GET /'), () => ({ statusCode: '200' })],
    ['a fixed response', optionsWithRule({ Actions: [fixed('matched')] }), sent('GET /')],
    [
      'a redirect',
      optionsWithRule({
        Actions: [{ Type: 'redirect', RedirectConfig: { Path: '/b', StatusCode: 'HTTP_301' } }],
      }),
      sent('GET /a'),
    ],
    ['a rewritten request', rewrite, sent('GET /old/a')],
    ['an ambiguous request', optionsWith(), sent('GET /', 'X-A: \x80\x01')],
    ['a refused request', optionsWith(), sent('TRACE /')],
    ['what is no request', optionsWith(), 'nonsense\r\n\r\n'],
    ['a trace of the client', optionsWith(), sent('GET /', 'X-Amzn-Trace-Id: Root=1;A=\xc3\xa4')],
    ['an HTTP/1.0 request', optionsWith(), head('GET / HTTP/1.0')],
  ])('%s', async (_, options, request, handler) => {
    const balancer = await seen(options, handler)
    await send(portOf(balancer), request)
    const [exchange] = await balancer.over(1)
    expect(exchange?.entry).toEqual(balancer.entries[0])
  })

  it('what a server answers, and what none does', async () => {
    const answering = await seen(optionsFor(await serve((_, response) => response.end('ok'))))
    const failing = await seen(optionsFor(await nobody()))
    for (const balancer of [answering, failing]) {
      await send(portOf(balancer), sent('GET /'))
      const [exchange] = await balancer.over(1)
      expect(exchange?.entry).toEqual(balancer.entries[0])
    }
    expect(failing.entries[0]).toMatchObject({ status: 502, isUnconnected: true })
  })

  it('requests over TLS, by HTTP/1 and HTTP/2', async () => {
    const balancer = await seen(httpsOptions())
    await sendTls(balancer.url, { headers: { host: 'a.example' } })
    await request2(connectHttp2(balancer.url), { ':path': '/', ':authority': 'a.example' })
    const exchanges = await balancer.over(2)
    expect(exchanges.map(({ entry }) => entry)).toEqual(balancer.entries)
    expect(balancer.entries.map(({ type }) => type)).toEqual(['https', 'h2'])
  })
})

describe('the event is the one that the function got, of', () => {
  it.each<[string, ApplicationLoadBalancerOptions, string]>([
    ['a query with repeated keys', optionsWith(), sent('GET /a?b=1&b=2&a')],
    ['multi-value headers', optionsWith({ targetGroups: multi }), sent('GET /?b=1&b=2', 'B: 1')],
    ['a text', optionsWith(), `${sent('POST /', 'Content-Type: text/a', 'Content-Length: 4')}text`],
    ['bytes', optionsWith(), `${sent('POST /', 'Content-Length: 3')}\xff\0\x01`],
    [
      'a body in chunks',
      optionsWith(),
      `${sent('POST /', 'Transfer-Encoding: chunked')}3\r\nabc\r\n0\r\n\r\n`,
    ],
    ['an absolute target', optionsWith(), sent('GET http://b.example/a?')],
    ['UTF-8', optionsWith(), sent('GET /\xc3\xa4?\xc3\xa4=\xc3\xa4', 'X-A: \xc3\xa4')],
    ['forwarded requests', optionsWith(), sent('GET /', 'X-Forwarded-For: 192.0.2.1')],
    ['a rewritten request', rewrite, sent('GET /old/a?b=c')],
  ])('%s', async (_, options, request) => {
    const balancer = await seen(options)
    await send(portOf(balancer), request)
    const [exchange] = await balancer.over(1)
    expect(balancer.events).toHaveLength(1)
    expect(exchange?.event).toEqual(balancer.events[0])
  })

  it('requests over TLS, with what the listener adds', async () => {
    const key = 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled'
    const loadBalancer = { LoadBalancerAttributes: [{ Key: key, Value: 'true' }] }
    const balancer = await seen(httpsOptions({}, { loadBalancer }))
    await sendTls(balancer.url, { headers: { host: 'a.example' } })
    await request2(connectHttp2(balancer.url), { ':path': '/', ':authority': 'a.example' })
    const exchanges = await balancer.over(2)
    expect(exchanges.map(({ event }) => event)).toEqual(balancer.events)
    expect(balancer.events[0]?.headers).toHaveProperty('x-amzn-tls-version', 'TLSv1.3')
  })
})

describe('the body of the response is the one that was sent, of', () => {
  it.each<[string, string, unknown, string]>([
    ['a text', 'GET', { statusCode: 200, body: 'gr\u00fcn' }, 'gr\xc3\xbcn'],
    ['base64', 'GET', { statusCode: 200, body: '/wAB', isBase64Encoded: true }, '\xff\0\x01'],
    ['an answer to HEAD', 'HEAD', { statusCode: 200, body: 'hello' }, ''],
    ['a 204', 'GET', { statusCode: 204, body: 'hello' }, ''],
    ['no body', 'GET', { statusCode: 200 }, ''],
  ])('%s', async (_, method, document, body) => {
    const balancer = await seen(optionsWith(), () => document)
    await send(portOf(balancer), sent(`${method} /`))
    const [exchange] = await balancer.over(1)
    const { bytes, length, isCut } = exchange?.response?.body ?? {}
    expect([bytes?.toString('latin1'), length, isCut]).toEqual([body, body.length, false])
  })
})

describe('the head of the response is the one that was sent, of', () => {
  const date = 'Thu, 01 Jan 1970 00:00:00 GMT'
  const attribute = { Key: 'routing.http.response.x_frame_options.header_value', Value: 'DENY' }
  const web = { Port: 80, Protocol: 'HTTP' as const, DefaultActions: [forward('Api')] }
  const changing = optionsWith({ listeners: { Web: { ...web, ListenerAttributes: [attribute] } } })
  it.each<[string, string, unknown, ApplicationLoadBalancerOptions?]>([
    ['a function', 'GET', { statusCode: 200, headers: { b: '1', a: '2' }, body: 'hello' }],
    ['a date of its own', 'GET', { statusCode: 200, headers: { a: '1', Date: date } }],
    ['a server of its own', 'GET', { statusCode: 200, headers: { server: 'own', a: '1' } }],
    ['both', 'GET', { statusCode: 200, headers: { server: 'own', date, a: '1' } }],
    ['a phrase of its own', 'GET', { statusCode: 201, statusDescription: '201 Made it' }],
    ['an answer to HEAD', 'HEAD', { statusCode: 200, headers: { 'content-length': '12' } }],
    ['a 304', 'GET', { statusCode: 304, headers: { etag: '"a"' } }],
    ['a listener that adds to it', 'GET', { statusCode: 200, headers: { a: '1' } }, changing],
    ['a document that is refused', 'GET', { statusCode: '200' }],
  ])('%s', async (_, method, document, options) => {
    const balancer = await seen(options, () => document)
    const received = await send(portOf(balancer), sent(`${method} /`))
    const [exchange] = await balancer.over(1)
    expect(headOf(exchange)).toBe(headIn(received))
  })

  it('a function that answered a second ago', async () => {
    const balancer = await seen()
    const received = await send(portOf(balancer), sent('GET /'))
    const [, sentAt = ''] = /^Date: (.*)$/m.exec(received) ?? []
    await expect.poll(() => new Date().toUTCString(), { timeout: 5000 }).not.toBe(sentAt)
    const [exchange] = await balancer.over(1)
    expect(exchange?.response?.lines).toContainEqual(['Date', sentAt])
  })

  it('repeated fields that are reversed', async () => {
    const options = { ...optionsWith({ targetGroups: multi }), reverseRepeatedHeaders: true }
    const multiValueHeaders = { 'set-cookie': ['a=1', 'b=2'] }
    const balancer = await seen(options, () => ({ statusCode: 200, multiValueHeaders }))
    const received = await send(portOf(balancer), sent('GET /'))
    const [exchange] = await balancer.over(1)
    expect(received).toContain('set-cookie: b=2\r\nset-cookie: a=1\r\n')
    expect(headOf(exchange)).toBe(headIn(received))
  })
})

describe('the head of a request is as it came', () => {
  it('with blanks around values, and bytes that Node does not take', async () => {
    const balancer = await seen()
    const lines = ['X-A: \t a b \t ', 'x-A:', 'X-B:\xa0\x01c\xa0']
    await send(portOf(balancer), `\r\n${sent('ODD  /\xe4 b?c ', ...lines)}`)
    const [exchange] = await balancer.over(1)
    expect(exchange?.request).toEqual({
      method: 'ODD',
      target: '/\xe4 b?c',
      httpVersion: '1.1',
      lines: [
        ['Host', 'a.example'],
        ['Connection', 'close'],
        ['X-A', 'a b'],
        ['x-A', ''],
        ['X-B', '\xa0\x01c\xa0'],
      ],
    })
  })

  it('of each of several that come at once', async () => {
    const balancer = await seen()
    const first = head('GET /1 HTTP/1.1', 'Host: a', 'N: 1')
    await send(portOf(balancer), first + sent('GET /2', 'N: 2'))
    const requests = (await balancer.over(2)).map(({ request }) => request)
    expect(requests.map(({ target }) => target)).toEqual(['/1', '/2'])
    expect(requests.map(({ lines }) => lines.at(-1))).toEqual([
      ['N', '1'],
      ['N', '2'],
    ])
  })

  it('of HTTP/2', async () => {
    const balancer = await seen(httpsOptions())
    const session = connectHttp2(balancer.url)
    await request2(session, { ':path': '/a', ':authority': 'a.example', 'x-a': ['1', '2'] })
    const [exchange] = await balancer.over(1)
    expect(exchange?.request).toMatchObject({ method: 'GET', target: '/a', httpVersion: '2.0' })
    expect(exchange?.request.lines).toEqual([
      ['host', 'a.example'],
      ['x-a', '1'],
      ['x-a', '2'],
    ])
    onTestFinished(() => session.close())
  })
})

function failing(): never {
  throw new RangeError('no')
}

function headOf(exchange: RecordedExchange | undefined): string {
  const { status, phrase, lines = [] } = exchange?.response ?? {}
  const fields = lines.map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${phrase}`, ...fields].join('\r\n')
}

/** But for what concerns the connection. */
function headIn(received: string): string {
  return received.slice(0, received.indexOf('\r\nConnection: close'))
}
