import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AlbEvent, LogEntry } from '../../src/index.ts'
import { forwardedFor } from '../../src/request/forwarded.ts'
import {
  eventThrough,
  fixed,
  forward,
  open,
  optionsWith,
  optionsWithRule,
  type Reply,
  send,
  urlOf,
} from '../shared/application-load-balancer.ts'
import { open as connect, send as sendBytes } from '../shared/client.ts'
import { head } from '../shared/load-balancer.ts'

const attributes = (settings: Record<string, string>) =>
  Object.entries(settings).map(([Key, Value]) => ({ Key, Value }))

function eventWith(
  settings: Record<string, string>,
  headers: Record<string, string | string[]> = {},
): Promise<AlbEvent> {
  const loadBalancer = { LoadBalancerAttributes: attributes(settings) }
  return eventThrough(optionsWith({ loadBalancer }), {
    headers: { host: 'A.example:1', ...headers },
  })
}

describe('x-forwarded-for', () => {
  const mode = 'routing.http.xff_header_processing.mode'
  const port = 'routing.http.xff_client_port.enabled'
  const sent = { 'x-forwarded-for': '192.0.2.1' }

  it('is left alone in preserve mode', async () => {
    expect((await eventWith({ [mode]: 'preserve' }, sent)).headers).toMatchObject(sent)
    expect((await eventWith({ [mode]: 'preserve' })).headers).not.toHaveProperty('x-forwarded-for')
  })

  it('is removed in remove mode', async () => {
    const { headers } = await eventWith({ [mode]: 'remove' }, sent)
    expect(headers).not.toHaveProperty('x-forwarded-for')
  })

  it('has the port of the client by attribute', async () => {
    const { headers } = await eventWith({ [port]: 'true' }, sent)
    expect(headers?.['x-forwarded-for']).toMatch(/^192\.0\.2\.1, 127\.0\.0\.1:\d+$/)
  })

  it('has brackets around an IPv6 address with a port', () => {
    expect(forwardedFor(['192.0.2.1'], '2001:db8::1', 4711)).toBe('192.0.2.1, [2001:db8::1]:4711')
    expect(forwardedFor([], '2001:db8::1')).toBe('2001:db8::1')
  })

  it('ignores that attribute in preserve mode', async () => {
    const { headers } = await eventWith({ [mode]: 'preserve', [port]: 'true' }, sent)
    expect(headers).toMatchObject(sent)
  })
})

describe('host', () => {
  it('is kept as sent by attribute', async () => {
    const { headers } = await eventWith({ 'routing.http.preserve_host_header.enabled': 'true' })
    expect(headers?.host).toBe('A.example:1')
  })

  it('is every line by that attribute, of which the first counts for rules', async () => {
    const preserve = { 'routing.http.preserve_host_header.enabled': 'true' }
    const multi = { 'lambda.multi_value_headers.enabled': 'true' }
    const loadBalancer = await open({
      ...optionsWithRule({
        Conditions: [{ Field: 'host-header', Values: ['a.example'] }],
        Actions: [forward('Api')],
      }),
      loadBalancer: { LoadBalancerAttributes: attributes(preserve) },
      targetGroups: {
        Api: {
          TargetType: 'lambda',
          Targets: [{ Id: 'api' }],
          TargetGroupAttributes: attributes(multi),
        },
      },
    })
    const request = head(
      'GET / HTTP/1.1',
      'Host: A.example',
      'Host: b.example',
      'Connection: close',
    )
    const received = await sendBytes(Number(new URL(urlOf(loadBalancer)).port), request)
    expect(received).toContain('"host":["A.example","b.example"]')
  })
})

describe('header names that are not of letters, digits and -', () => {
  it('pass by default', async () => {
    expect((await eventWith({}, { x_a: '1' })).headers).toHaveProperty('x_a')
  })

  it('are dropped by attribute', async () => {
    const settings = { 'routing.http.drop_invalid_header_fields.enabled': 'true' }
    const { headers } = await eventWith(settings, { x_a: '1', 'x-b': '2' })
    expect(headers).not.toHaveProperty('x_a')
    expect(headers).toHaveProperty('x-b', '2')
  })
})

