import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toHead } from '../src/response.ts'
import { toResult } from '../src/result.ts'

const single = { title: 'GET /report', multiValueHeaders: false }
const multi = { ...single, multiValueHeaders: true }
const head = (...lines: string[]) => toHead(['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n'))
const bodyOf = (body: string | Buffer, ...lines: string[]) => {
  const result = toResult({ head: head(...lines), body }, single)
  return { body: result.body, isBase64Encoded: result.isBase64Encoded }
}

describe('the header field', () => {
  it('is multiValueHeaders in multi-value mode, a string per line', () => {
    const lines = ['Content-Length: 2', 'Vary: a', 'vary: b']
    expect(toResult({ head: head(...lines), body: 'ok' }, multi)).toEqual({
      statusCode: 200,
      statusDescription: '200 OK',
      multiValueHeaders: { 'Content-Length': ['2'], Vary: ['a', 'b'] },
      body: 'ok',
      isBase64Encoded: false,
    })
  })

  it('is headers otherwise, repeated fields joined', () => {
    const lines = ['Content-Length: 2', 'Vary: a', 'vary: b']
    expect(toResult({ head: head(...lines), body: 'ok' }, single).headers).toEqual({
      'Content-Length': '2',
      Vary: 'a, b',
    })
  })

  it('leaves out what concerns the connection', () => {
    const lines = [
      'Connection: keep-alive',
      'Keep-Alive: timeout=5',
      'Transfer-Encoding: chunked',
      'Trailer: x',
      'Upgrade: h2c',
      'TE: trailers',
      'Proxy-Connection: close',
      'Proxy-Authorization: Basic',
      'X-End: 1',
    ]
    expect(toResult({ head: head(...lines), body: '' }, single).headers).toEqual({ 'X-End': '1' })
  })

  it('keeps what connection names, which may be what a client wrote', () => {
    const lines = ['Connection: Cache-Control, vary', 'Cache-Control: no-store', 'Vary: Cookie']
    expect(toResult({ head: head(...lines), body: '' }, single).headers).toEqual({
      'Cache-Control': 'no-store',
      Vary: 'Cookie',
    })
  })

  it('keeps the challenge of a proxy', () => {
    const { headers } = toResult({ head: head('Proxy-Authenticate: Basic'), body: '' }, single)
    expect(headers).toEqual({ 'Proxy-Authenticate': 'Basic' })
  })

  it.each([
    [false, { headers: { Allow: 'GET, POST' } }],
    [true, { multiValueHeaders: { Allow: ['GET', 'POST'] } }],
  ])('has no blanks around a value (multi-value: %s)', (multiValueHeaders, expected) => {
    const response = { head: head('Allow: \tGET ', 'Allow:  POST\t'), body: '' }
    expect(toResult(response, { title: 'GET /', multiValueHeaders })).toMatchObject(expected)
  })

  it('keeps a value of nothing but blanks as an empty one', () => {
    expect(toResult({ head: head('X:  \t '), body: '' }, single).headers).toEqual({ X: '' })
  })

  it('has __proto__ as a name of its own', () => {
    const { headers } = toResult({ head: head('__proto__: x'), body: '' }, single)
    expect(JSON.stringify(headers)).toBe('{"__proto__":"x"}')
  })

  it('keeps empty values and colons in values', () => {
    const { headers } = toResult(
      { head: head('X-Empty: ', 'X-Url: http://a: b'), body: '' },
      single,
    )
    expect(headers).toEqual({ 'X-Empty': '', 'X-Url': 'http://a: b' })
  })
})

describe('the status', () => {
  const result = (statusLine: string) =>
    toResult({ head: toHead(`${statusLine}\r\n\r\n`), body: '' }, multi)

  it('carries a custom reason phrase', () => {
    expect(result('HTTP/1.1 418 Short and stout')).toMatchObject({
      statusCode: 418,
      statusDescription: '418 Short and stout',
    })
  })

  it.each([100, 199, 600, 999])('%i is a typed error', (status) => {
    expect(() => result(`HTTP/1.1 ${status} x`)).toThrow(
      expect.objectContaining({ code: 'ALB_ERR_INVALID_STATUS' }),
    )
  })

  it('with a phrase a load balancer refuses is a typed error', () => {
    expect(() => result('HTTP/1.1 200 Schön')).toThrow(
      expect.objectContaining({
        code: 'ALB_ERR_INVALID_HEADER',
        message: expect.stringContaining('character 4 of the reason phrase is U+00F6'),
      }),
    )
  })
})

describe('a header value a load balancer refuses', () => {
  it('is no error in a cookie that a later one replaces', () => {
    const lines = ['Set-Cookie: a=é; path=/', 'Set-Cookie: a=1; path=/']
    expect(toResult({ head: head(...lines), body: '' }, single).headers).toEqual({
      'Set-Cookie': 'a=1; path=/',
    })
  })

  it('is a typed error that names header, position and code point, and shows no value', () => {
    expect(() => toResult({ head: head('X-Name: Jörg'), body: '' }, multi)).toThrow(
      expect.objectContaining({
        code: 'ALB_ERR_INVALID_HEADER',
        message:
          'GET /report: character 2 of header X-Name is U+00F6; a load balancer takes visible ASCII, space and tab: encode it, for one with encodeURIComponent()',
      }),
    )
  })
})

describe('the body is text', () => {
  it.each([
    'text/html; charset=utf-8',
    'TEXT/PLAIN',
    'application/json',
    'application/problem+json; charset=utf-8',
    'application/javascript',
    'image/svg+xml',
    'application/x-www-form-urlencoded',
    'application/graphql',
  ])('under %s', (type) => {
    expect(bodyOf(Buffer.from('é'), `Content-Type: ${type}`)).toEqual({
      body: 'é',
      isBase64Encoded: false,
    })
  })

  it('without a type', () => {
    expect(bodyOf(Buffer.from('é'))).toEqual({ body: 'é', isBase64Encoded: false })
  })

  it('with a byte order mark', () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x61])
    expect(bodyOf(bytes, 'Content-Type: text/csv')).toEqual({
      body: '\ufeffa',
      isBase64Encoded: false,
    })
  })

  it('with U+FFFD for a lone surrogate, as Node sends it', () => {
    expect(bodyOf('a\ud800')).toEqual({ body: 'a\ufffd', isBase64Encoded: false })
  })
})

describe('the body is base64', () => {
  it('under a type that is not textual', () => {
    expect(bodyOf('GIF89a', 'Content-Type: image/gif')).toEqual({
      body: 'R0lGODlh',
      isBase64Encoded: true,
    })
  })

  it('under any content-encoding', () => {
    const gzip = gzipSync('a')
    const lines = ['Content-Type: text/plain', 'Content-Encoding: gzip']
    expect(bodyOf(gzip, ...lines)).toEqual({ body: gzip.toString('base64'), isBase64Encoded: true })
  })

  it('when text is not UTF-8', () => {
    const latin1 = Buffer.from([0x53, 0x63, 0x68, 0xf6, 0x6e])
    expect(bodyOf(latin1, 'Content-Type: text/html; charset=iso-8859-1')).toEqual({
      body: 'U2No9m4=',
      isBase64Encoded: true,
    })
  })
})
