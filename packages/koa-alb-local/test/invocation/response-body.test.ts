import { describe, expect, it } from 'vitest'
import { send } from '../shared/client.ts'
import { head, logFor, responseFor, start } from '../shared/load-balancer.ts'

describe('the response body', () => {
  it('is the text as UTF-8', async () => {
    const { body, lines } = await responseFor({ statusCode: 200, body: 'café' })
    expect(body).toBe('caf\xc3\xa9')
    expect(lines).toContain('Content-Length: 5')
  })

  it('is the bytes of base64', async () => {
    const document = { statusCode: 200, body: '/wAKgA==', isBase64Encoded: true }
    expect((await responseFor(document)).body).toBe('\xff\x00\x0a\x80')
  })

  it.each([
    ['image/png', 'caf\xc3\xa9', false, 'café'],
    ['text/plain', '\xff', true, '/w=='],
  ])('is text or bytes by the flag, whatever the type: %s', async (type, sent, flag, body) => {
    const headers = { 'content-type': type }
    const document = { statusCode: 200, headers, body, isBase64Encoded: flag }
    expect((await responseFor(document)).body).toBe(sent)
  })

  it('has a length of its own, in the place of the one given', async () => {
    const headers = { 'CONTENT-length': '99', x: '1' }
    const { lines } = await responseFor({ statusCode: 200, headers, body: 'hi' })
    expect(lines).toEqual([
      'Server: awselb/2.0',
      'CONTENT-length: 2',
      'x: 1',
      'Content-Type: application/octet-stream',
      'Connection: close',
    ])
  })

  it('has one length when several are given', async () => {
    const headers = { 'content-length': '1', 'Content-Length': '2' }
    const { lines } = await responseFor({ statusCode: 200, headers, body: 'hi!' })
    expect(lines.filter((line) => /length/i.test(line))).toEqual(['content-length: 3'])
  })

  it('is not sent for HEAD, the given length is', async () => {
    const headers = { 'content-length': '99' }
    const { body, lines } = await responseFor({ statusCode: 200, headers, body: '' }, {}, 'HEAD')
    expect(body).toBe('')
    expect(lines).toContain('content-length: 99')
  })

  it('is measured for HEAD when no length is given', async () => {
    const { body, lines } = await responseFor({ statusCode: 200, body: 'hello' }, {}, 'HEAD')
    expect(body).toBe('')
    expect(lines).toContain('Content-Length: 5')
  })

  it.each([
    ['neither length nor body is given', {}],
    ['the length given is no number', { 'content-length': 'many', 'Content-Length': '1' }],
  ])('has no length for HEAD when %s', async (_what, headers) => {
    const { lines } = await responseFor({ statusCode: 200, headers, body: '' }, {}, 'HEAD')
    expect(lines).toEqual([
      'Server: awselb/2.0',
      'Content-Type: application/octet-stream',
      'Connection: close',
    ])
  })

  it('keeps a length of 0 for HEAD', async () => {
    const headers = { 'content-length': '0' }
    const { lines } = await responseFor({ statusCode: 200, headers }, {}, 'HEAD')
    expect(lines).toContain('content-length: 0')
  })

  it('may let the connection live after HEAD without a length', async () => {
    const port = await start({ target: () => ({ statusCode: 200 }) })
    const request = head('HEAD / HTTP/1.1', 'Host: a.example')
    const last = head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close')
    expect(await send(port, request + last)).toMatch(
      /^HTTP\/1\.1 200 OK\r\n.*\r\nConnection: keep-alive\r\n\r\nHTTP\/1\.1 200 OK\r\n.*\r\n\r\n$/s,
    )
  })
})

describe('response limits', () => {
  // {"statusCode":200,"body":""} has 28 bytes.
  it('let a document of 1,048,576 bytes pass', async () => {
    const { body } = await responseFor({ statusCode: 200, body: 'x'.repeat(1_048_548) })
    expect(body).toHaveLength(1_048_548)
  })

  it('answer a larger one with 502 LambdaResponseTooLarge', async () => {
    const document = { statusCode: 200, body: 'x'.repeat(1_048_549) }
    const entry = await logFor({ target: () => document })
    expect(entry.received).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
    expect(entry.errorReason).toBe('LambdaResponseTooLarge')
    expect(entry.detail).toBe('the response document takes 1048577 bytes, limit 1048576')
  })

  it('count the document as serialized: escapes and UTF-8', async () => {
    const entry = await logFor({ target: () => ({ statusCode: 200, body: '"é'.repeat(262_138) }) })
    expect(entry.detail).toBe('the response document takes 1048580 bytes, limit 1048576')
  })

  it('let 32,768 bytes of status line and headers pass', async () => {
    const headers = { x: 'x'.repeat(16_362), y: 'y'.repeat(16_371) }
    expect((await responseFor({ statusCode: 204, headers })).statusLine).toBe(
      'HTTP/1.1 204 No Content',
    )
  })

  it('answer more with 502', async () => {
    const headers = { x: 'x'.repeat(16_362), y: 'y'.repeat(16_372) }
    const entry = await logFor({ target: () => ({ statusCode: 204, headers }) })
    expect(entry.received).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
    expect(entry.errorReason).toBe('LambdaInvalidResponse')
    expect(entry.detail).toBe('the response headers take 32769 bytes, limit 32768')
  })

  it('count the reason phrase with the headers', async () => {
    const statusDescription = `200 ${'x'.repeat(32_768)}`
    const entry = await logFor({ target: () => ({ statusCode: 200, statusDescription }) })
    expect(entry.received).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
    expect(entry.errorReason).toBe('LambdaInvalidResponse')
  })
})
