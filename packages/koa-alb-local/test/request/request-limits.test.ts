import { describe, expect, it } from 'vitest'
import { open, send } from '../shared/client.ts'
import { eventFor, head, ok, parse, start } from '../shared/load-balancer.ts'

const kilobyte = 1024

async function statusLineFor(request: string | Buffer): Promise<string> {
  return parse(await send(await start({ target: ok }), request)).statusLine
}

const get = (target: string, ...lines: string[]): string =>
  head(`GET ${target} HTTP/1.1`, 'Host: a.example', 'Connection: close', ...lines)

describe('a request line', () => {
  // "GET " and " HTTP/1.1" are 13 bytes.
  it('may have 16,384 bytes', async () => {
    const target = `/${'x'.repeat(16 * kilobyte - 14)}`
    expect(await statusLineFor(get(target))).toBe('HTTP/1.1 200 OK')
  })

  it('with one byte more is answered with 414', async () => {
    const target = `/?${'x'.repeat(16 * kilobyte - 14)}`
    expect(await statusLineFor(get(target))).toBe('HTTP/1.1 414 Request-URI Too Large')
  })

  it('with 100,000 bytes is answered with 414', async () => {
    expect(await statusLineFor(get(`/${'x'.repeat(100_000)}`))).toBe(
      'HTTP/1.1 414 Request-URI Too Large',
    )
  })
})

describe('request headers', () => {
  it('may have a line of 16,383 bytes', async () => {
    expect(await statusLineFor(get('/', `X: ${'x'.repeat(16_380)}`))).toBe('HTTP/1.1 200 OK')
  })

  it('with a line of 16,384 bytes are answered with 400', async () => {
    expect(await statusLineFor(get('/', `X: ${'x'.repeat(16_381)}`))).toBe(
      'HTTP/1.1 400 Bad Request',
    )
  })

  it('may have a longer Cookie line', async () => {
    expect(await statusLineFor(get('/', `Cookie: ${'x'.repeat(40_000)}`))).toBe('HTTP/1.1 200 OK')
  })

  // Host and Connection lines take 17 and 19 bytes with their ends.
  it('may have 65,536 bytes in all', async () => {
    const lines = Array.from({ length: 4 }, () => `X: ${'x'.repeat(16_370)}`)
    expect(await statusLineFor(get('/', ...lines))).toBe('HTTP/1.1 200 OK')
  })

  it('with more bytes in all are answered with 400', async () => {
    const lines = Array.from({ length: 4 }, () => `X: ${'x'.repeat(16_371)}`)
    expect(await statusLineFor(get('/', ...lines))).toBe('HTTP/1.1 400 Bad Request')
  })

  it('beyond what the parser takes are answered with 400', async () => {
    expect(await statusLineFor(get('/', `Cookie: ${'x'.repeat(1_100_000)}`))).toBe(
      'HTTP/1.1 400 Bad Request',
    )
  })
})

describe('a request body', () => {
  const post = (length: number): string =>
    head('POST / HTTP/1.1', 'Host: a.example', 'Connection: close', `Content-Length: ${length}`)
  const chunked = head(
    'POST / HTTP/1.1',
    'Host: a.example',
    'Connection: close',
    'Transfer-Encoding: chunked',
  )

  it('may have 1,048,576 bytes', async () => {
    const body = Buffer.alloc(1_048_576)
    const event = await eventFor(Buffer.concat([Buffer.from(post(body.length)), body]))
    expect(event.body).toHaveLength(1_398_104)
  })

  it('may have 1,048,576 bytes in chunks', async () => {
    const event = await eventFor(`${chunked}100000\r\n${'x'.repeat(1_048_576)}\r\n0\r\n\r\n`)
    expect(event.headers?.['content-length']).toBe('1048576')
  })

  it('with one byte more is answered with 413', async () => {
    const received = await statusLineFor(post(1_048_577) + 'x'.repeat(1_048_577))
    expect(received).toBe('HTTP/1.1 413 Request Entity Too Large')
  })

  it('of a huge content length is answered with 413 before any of it is sent', async () => {
    const client = await open(await start({ target: ok }))
    client.write(post(10_000_000_000).replace('Connection: close\r\n', ''))
    const received = await client.until('</html>\r\n')
    expect(parse(received)).toMatchObject({
      statusLine: 'HTTP/1.1 413 Request Entity Too Large',
      lines: [
        'Server: awselb/2.0',
        'Content-Type: text/html',
        'Content-Length: 148',
        'Connection: close',
      ],
    })
  })

  it('in endless chunks is answered with 413 while it comes', async () => {
    const client = await open(await start({ target: ok }))
    client.write(chunked)
    const chunk = `8000\r\n${'x'.repeat(32_768)}\r\n`
    for (let sent = 0; sent <= 1_048_576; sent += 32_768) client.write(chunk)
    expect(await client.until('</html>\r\n')).toMatch(
      /^HTTP\/1\.1 413 Request Entity Too Large\r\n/,
    )
  })

  it('that goes on after 413 is read for a second, then the connection closes', async () => {
    const client = await open(await start({ target: ok }))
    client.write(post(2_000_000) + 'x'.repeat(1_500_000))
    const received = await client.closed
    expect(received).toMatch(/^HTTP\/1\.1 413 [\s\S]*<\/html>\r\n$/)
  })

  it('that ends after 413 closes the connection at once', async () => {
    const client = await open(await start({ target: ok }))
    client.write(post(1_100_000))
    await client.until('</html>\r\n')
    client.write('x'.repeat(1_100_000))
    expect(await client.closed).toMatch(/^HTTP\/1\.1 413 [\s\S]*<\/html>\r\n$/)
  })
})
