import { describe, expect, it } from 'vitest'
import { open, send } from '../shared/client.ts'
import { head, logFor, ok, parse, start } from '../shared/load-balancer.ts'

/** The status line of the answer to a request that the function must not see. */
async function refusal(request: string): Promise<string> {
  const target = (): never => {
    throw new Error('the function was called')
  }
  const client = await open(await start({ target }))
  client.write(request)
  return parse(await client.until('</html>\r\n')).statusLine
}

const request = (requestLine: string, ...lines: string[]): string =>
  head(requestLine, 'Host: a.example', 'Connection: close', ...lines)

describe('the load balancer refuses', () => {
  it('TRACE with 405', async () => {
    expect(await refusal(request('TRACE / HTTP/1.1'))).toBe('HTTP/1.1 405 Not Allowed')
  })

  it('CONNECT with 400', async () => {
    expect(await refusal(request('CONNECT a.example:80 HTTP/1.1'))).toBe('HTTP/1.1 400 Bad Request')
  })

  it.each(['websocket', 'h2c'])(
    'an upgrade to %s with 400 LambdaWebsocketNotSupported',
    async (protocol) => {
      const request = head(
        'GET / HTTP/1.1',
        'Host: a.example',
        'Connection: keep-alive, Upgrade',
        `Upgrade: ${protocol}`,
      )
      const entry = await logFor({ target: ok }, request)
      expect(entry.received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
      expect(entry.errorReason).toBe('LambdaWebsocketNotSupported')
      expect(entry.detail).toBe(`a Lambda target cannot upgrade to ${protocol}`)
    },
  )

  it.each(['gzip', 'gzip, chunked'])('transfer-encoding %s with 501', async (coding) => {
    const line = `Transfer-Encoding: ${coding}`
    expect(await refusal(`${request('POST / HTTP/1.1', line)}0\r\n\r\n`)).toBe(
      'HTTP/1.1 501 Not Implemented',
    )
  })

  it.each(['HTTP/2.0', 'HTTP/3.7'])('version %s with 505', async (version) => {
    expect(await refusal(request(`GET / ${version}`))).toBe(
      'HTTP/1.1 505 HTTP Version Not Supported',
    )
  })

  it('HTTP/1.1 without a host with 400', async () => {
    expect(await refusal(head('GET / HTTP/1.1', 'Connection: close'))).toBe(
      'HTTP/1.1 400 Bad Request',
    )
  })

  it.each([
    ['a method that is none', request('G@T / HTTP/1.1')],
    ['a header line without a colon', request('GET / HTTP/1.1', 'nonsense')],
    ['a header name with a space', request('GET / HTTP/1.1', 'X Y: 1')],
    ['NUL in a header', request('GET / HTTP/1.1', 'X: a\0b')],
    ['a folded header line', request('GET / HTTP/1.1', 'X: a', ' b')],
    ['two content lengths', request('POST / HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2')],
    ['a content length that is no number', request('POST / HTTP/1.1', 'Content-Length: 1a')],
    [
      'content-length beside transfer-encoding',
      request('POST / HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked'),
    ],
    ['TLS on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s with 400', async (_what, bytes) => {
    expect(await refusal(bytes)).toBe('HTTP/1.1 400 Bad Request')
  })

  it('a broken chunk with 400', async () => {
    const line = 'Transfer-Encoding: chunked'
    expect(await refusal(`${request('POST / HTTP/1.1', line)}zz\r\n`)).toBe(
      'HTTP/1.1 400 Bad Request',
    )
  })

  it('every request with 503 when the target group is empty', async () => {
    const port = await start({ target: null })
    const received = await send(port, request('GET / HTTP/1.1'))
    expect(parse(received).statusLine).toBe('HTTP/1.1 503 Service Temporarily Unavailable')
  })

  it('more than 30 addresses in X-Forwarded-For with 463', async () => {
    const addresses = Array.from({ length: 31 }, (_, index) => `192.0.2.${index}`)
    const many = `X-Forwarded-For: ${addresses.join(', ')}`
    expect(await refusal(request('GET / HTTP/1.1', many))).toBe('HTTP/1.1 463 Unknown')
    const lines = addresses.map((address) => `X-Forwarded-For: ${address}`)
    expect(await refusal(request('GET / HTTP/1.1', ...lines))).toBe('HTTP/1.1 463 Unknown')
  })

  it('no request with 30 addresses in X-Forwarded-For', async () => {
    const addresses = Array.from({ length: 30 }, (_, index) => `192.0.2.${index}`)
    const line = `X-Forwarded-For: ${addresses.join(',')}`
    const received = await send(await start({ target: ok }), request('GET / HTTP/1.1', line))
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })
})
