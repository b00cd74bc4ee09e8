import { describe, expect, it } from 'vitest'
import { logFor, responseFor } from '../shared/load-balancer.ts'

const multi = { multiValueHeaders: true }

describe('the status line', () => {
  it.each([
    [{ statusCode: 200, statusDescription: '200 Fine by me' }, 'HTTP/1.1 200 Fine by me'],
    [{ statusCode: 200 }, 'HTTP/1.1 200 OK'],
    [{ statusCode: 200, statusDescription: '201 Created' }, 'HTTP/1.1 200 OK'],
    [{ statusCode: 200, statusDescription: 'Fine' }, 'HTTP/1.1 200 OK'],
    [{ statusCode: 200, statusDescription: '200 a\r\nX: y' }, 'HTTP/1.1 200 OK'],
    [{ statusCode: 418, statusDescription: "418 I'm a Teapot" }, "HTTP/1.1 418 I'm a Teapot"],
    [{ statusCode: 599 }, 'HTTP/1.1 599 unknown'],
  ])('for %j is %s', async (document, statusLine) => {
    expect((await responseFor(document)).statusLine).toBe(statusLine)
  })
})

describe('response lines', () => {
  it('are those of the document in its spelling and order, and the load balancer’s own', async () => {
    const headers = { 'X-b': '1', 'content-TYPE': 'text/plain', a: '2', A: '3', empty: '' }
    expect((await responseFor({ statusCode: 200, headers, body: 'hi' })).lines).toEqual([
      'Server: awselb/2.0',
      'X-b: 1',
      'content-TYPE: text/plain',
      'a: 2',
      'A: 3',
      'empty: ',
      'Content-Length: 2',
      'Connection: close',
    ])
  })

  it('say application/octet-stream when the document has no content type', async () => {
    expect((await responseFor({ statusCode: 200 })).lines).toEqual([
      'Server: awselb/2.0',
      'Content-Type: application/octet-stream',
      'Content-Length: 0',
      'Connection: close',
    ])
  })

  it.each([204, 304])('have no content type and no length for %i', async (statusCode) => {
    const document = { statusCode, headers: { 'content-length': '5', x: '1' }, body: 'hello' }
    expect(await responseFor(document)).toMatchObject({
      lines: ['Server: awselb/2.0', 'x: 1', 'Connection: close'],
      body: '',
    })
  })

  it('keep server and date of the app', async () => {
    const headers = { server: 'mine', date: 'Thu, 01 Jan 2026 00:00:00 GMT' }
    expect((await responseFor({ statusCode: 204, headers })).lines).toEqual([
      'server: mine',
      'date: Thu, 01 Jan 2026 00:00:00 GMT',
      'Connection: close',
    ])
  })

  it('have one date', async () => {
    const { received } = await logFor({ target: () => ({ statusCode: 200 }) })
    expect(received.match(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r$/gm)).toHaveLength(1)
  })

  it('leave out hop-by-hop fields', async () => {
    const headers = {
      Connection: 'upgrade',
      'keep-alive': 'timeout=9',
      'transfer-encoding': 'chunked',
      upgrade: 'h2c',
      te: 'trailers',
      trailer: 'x',
      'proxy-connection': 'close',
      'proxy-authorization': 'Basic',
    }
    expect((await responseFor({ statusCode: 204, headers })).lines).toEqual([
      'Server: awselb/2.0',
      'Connection: close',
    ])
  })

  it('keep the challenge of a proxy', async () => {
    const headers = { 'proxy-authenticate': 'Basic' }
    const { lines } = await responseFor({ statusCode: 407, headers })
    expect(lines).toContain('proxy-authenticate: Basic')
  })

  it('hold every spelling of set-cookie in single mode', async () => {
    const headers = { 'set-cookie': 'a=1', 'Set-cookie': 'b=2', 'sEt-cookie': 'c=3' }
    const { lines } = await responseFor({ statusCode: 204, headers })
    expect(lines.slice(1, 4)).toEqual(['set-cookie: a=1', 'Set-cookie: b=2', 'sEt-cookie: c=3'])
  })

  it('hold every value in multi mode, in order', async () => {
    const multiValueHeaders = { 'set-cookie': ['a=1', 'b=2'], x: ['3'], none: [] }
    const { lines } = await responseFor({ statusCode: 204, multiValueHeaders }, multi)
    expect(lines.slice(1, -1)).toEqual(['set-cookie: a=1', 'set-cookie: b=2', 'x: 3'])
  })

  it('hold the values of a name in reverse by option', async () => {
    const multiValueHeaders = { 'set-cookie': ['a=1', 'b=2'], x: ['3', '4'] }
    const options = { ...multi, reverseRepeatedHeaders: true }
    const { lines } = await responseFor({ statusCode: 204, multiValueHeaders }, options)
    expect(lines.slice(1, -1)).toEqual(['set-cookie: b=2', 'set-cookie: a=1', 'x: 4', 'x: 3'])
  })

  it('ignore the field of the other mode', async () => {
    const headers = { 'content-type': 'text/html' }
    const multiValueHeaders = { 'content-type': ['text/html'], 'x:': 1 }
    const inMulti = await responseFor({ statusCode: 200, headers }, multi)
    expect(inMulti.lines).toContain('Content-Type: application/octet-stream')
    const inSingle = await responseFor({ statusCode: 200, multiValueHeaders })
    expect(inSingle.lines).toContain('Content-Type: application/octet-stream')
  })

  it('may have a name that objects inherit', async () => {
    const headers = JSON.parse('{"__proto__":"1"}')
    expect((await responseFor({ statusCode: 204, headers })).lines).toContain('__proto__: 1')
  })

  it('do not come from unknown fields of the document', async () => {
    const document = { statusCode: 204, cookies: ['a=1'], 'content-type': 'text/html' }
    expect((await responseFor(document)).lines).toHaveLength(2)
  })
})
