import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type {
  AlbEvent,
  ApplicationLoadBalancerOptions,
  LambdaHandler,
  LogEntry,
} from '../../src/index.ts'
import { fixed, naming, open, urlOf } from '../shared/application-load-balancer.ts'
import { httpsOptions } from '../shared/https-listener.ts'
import { connectHttp2, request2, sendTls } from '../shared/tls-clients.ts'

function options(
  handler: LambdaHandler = naming('api'),
  rest: Partial<ApplicationLoadBalancerOptions> = {},
): ApplicationLoadBalancerOptions {
  return httpsOptions({}, { targets: { api: handler }, ...rest })
}

const get = { ':path': '/', ':authority': 'a.example' }
const multi = {
  Api: {
    TargetType: 'lambda' as const,
    Targets: [{ Id: 'api' }],
    TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }],
  },
}

describe('HTTP/2', () => {
  it.each([undefined, 'a body'])(
    'gives the event that HTTP/1 gives, with body %s',
    async (body) => {
      const events: AlbEvent[] = []
      const handler: LambdaHandler = (event) => {
        events.push(event)
        return { statusCode: 200 }
      }
      const url = urlOf(await open(options(handler, { targetGroups: multi })))
      const method = body === undefined ? 'GET' : 'POST'
      const headers = { 'content-type': 'text/plain', 'x-b': ['1', '2'], 'user-agent': 'probe' }
      const line = { ':path': '/a%20b?c=d', ':authority': 'A.example', ':method': method }
      await request2(connectHttp2(url), { ...line, ...headers, cookie: ['a=1', 'b=2'] }, body)
      await sendTls(url, {
        method,
        target: '/a%20b?c=d',
        headers: {
          host: 'A.example',
          ...headers,
          cookie: 'a=1; b=2',
          ...(body !== undefined && { 'content-length': '6' }),
        },
        ...(body !== undefined && { body }),
      })
      const [two, one] = events.map((event) => {
        const { connection, ...lines } = event.multiValueHeaders ?? {}
        return { ...event, multiValueHeaders: { ...lines, 'x-amzn-trace-id': 'any' } }
      })
      expect(two).toEqual(one)
      expect(two?.multiValueHeaders).toMatchObject({
        host: ['a.example'],
        cookie: ['a=1; b=2'],
        'x-b': ['1', '2'],
        'x-forwarded-proto': ['https'],
      })
    },
  )

  it('is answered with lower-case names, one field per cookie and no connection field', async () => {
    const handler: LambdaHandler = () => ({
      statusCode: 201,
      headers: { 'X-A': '1', 'Set-Cookie': 'a=1', 'set-cookie': 'b=2', Connection: 'close' },
      body: 'hello',
    })
    const { headers, body } = await request2(connectHttp2(urlOf(await open(options(handler)))), get)
    expect(body).toBe('hello')
    expect(headers).toMatchObject({
      ':status': 201,
      'x-a': '1',
      'set-cookie': ['a=1', 'b=2'],
      'content-length': '5',
      server: 'awselb/2.0',
    })
    expect(headers).not.toHaveProperty('connection')
  })

  it('has two values of one field in one', async () => {
    const handler: LambdaHandler = () => ({
      statusCode: 200,
      headers: { 'Cache-Control': 'a', 'cache-control': 'b', ETag: '"1"', etag: '"2"' },
    })
    const { headers } = await request2(connectHttp2(urlOf(await open(options(handler)))), get)
    expect(headers['cache-control']).toBe('a, b')
    expect(headers.etag).toBe('"1", "2"')
  })

  it('has no body for HEAD', async () => {
    const handler: LambdaHandler = () => ({ statusCode: 200, body: 'hello' })
    const session = connectHttp2(urlOf(await open(options(handler))))
    const { headers, body } = await request2(session, { ...get, ':method': 'HEAD' })
    expect([headers['content-length'], body]).toEqual(['5', ''])
  })

  it('serves requests on one connection at the same time', async () => {
    const waiting: (() => void)[] = []
    const handler: LambdaHandler = async ({ path }) => {
      if (path === '/slow') await new Promise<void>((resolve) => waiting.push(resolve))
      for (const resolve of waiting) resolve()
      return { statusCode: 200, body: path }
    }
    const session = connectHttp2(urlOf(await open(options(handler))))
    const slow = request2(session, { ...get, ':path': '/slow' })
    expect((await request2(session, { ...get, ':path': '/fast' })).body).toBe('/fast')
    expect((await slow).body).toBe('/slow')
  })

  it('has error pages, too', async () => {
    const session = connectHttp2(urlOf(await open(options(() => ({})))))
    const { headers, body } = await request2(session, get)
    expect(headers[':status']).toBe(502)
    expect(body).toHaveLength(122)
  })

  it('refuses a body over 1 MB with 413 while the connection goes on', async () => {
    const session = connectHttp2(urlOf(await open(options())))
    const large = request2(session, { ...get, ':method': 'POST' }, 'x'.repeat(1_048_577))
    expect((await large).headers[':status']).toBe(413)
    expect((await request2(session, get)).headers[':status']).toBe(200)
  })

  it('refuses TRACE with 405', async () => {
    const session = connectHttp2(urlOf(await open(options())))
    const { headers } = await request2(session, { ...get, ':method': 'TRACE' })
    expect(headers[':status']).toBe(405)
  })

  it('refuses CONNECT with 400', async () => {
    const session = connectHttp2(urlOf(await open(options())))
    const { headers } = await request2(session, { ':method': 'CONNECT', ':authority': 'a:1' })
    expect(headers[':status']).toBe(400)
  })

  it('neither answers nor passes Expect on', async () => {
    const session = connectHttp2(urlOf(await open(options())))
    let isContinued = false
    const stream = session.request({ ...get, ':method': 'POST', expect: '100-continue' })
    stream.on('continue', () => {
      isContinued = true
    })
    stream.end('x')
    let text = ''
    stream.setEncoding('utf8').on('data', (piece) => {
      text += piece
    })
    await once(stream, 'close')
    expect(isContinued).toBe(false)
    expect(JSON.parse(text).event.headers).not.toHaveProperty('expect')
  })

  it('allows 128 streams at once and announces no push', async () => {
    const session = connectHttp2(urlOf(await open(options())))
    await once(session, 'remoteSettings')
    expect(session.remoteSettings.maxConcurrentStreams).toBe(128)
  })

  it('says GOAWAY after 10,000 requests on a connection', async () => {
    const listeners = {
      Web: {
        Port: 443,
        Protocol: 'HTTPS' as const,
        DefaultActions: [fixed('a')],
        Certificates: [{ CertificateArn: 'arn:a' }],
      },
    }
    const session = connectHttp2(urlOf(await open(options(undefined, { listeners }))))
    let isGone = false
    session.on('goaway', () => {
      isGone = true
    })
    for (let batch = 0; batch < 100; batch += 1) {
      expect(isGone).toBe(false)
      await Promise.all(Array.from({ length: 100 }, () => request2(session, get)))
    }
    if (!session.closed) await once(session, 'close')
    expect(isGone).toBe(true)
  })

  it('is h2 on the log', async () => {
    const entries: LogEntry[] = []
    const loadBalancer = await open(options(undefined, { log: (entry) => entries.push(entry) }))
    await request2(connectHttp2(urlOf(loadBalancer)), get)
    expect(entries).toMatchObject([
      { type: 'h2', httpVersion: '2.0', method: 'GET', target: '/', status: 200 },
    ])
  })

  it('that the client resets before the answer is logged with 460', async () => {
    let isInvoked = (): void => {}
    const invoked = new Promise<void>((resolve) => {
      isInvoked = resolve
    })
    let isLogged = (_entry: LogEntry): void => {}
    const logged = new Promise<LogEntry>((resolve) => {
      isLogged = resolve
    })
    const handler: LambdaHandler = () => {
      isInvoked()
      return new Promise(() => {})
    }
    const session = connectHttp2(urlOf(await open(options(handler, { log: (e) => isLogged(e) }))))
    const stream = session.request(get)
    stream.on('error', () => {})
    await invoked
    stream.close(8)
    expect((await logged).status).toBe(460)
  })

  it('ends a connection that is idle for the idle timeout', async () => {
    const loadBalancer = {
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '1' }],
    }
    const session = connectHttp2(urlOf(await open(options(undefined, { loadBalancer }))))
    await request2(session, get)
    await once(session, 'close')
  })

  it('answers a body that stops with 408', async () => {
    const loadBalancer = {
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '1' }],
    }
    const session = connectHttp2(urlOf(await open(options(undefined, { loadBalancer }))))
    const stream = session.request({ ...get, ':method': 'POST' })
    stream.write('a')
    const [headers] = await once(stream, 'response')
    expect(headers[':status']).toBe(408)
  })

  it('is not offered when it is turned off', async () => {
    const loadBalancer = {
      LoadBalancerAttributes: [{ Key: 'routing.http2.enabled', Value: 'false' }],
    }
    const url = urlOf(await open(options(undefined, { loadBalancer })))
    await expect(once(connectHttp2(url), 'connect')).rejects.toThrow(/no application protocol/)
    expect((await sendTls(url)).status).toBe(200)
  })
})
