import { describe, expect, it } from 'vitest'
import { type HttpRequest, isAlbEvent, toRequest } from '../src/request.ts'
import type { AlbEvent } from '../src/types.ts'
import { multiEvent, singleEvent } from './events.ts'

function requestIn(event: AlbEvent): HttpRequest {
  const request = toRequest(event)
  if (!request) throw new Error('the request is refused')
  return request
}

const failure = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })
const thrown = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('isAlbEvent', () => {
  it('takes an event with requestContext.elb', () => {
    expect(isAlbEvent(singleEvent())).toBe(true)
  })

  it.each([
    null,
    undefined,
    'text',
    42,
    [],
    {},
    { requestContext: null },
    { requestContext: { elb: null } },
    { requestContext: { http: { method: 'GET' } } },
    { source: 'aws.events' },
  ])('does not take %j for one', (event) => {
    expect(isAlbEvent(event)).toBe(false)
  })
})

describe('the request target', () => {
  it('joins raw pairs and leaves every spelling as it is', () => {
    const { target } = requestIn(
      singleEvent({
        path: '/a%2Fb/%C3%A9',
        queryStringParameters: { 'x[]': '1+2', 'y%5B%5D': '%2B%20', empty: '' },
      }),
    )
    expect(target).toBe('/a%2Fb/%C3%A9?x[]=1+2&y%5B%5D=%2B%20&empty=')
  })

  it('keeps every value of a repeated key in multi-value mode', () => {
    const parameters = { b: ['2', '1'], a: ['x'], none: [] }
    const { target } = requestIn(multiEvent({ multiValueQueryStringParameters: parameters }))
    expect(target).toBe('/?b=2&b=1&a=x')
  })

  it('has no question mark without parameters', () => {
    expect(requestIn(singleEvent({ path: '/p' })).target).toBe('/p')
  })

  it('shows non-ASCII characters as the bytes behind them', () => {
    expect(requestIn(singleEvent({ path: '/é' })).target).toBe('/Ã©')
  })

  it('takes __proto__ for a name like any other', () => {
    const parameters = JSON.parse('{"__proto__":"1","constructor":"2"}')
    const { target } = requestIn(singleEvent({ queryStringParameters: parameters }))
    expect(target).toBe('/?__proto__=1&constructor=2')
  })
})

describe('the header lines', () => {
  it('follow the event, a line per value', () => {
    const headers = { host: ['example.com'], cookie: ['a=1', 'b=2'], 'x-none': [] }
    expect(requestIn(multiEvent({ multiValueHeaders: headers })).rawHeaders).toEqual([
      ...['host', 'example.com'],
      ...['cookie', 'a=1'],
      ...['cookie', 'b=2'],
    ])
  })

  it('show UTF-8 as Node shows its bytes', () => {
    expect(requestIn(singleEvent({ headers: { 'x-name': 'é€' } })).rawHeaders).toEqual([
      'x-name',
      'Ã©â\u0082¬',
    ])
  })

  it('may be the single one of a health check', () => {
    const request = requestIn(singleEvent({ headers: { 'user-agent': 'ELB-HealthChecker/2.0' } }))
    expect(request.rawHeaders).toEqual(['user-agent', 'ELB-HealthChecker/2.0'])
  })

  it('may be absent', () => {
    expect(requestIn(singleEvent({ headers: undefined })).rawHeaders).toEqual([])
  })

  it('are those of single-value mode when the multi-value field is null', () => {
    const event = singleEvent({ headers: { a: '1' }, multiValueHeaders: null as never })
    expect(requestIn(event).rawHeaders).toEqual(['a', '1'])
  })
})

