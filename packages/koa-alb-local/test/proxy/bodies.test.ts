import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { open, send } from '../shared/client.ts'
import { head, parse } from '../shared/load-balancer.ts'
import { openFor, serve, serveBytes } from '../shared/servers.ts'

const chunk = Buffer.alloc(1_048_576)

/** Writes 200 MiB as fast as they are taken, and counts. */
function fill(stream: Writable): { chunks: number } {
  const written = { chunks: 0 }
  const next = (): void => {
    while (written.chunks < 200) {
      written.chunks += 1
      if (!stream.write(chunk)) return void stream.once('drain', next)
    }
    stream.end()
  }
  next()
  return written
}

/** Requests one after the other, during which others could go on. */
async function pings(port: number): Promise<void> {
  for (let count = 0; count < 50; count += 1) {
    await send(port, head('GET /ping HTTP/1.1', 'Host: a', 'Connection: close'))
  }
}

const close = head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close')

async function text(stream: IncomingMessage): Promise<string> {
  let all = ''
  for await (const piece of stream.setEncoding('latin1')) all += piece
  return all
}

describe('a response of a server', () => {
  it('passes with its status, phrase and lines as they are, but for those of the connection', async () => {
    const url = await serve((_, response) => {
      response.sendDate = false
      response.writeHead(299, 'Odd \xe9', [
        'X-B',
        '1',
        'Set-Cookie',
        'a=1',
        'x-a',
        '\xe9',
        'set-cookie',
        'b=2',
        'Keep-Alive',
        '5',
        'Content-Length',
        '2',
      ])
      response.end(Buffer.from('ok'))
    })
    expect(parse(await send(await openFor(url), close))).toEqual({
      statusLine: 'HTTP/1.1 299 Odd \xe9',
      lines: [
        'X-B: 1',
        'Set-Cookie: a=1',
        'x-a: \xe9',
        'set-cookie: b=2',
        'Content-Length: 2',
        'Connection: close',
      ],
      body: 'ok',
    })
  })

  it('passes as it comes, before it has ended', async () => {
    let finish = (): void => {}
    const url = await serve((_, response) => {
      response.write('first')
      finish = () => void response.end('last')
    })
    const client = await open(await openFor(url))
    client.write(close)
    await client.until('first\r\n')
    finish()
    expect(await client.closed).toContain('5\r\nfirst\r\n4\r\nlast\r\n0\r\n\r\n')
  })

  it('waits for a client that does not take it', async () => {
    let written = { chunks: 0 }
    const url = await serve((incoming, response) => {
      if (incoming.url === '/ping') response.end()
      else written = fill(response)
    })
    const port = await openFor(url)
    const sent = request({ port, host: '127.0.0.1', agent: false }).end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    response.pause()
    await pings(port)
    expect(written.chunks).toBeLessThan(200)
    expect((await text(response)).length).toBe(200 * chunk.length)
  })

  it('has no body for HEAD, and the length that it would have', async () => {
    const url = await serve((_, response) => response.setHeader('Content-Length', 5).end())
    const answer = parse(
      await send(await openFor(url), head('HEAD / HTTP/1.1', 'Host: a', 'Connection: close')),
    )
    expect([answer.lines.includes('Content-Length: 5'), answer.body]).toEqual([true, ''])
  })

  it('ends with the connection for HTTP/1.0 when it has no length', async () => {
    const url = await serve((_, response) => {
      response.write('a')
      response.end('b')
    })
    const answer = parse(
      await send(await openFor(url), head('GET / HTTP/1.0', 'Connection: keep-alive')),
    )
    expect([answer.lines.at(-1), answer.body]).toEqual(['Connection: close', 'ab'])
  })

  it('comes without interim responses and trailers', async () => {
    const url = await serveBytes((socket) => {
      socket.once('data', () => {
        socket.write(head('HTTP/1.1 103 Early Hints', 'Link: </a>'))
        socket.write(head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Trailer: x'))
        socket.write('1\r\na\r\n0\r\nx: 1\r\n\r\n')
      })
    })
    expect(parse(await send(await openFor(url), close))).toEqual({
      statusLine: 'HTTP/1.1 200 OK',
      lines: ['Connection: close', 'Transfer-Encoding: chunked'],
      body: '1\r\na\r\n0\r\n\r\n',
    })
  })

  it('leaves the connection to the client open for the next request', async () => {
    const client = await open(await openFor(await serve(({ url }, response) => response.end(url))))
    client.write(head('GET /1 HTTP/1.1', 'Host: a'))
    await client.until('/1')
    client.write(head('GET /2 HTTP/1.1', 'Host: a', 'Connection: close'))
    expect((await client.closed).endsWith('/2')).toBe(true)
  })
})

describe('a request body', () => {
  it('reaches the server as it comes, however large', async () => {
    const url = await serve(async (incoming, response) => {
      response.end(`${incoming.headers['content-length']} ${(await text(incoming)).length}`)
    })
    const port = await openFor(url)
    const body = 'a'.repeat(3_000_000)
    const answer = await send(
      port,
      head('POST / HTTP/1.1', 'Host: a', `Content-Length: ${body.length}`, 'Connection: close') +
        body,
    )
    expect(parse(answer).body).toBe('3000000 3000000')
  })

  it('in chunks stays in chunks, without trailers', async () => {
    const url = await serve(async (incoming, response) => {
      const body = await text(incoming)
      response.end(
        `${incoming.headers['transfer-encoding']} ${body} ${incoming.rawTrailers.length}`,
      )
    })
    const answer = await send(
      await openFor(url),
      `${head('GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked', 'Connection: close')}2\r\nab\r\n0\r\nx: 1\r\n\r\n`,
    )
    expect(parse(answer).body).toBe('chunked ab 0')
  })

  it('is answered before it has ended, both ways at once', async () => {
    const url = await serve((incoming, response) => void incoming.pipe(response))
    const client = await open(await openFor(url))
    client.write(`${head('POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked')}1\r\na\r\n`)
    await client.until('1\r\na\r\n')
    client.write('1\r\nb\r\n')
    await client.until('1\r\nb\r\n')
    client.write('0\r\n\r\n')
    expect((await client.closed).endsWith('0\r\n\r\n')).toBe(true)
  })

  it('waits for a server that does not take it', async () => {
    let uploading: IncomingMessage | undefined
    const url = await serve((incoming, response) => {
      if (incoming.url === '/ping') response.end()
      else {
        uploading = incoming
        incoming.once('end', () => response.end('read'))
      }
    })
    const port = await openFor(url)
    const sent = request({ port, host: '127.0.0.1', method: 'POST', agent: false })
    const written = fill(sent)
    await pings(port)
    expect(written.chunks).toBeLessThan(200)
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>
    uploading?.resume()
    expect(await text((await answered)[0])).toBe('read')
  })

  it('may be expected with 100-continue, of which the server hears nothing', async () => {
    const url = await serve(async (incoming, response) => {
      response.end(`${incoming.headers.expect} ${await text(incoming)}`)
    })
    const client = await open(await openFor(url))
    client.write(
      head(
        'POST / HTTP/1.1',
        'Host: a',
        'Content-Length: 1',
        'Expect: 100-continue',
        'Connection: close',
      ),
    )
    await client.until('HTTP/1.1 100 Continue\r\n\r\n')
    client.write('a')
    expect((await client.closed).endsWith('undefined a')).toBe(true)
  })
})
