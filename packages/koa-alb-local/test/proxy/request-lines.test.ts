import { describe, expect, it } from 'vitest'
import { send } from '../shared/client.ts'
import { head, parse } from '../shared/load-balancer.ts'
import { echoHead, openFor, serve } from '../shared/servers.ts'

/** What the server gets of a request, the values that vary put out. */
async function got(request: string, attributes: Record<string, string> = {}): Promise<string[]> {
  const LoadBalancerAttributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }))
  const port = await openFor(
    await serve(echoHead),
    {},
    { loadBalancer: { LoadBalancerAttributes } },
  )
  const { body } = parse(await send(port, request))
  return body
    .replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, '')
    .replace(/1-[0-9a-f]{8}-[0-9a-f]{24}/g, 'trace')
    .replace(/(127\.0\.0\.1):\d+/g, '$1:port')
    .split('\n')
}

const get = (...lines: string[]): string =>
  head('GET /a?b=%20c HTTP/1.1', 'Host: A.example:81', ...lines, 'Connection: close')

describe('a server behind a load balancer', () => {
  it('gets the lines of the load balancer, then those of the client as they came', async () => {
    expect(
      await got(get('X-B: 1', 'x-a: 2', 'X-B: 3', 'x_c: \xe9', 'Empty:', 'Accept: */*')),
    ).toEqual([
      'GET /a?b=%20c',
      'X-Forwarded-For: 127.0.0.1',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Port: 80',
      'Host: a.example',
      'X-Amzn-Trace-Id: Root=trace',
      'X-B: 1',
      'x-a: 2',
      'X-B: 3',
      'x_c: é',
      'Empty: ',
      'Accept: */*',
      'Connection: keep-alive',
    ])
  })

  it.each([
    ['preserve', ['X-Forwarded-For: 1.2.3.4', 'x-forwarded-for: 5.6.7.8']],
    ['remove', []],
    ['append', ['X-Forwarded-For: 1.2.3.4, 5.6.7.8, 127.0.0.1']],
  ])('gets X-Forwarded-For as the mode %s says', async (mode, expected) => {
    const request = get('X-Forwarded-For: 1.2.3.4', 'x-forwarded-for: 5.6.7.8')
    const lines = await got(request, { 'routing.http.xff_header_processing.mode': mode })
    expect(lines.filter((line) => /^x-forwarded-for/i.test(line))).toEqual(expected)
  })

  it('gets every Host as sent with preserve_host_header', async () => {
    const lines = await got(get(), { 'routing.http.preserve_host_header.enabled': 'true' })
    expect(lines.filter((line) => line.startsWith('Host'))).toEqual(['Host: A.example:81'])
  })

  it('gets the port of the client, and no invalid names, by attribute', async () => {
    const lines = await got(get('a_b: 1', 'a-b: 2'), {
      'routing.http.xff_client_port.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
    })
    expect(lines).toContain('X-Forwarded-For: 127.0.0.1:port')
    expect(lines.filter((line) => /^a.b/.test(line))).toEqual(['a-b: 2'])
  })

  it('gets nothing of the client about its connection, port and scheme', async () => {
    const lines = await got(
      head(
        'POST / HTTP/1.1',
        'Host: a.example',
        'Connection: close, X-Kept',
        'X-Kept: 1',
        'Keep-Alive: 1',
        'TE: trailers',
        'Trailer: x',
        'X-Forwarded-Port: 1',
        'X-Forwarded-Proto: https',
      ),
    )
    expect(lines.slice(6)).toEqual(['X-Kept: 1', 'Content-Length: 0', 'Connection: keep-alive'])
    expect(lines).toContain('X-Forwarded-Port: 80')
    expect(lines).toContain('X-Forwarded-Proto: http')
  })

  it('gets Self in front of a root of the client', async () => {
    const lines = await got(get('X-Amzn-Trace-Id: Root=1-2-3'))
    expect(lines).toContain('X-Amzn-Trace-Id: Self=trace;Root=1-2-3')
  })

  it.each([
    ['HTTP/1.0', 'GET / HTTP/1.0', 'koa-alb-local-1234567890.us-east-1.elb.amazonaws.com'],
    ['an absolute target', 'GET http://B.example/x HTTP/1.0', 'b.example'],
  ])('gets a host for %s', async (_, requestLine, host) => {
    expect(await got(head(requestLine))).toContain(`Host: ${host}`)
  })

  it('gets a bare question mark, and a blank percent-encoded', async () => {
    const [line] = await got(head('GET /a b? HTTP/1.1', 'Host: a.example', 'Connection: close'))
    expect(line).toBe('GET /a%20b?')
  })

  it('gets no control characters: 400', async () => {
    expect((await got(get('x: a\x01b'))).join(' ')).toContain('400 Bad Request')
  })
})