describe('the framing', () => {
  const framing = (headers: Record<string, string>, body: string) =>
    requestIn(singleEvent({ headers, body })).rawHeaders

  it('is a content-length, in its place among the names, where a body has none', () => {
    expect(framing({ accept: '*/*', host: 'a' }, 'caf\u00e9')).toEqual([
      ...['accept', '*/*'],
      ...['content-length', '5'],
      ...['host', 'a'],
    ])
    expect(framing({}, 'a')).toEqual(['content-length', '1'])
    expect(framing({ accept: '*/*' }, 'a')).toEqual(['accept', '*/*', 'content-length', '1'])
  })

  it('is absent from a request without a body, unless it was sent', () => {
    expect(framing({ host: 'a' }, '')).toEqual(['host', 'a'])
    expect(framing({ 'content-length': '0' }, '')).toEqual(['content-length', '0'])
  })

  it.each([
    ['5', '5'],
    ['0005', '0005'],
    [' 5\t', '5'],
    ['4', '5'],
    ['6', '5'],
    ['0', '5'],
    ['18446744073709500000', '5'],
  ])('of a body of five bytes that says %j says %j', (declared, shown) => {
    expect(framing({ 'content-length': declared }, 'hello')).toEqual(['content-length', shown])
    expect(framing({ 'Content-Length': declared }, 'hello')).toEqual(['Content-Length', shown])
  })

  it('says 0 where a body was declared and none is there', () => {
    expect(framing({ 'content-length': '5' }, '')).toEqual(['content-length', '0'])
  })

  it.each(['chunked', 'Chunked', 'gzip, chunked', 'identity', 'x'])(
    'has the length in place of transfer-encoding: %s',
    (coding) => {
      const length = ['content-length', '5']
      expect(framing({ 'transfer-encoding': coding }, 'hello')).toEqual(length)
      expect(framing({ 'Transfer-Encoding': coding }, 'hello')).toEqual(length)
      const both = { 'content-length': '3', 'transfer-encoding': coding }
      expect(framing(both, 'hello')).toEqual(length)
      expect(framing({ 'transfer-encoding': coding }, '')).toEqual(['content-length', '0'])
    },
  )

  it('has the length in place of several transfer encodings', () => {
    const headers = { 'transfer-encoding': ['gzip', 'chunked'], 'x-a': ['1'] }
    expect(requestIn(multiEvent({ multiValueHeaders: headers, body: 'hello' })).rawHeaders).toEqual(
      ['content-length', '5', 'x-a', '1'],
    )
  })
})

describe('the body', () => {
  it.each([
    ['text', { body: 'hello' }],
    ['base64', { body: 'aGVsbG8=', isBase64Encoded: true }],
  ])('of %s lies in memory of its own', (_, fields) => {
    const { body } = requestIn(singleEvent(fields))
    expect(String(body)).toBe('hello')
    expect(body.buffer.byteLength).toBe(5)
  })

  it('is text as UTF-8', () => {
    expect(requestIn(singleEvent({ body: 'é' })).body).toEqual(Buffer.from([0xc3, 0xa9]))
  })

  it('is base64 as the flag says', () => {
    const event = singleEvent({ body: 'AP+A', isBase64Encoded: true })
    expect(requestIn(event).body).toEqual(Buffer.from([0, 255, 128]))
  })

  it.each([undefined, null, ''])('is empty for %j, whatever the flag', (body) => {
    expect(
      requestIn(singleEvent({ body: body as string, isBase64Encoded: true })).body,
    ).toHaveLength(0)
  })
})

describe('an invalid event names its field', () => {
  it.each<[string, object]>([
    ['httpMethod', { httpMethod: '' }],
    ['httpMethod', { httpMethod: '\ud800' }],
    ['httpMethod', { httpMethod: undefined }],
    ['path', { path: 7 }],
    ['path', { path: '' }],
    ['path', { path: '/\ud800' }],
    ['headers name', { headers: { 'a\ud800': '1' } }],
    ['headers\\["x"\\]', { headers: { x: '\udc00' } }],
    ['headers\\["x"\\]', { headers: { x: 1 } }],
    ['headers', { headers: 'host' }],
    ['headers', { headers: [] }],
    ['headers\\["x"\\]', { headers: { x: ['1'] } }],
    ['queryStringParameters value', { queryStringParameters: { q: [] } }],
    ['multiValueHeaders\\["x"\\]', { multiValueHeaders: { x: '1' } }],
    ['queryStringParameters value', { queryStringParameters: { q: null } }],
    ['queryStringParameters', { queryStringParameters: { '\udc00': '' } }],
    ['headers\\["y"\\]', { httpMethod: 'get', path: ' ', headers: { 'x:': '\0', y: 1 } }],
    ['multiValueHeaders\\["x"\\]', { multiValueHeaders: { x: [{}] } }],
    ['body', { body: {} }],
    ['body', { body: '\udc00' }],
    ['body', { body: 'not base64!', isBase64Encoded: true }],
    ['body', { body: 'AP+', isBase64Encoded: true }],
    ['body', { body: 'AP\n+A===', isBase64Encoded: true }],
    ['body', { body: '\u0141AAA', isBase64Encoded: true }],
    ['body', { body: '\xe9AAA', isBase64Encoded: true }],
    ['isBase64Encoded', { body: 'a', isBase64Encoded: 'true' }],
  ])('%s', (field, fields) => {
    const error = thrown(() => toRequest(singleEvent(fields)))
    expect(error).toEqual(failure('ALB_ERR_INVALID_EVENT', new RegExp(`^${field} of the event`)))
  })

  it('and shows no value', () => {
    const error = thrown(() => toRequest(singleEvent({ headers: { cookie: 'secret\ud800' } })))
    expect(String(error)).not.toContain('secret')
  })
})
