import { describe, expect, it } from 'vitest'
import { send } from '../shared/client.ts'
import { eventFor, head, logFor, ok, start } from '../shared/load-balancer.ts'

const post = (body: string, ...lines: string[]): string =>
  head(
    'POST / HTTP/1.1',
    'Host: a.example',
    'Connection: close',
    `Content-Length: ${body.length}`,
    ...lines,
  ) + body

describe('the body in the event', () => {
  it.each([
    'text/plain',
    'text/html; charset=utf-8',
    'TEXT/CSV',
    'application/json',
    'Application/JSON;charset=UTF-8',
    'application/javascript',
    'application/xml',
  ])('is text for %s', async (type) => {
    const event = await eventFor(post('caf\xc3\xa9', `Content-Type: ${type}`))
    expect(event).toMatchObject({ body: 'café', isBase64Encoded: false })
  })

  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/vnd.api+json',
    'application/graphql',
    'application/jsonx',
    'image/svg+xml',
    'image/png',
  ])('is base64 for %s', async (type) => {
    const event = await eventFor(post('caf\xc3\xa9', `Content-Type: ${type}`))
    expect(event).toMatchObject({ body: 'Y2Fmw6k=', isBase64Encoded: true })
  })

  it.each(['gzip', 'identity'])('is base64 with content-encoding %s', async (encoding) => {
    const lines = ['Content-Type: text/plain', `Content-Encoding: ${encoding}`]
    expect(await eventFor(post('hi', ...lines))).toMatchObject({
      body: 'aGk=',
      isBase64Encoded: true,
    })
  })

  it('is base64 without a content type, for GET too', async () => {
    const request = post('hi').replace('POST', 'GET')
    expect(await eventFor(request)).toMatchObject({ body: 'aGk=', isBase64Encoded: true })
  })

  it('is empty text when there is none, or base64 by option', async () => {
    const request = post('', 'Content-Type: image/png')
    expect(await eventFor(request)).toMatchObject({ body: '', isBase64Encoded: false })
    const event = await eventFor(request, { emptyBodyIsBase64Encoded: true })
    expect(event).toMatchObject({ body: '', isBase64Encoded: true })
  })

  it('keeps a byte order mark', async () => {
    const event = await eventFor(post('\xef\xbb\xbfa', 'Content-Type: text/csv'))
    expect(event.body).toBe('\ufeffa')
  })

  it('cannot be text that is not UTF-8: 502 LambdaBadRequest', async () => {
    const request = post('caf\xe9', 'Content-Type: text/plain; charset=iso-8859-1')
    const entry = await logFor({ target: ok }, request)
    expect(entry.status).toBe(502)
    expect(entry.errorReason).toBe('LambdaBadRequest')
    expect(entry.detail).toBe('the request body is not UTF-8')
  })

  it('comes whole, with its length, when the client sent chunks', async () => {
    const chunks = '1\r\na\r\n2;ext=1\r\nbc\r\n0\r\nX-Trailer: 1\r\n\r\n'
    const request = head(
      'POST / HTTP/1.1',
      'Host: a.example',
      'Connection: close',
      'Content-Type: text/plain',
      'Transfer-Encoding: chunked',
    )
    const event = await eventFor(request + chunks)
    expect(event.body).toBe('abc')
    expect(event.headers).toMatchObject({ 'content-length': '3' })
    expect(event.headers).not.toHaveProperty('transfer-encoding')
    expect(event.headers).not.toHaveProperty('x-trailer')
  })
})

describe('Expect', () => {
  it('is answered with 100 and not passed on', async () => {
    const event = await eventFor(post('hi', 'Expect: 100-continue'))
    expect(event.headers).not.toHaveProperty('expect')
    const received = await send(await start({ target: ok }), post('hi', 'Expect: 100-continue'))
    expect(received).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  })

  it('is not judged', async () => {
    const received = await send(await start({ target: ok }), post('hi', 'Expect: the-unexpected'))
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })
})