describe('the desync mode', () => {
  const get = (...lines: string[]): string => head('GET / HTTP/1.1', 'Host: a.example', ...lines)
  const run = async (
    mode: string,
    request: string,
  ): Promise<{ received: string; entry?: LogEntry }> => {
    const entries: LogEntry[] = []
    const loadBalancer = await open(
      optionsWith({
        loadBalancer: {
          LoadBalancerAttributes: attributes({ 'routing.http.desync_mitigation_mode': mode }),
        },
        log: (entry) => entries.push(entry),
      }),
    )
    const client = await connect(Number(new URL(urlOf(loadBalancer)).port))
    client.write(request)
    client.end()
    const received = await client.closed
    const [entry] = entries
    return { received, ...(entry && { entry }) }
  }
  const body = get('Content-Length: 1')

  it('defensive lets an ambiguous request pass and closes the connection', async () => {
    const { received, entry } = await run('defensive', `${body}x`)
    expect(received).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\nConnection: close\r\n/)
    expect(entry).toMatchObject({
      classification: 'Ambiguous',
      classificationReason: 'UndefinedContentLengthSemantics',
    })
  })

  it('defensive closes the connection after a control character in the target', async () => {
    const { received, entry } = await run(
      'defensive',
      head('GET /a\x01b HTTP/1.1', 'Host: a.example'),
    )
    expect(received).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\nConnection: close\r\n/)
    expect(entry?.classificationReason).toBe('AmbiguousUri')
  })

  it('strictest takes bytes beyond ASCII in the target', async () => {
    const { entry } = await run('strictest', head('GET /\xc3\xa9 HTTP/1.1', 'Host: a.example'))
    expect([entry?.status, entry?.classification]).toEqual([200, undefined])
  })

  it('monitor keeps its connection', async () => {
    expect((await run('monitor', `${body}x`)).received).toContain('\r\nConnection: keep-alive\r\n')
  })

  it.each([
    ['UndefinedContentLengthSemantics', `${body}x`],
    ['GetHeadZeroContentLength', get('Content-Length: 0')],
    ['UndefinedTransferEncodingSemantics', `${get('Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['NonCompliantHeader', get('X: \xe9')],
    ['SuspiciousHeader', get('Content_Length: 1')],
    ['NonCompliantHeader', get('X: a\x01b')],
    ['NonCompliantVersion', 'GET /\r\n\r\n'],
    ['SpaceInUri', head('GET /a b HTTP/1.1', 'Host: a.example')],
    ['AmbiguousUri', head('GET /a\x7f HTTP/1.1', 'Host: a.example')],
  ])('strictest refuses %s with 400', async (reason, request) => {
    const { received, entry } = await run('strictest', request)
    expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(entry?.classificationReason).toBe(reason)
  })

  it('strictest takes a compliant request', async () => {
    const { received, entry } = await run('strictest', get())
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(entry).not.toHaveProperty('classification')
  })
})

describe('timeouts', () => {
  const settings = (values: Record<string, string>) =>
    optionsWith({ loadBalancer: { LoadBalancerAttributes: attributes(values) } })

  it('the idle timeout ends a connection that sends nothing with 408', async () => {
    const loadBalancer = await open(settings({ 'idle_timeout.timeout_seconds': '1' }))
    const client = await connect(Number(new URL(urlOf(loadBalancer)).port))
    expect(await client.closed).toMatch(/^HTTP\/1\.1 408 Request Time-out\r\n/)
  })
})

describe('client keep-alive', () => {
  const endsAfter = async (settings: Record<string, string>, seconds: number): Promise<void> => {
    const uptime = vi.spyOn(process, 'uptime').mockReturnValue(10)
    onTestFinished(() => uptime.mockRestore())
    const loadBalancer = await open(
      optionsWith({ loadBalancer: { LoadBalancerAttributes: attributes(settings) } }),
    )
    const client = await connect(Number(new URL(urlOf(loadBalancer)).port))
    const request = head('HEAD / HTTP/1.1', 'Host: a.example')
    uptime.mockReturnValue(10 + seconds - 1)
    client.write(request)
    expect(await client.until('\r\n\r\n')).toContain('\r\nConnection: keep-alive\r\n')
    uptime.mockReturnValue(10 + seconds + 1)
    client.write(request)
    expect(await client.closed).toContain('\r\nConnection: close\r\n')
  }

  it('ends a connection with its first request after that time', async () => {
    await endsAfter({ 'client_keep_alive.seconds': '60' }, 60)
  })

  it('lasts an hour unless it is set', async () => {
    await endsAfter({}, 3600)
  })
})

describe('response headers of a listener', () => {
  const key = (name: string): string => `routing.http.response.${name}`
  const reply = async (
    settings: Record<string, string>,
    action = forward('Api'),
    lines: Record<string, string> = {},
  ): Promise<Reply> => {
    const loadBalancer = await open(
      optionsWith({
        listeners: {
          Web: {
            Port: 80,
            Protocol: 'HTTP',
            DefaultActions: [action],
            ListenerAttributes: attributes(settings),
          },
        },
        targets: { api: () => ({ statusCode: 200, headers: lines }) },
      }),
    )
    return send(urlOf(loadBalancer))
  }

  it('are added to every response', async () => {
    const settings = { [key('strict_transport_security.header_value')]: 'max-age=1' }
    expect((await reply(settings)).headers).toHaveProperty('strict-transport-security', 'max-age=1')
    expect((await reply(settings, fixed('a'))).headers).toHaveProperty('strict-transport-security')
  })

  it('override those of the app', async () => {
    const settings = { [key('x_frame_options.header_value')]: 'DENY' }
    const { rawHeaders } = await reply(settings, forward('Api'), {
      'x-frame-options': 'SAMEORIGIN',
    })
    expect(rawHeaders.filter((_, index) => /^x-frame/i.test(rawHeaders[index - 1] ?? ''))).toEqual([
      'DENY',
    ])
  })

  it('are on pages for what is no request, too', async () => {
    const loadBalancer = await open(
      optionsWith({
        listeners: {
          Web: {
            Port: 80,
            Protocol: 'HTTP',
            DefaultActions: [fixed('a')],
            ListenerAttributes: attributes({
              [key('x_content_type_options.header_value')]: 'nosniff',
            }),
          },
        },
      }),
    )
    const received = await sendBytes(Number(new URL(urlOf(loadBalancer)).port), 'nonsense\r\n\r\n')
    expect(received).toContain('\r\nX-Content-Type-Options: nosniff\r\n')
  })

  it('lose the load balancer’s server line by attribute', async () => {
    expect((await reply({ [key('server.enabled')]: 'false' })).headers).not.toHaveProperty('server')
  })

  it('keep the server line of the app then', async () => {
    const { headers } = await reply({ [key('server.enabled')]: 'false' }, forward('Api'), {
      server: 'mine',
    })
    expect(headers.server).toBe('mine')
  })
})
