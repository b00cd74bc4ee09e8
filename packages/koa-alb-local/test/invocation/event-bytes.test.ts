import { describe, expect, it } from 'vitest'
import { eventFor, head, logFor, ok } from '../shared/load-balancer.ts'

/** The request of a client that sends what was typed, in UTF-8 unless it is one byte per character. */
const bytes = (requestLine: string, encoding: BufferEncoding = 'utf8'): Buffer =>
  Buffer.from(head(`${requestLine} HTTP/1.1`, 'Host: a.example', 'Connection: close'), encoding)

describe('what was typed into the request line', () => {
  it('is text in path and query where it is UTF-8', async () => {
    const event = await eventFor(bytes('GET /café/😀?q=ü&ключ=%C3%BC'))
    expect(event.path).toBe('/café/😀')
    expect(event.queryStringParameters).toEqual({ q: 'ü', ключ: '%C3%BC' })
  })

  it.each([
    ['path', 'GET /caf\xe9'],
    ['query', 'GET /?q=\xff'],
    ['query', 'GET /?\xfc=1'],
  ])('cannot be in a %s when it is not UTF-8: 502 LambdaBadRequest, %s', async (part, line) => {
    const request = bytes(line, 'latin1').toString('latin1')
    expect(await logFor({ target: ok }, request)).toMatchObject({
      status: 502,
      errorReason: 'LambdaBadRequest',
      detail: `the ${part} is not UTF-8`,
    })
  })

  it('has its keys sorted by bytes', async () => {
    const event = await eventFor(bytes('GET /?😀=1&\uff5a=2&z=3'))
    expect(Object.keys(event.queryStringParameters ?? {})).toEqual(['z', '\uff5a', '😀'])
  })

  it('may be a space or a control character in path and query', async () => {
    const event = await eventFor(bytes('GET /a b\x01?c d=e\x7ff'))
    expect(event.path).toBe('/a b\x01')
    expect(event.queryStringParameters).toEqual({ 'c d': 'e\x7ff' })
  })

  it('may be any method of token characters', async () => {
    expect((await eventFor(bytes('m-SEARCH!~9 /'))).httpMethod).toBe('m-SEARCH!~9')
  })

  it('is on the log as the client sent it', async () => {
    const entry = await logFor({ target: ok }, bytes('foo /a b').toString('latin1'))
    expect(entry).toMatchObject({ status: 200, method: 'foo', target: '/a b' })
  })
})

describe('a control character in a header value', () => {
  it('is in the event, between the same lines', async () => {
    const lines = ['Host: a.example', 'X-A: 1', 'X-B: \ta\x01b\x7f ', 'X-B: 2', 'X-C: \x1b[0m']
    const request = head('GET / HTTP/1.1', ...lines, 'Connection: close')
    const event = await eventFor(request, { multiValueHeaders: true })
    expect(event.multiValueHeaders).toMatchObject({
      'x-a': ['1'],
      'x-b': ['a\x01b\x7f', '2'],
      'x-c': ['\x1b[0m'],
    })
  })
})
