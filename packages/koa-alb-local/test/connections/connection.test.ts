import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createLoadBalancer, type LambdaHandler, type LogEntry } from '../../src/index.ts'
import { open, send } from '../shared/client.ts'
import { head, logFor, ok, parse, start } from '../shared/load-balancer.ts'

const echoPath: LambdaHandler = async ({ path }) => {
  if (path === '/throws') throw new Error('boom')
  return { statusCode: 200, body: `path ${path}` }
}
const get = (path: string, ...lines: string[]): string =>
  head(`GET ${path} HTTP/1.1`, 'Host: a.example', ...lines)
const bodies = (received: string): string[] =>
  [...received.matchAll(/path \/[a-z]+|<h1>.*<\/h1>/g)].map(([body]) => body)

describe('a connection', () => {
  it('serves one request after another and says so', async () => {
    const client = await open(await start({ target: echoPath }))
    client.write(get('/one'))
    expect(await client.until('path /one')).toMatch(/\r\nConnection: keep-alive\r\n\r\npath \/one$/)
    client.write(get('/two', 'Connection: close'))
    expect(await client.closed).toMatch(/\r\nConnection: close\r\n\r\npath \/two$/)
  })

  it('answers pipelined requests in their order', async () => {
    const port = await start({ target: echoPath })
    const received = await send(
      port,
      get('/one') + get('/two') + get('/three', 'Connection: close'),
    )
    expect(bodies(received)).toEqual(['path /one', 'path /two', 'path /three'])
  })

  it('goes on after 502, 405 and 463', async () => {
    const port = await start({ target: echoPath })
    const addresses = `X-Forwarded-For: ${'1,'.repeat(31)}`
    const received = await send(
      port,
      get('/throws') +
        get('/').replace('GET', 'TRACE') +
        get('/', addresses) +
        get('/last', 'Connection: close'),
    )
    expect(bodies(received)).toEqual([
      '<h1>502 Bad Gateway</h1>',
      '<h1>405 Not Allowed</h1>',
      '<h1>463 Unknown</h1>',
      'path /last',
    ])
  })

  it('ends with the answer to a request that cannot be parsed, after the earlier ones', async () => {
    const port = await start({ target: echoPath })
    const received = await send(port, `${get('/one')}nonsense\r\n\r\n`)
    expect(bodies(received)).toEqual(['path /one', '<h1>400 Bad Request</h1>'])
  })

  it('ends after HTTP/1.0, unless the client asks to keep it', async () => {
    const port = await start({ target: echoPath })
    const received = await send(
      port,
      head('GET /one HTTP/1.0', 'Connection: keep-alive') + head('GET /two HTTP/1.0'),
    )
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(received).toMatch(/\r\nConnection: keep-alive\r\n\r\npath \/one/)
    expect(received).toMatch(/\r\nConnection: close\r\n\r\npath \/two$/)
  })

  it('that sends nothing is answered with 408', async () => {
    const client = await open(await start({ target: ok, idleTimeoutMs: 30 }))
    expect(parse(await client.closed).statusLine).toBe('HTTP/1.1 408 Request Time-out')
  })

  it('that stops within a head is answered with 408', async () => {
    const client = await open(await start({ target: echoPath, idleTimeoutMs: 50 }))
    client.write(get('/one'))
    await client.until('path /one')
    client.write('GET /two HT')
    expect(bodies(await client.closed)).toEqual(['path /one', '<h1>408 Request Time-out</h1>'])
  })

  it('that stops within a body is answered with 408', async () => {
    const client = await open(await start({ target: ok, idleTimeoutMs: 30 }))
    client.write(`${get('/', 'Content-Length: 2')}a`)
    expect(await client.until('</html>\r\n')).toMatch(/^HTTP\/1\.1 408 Request Time-out\r\n/)
  })

  it('that idles between requests is closed without a word', async () => {
    const client = await open(await start({ target: echoPath, idleTimeoutMs: 30 }))
    client.write(get('/one'))
    expect(bodies(await client.closed)).toEqual(['path /one'])
  })

  it('is not idle while the function runs', async () => {
    const port = await start({
      target: () => new Promise((resolve) => setTimeout(resolve, 150, { statusCode: 200 })),
      idleTimeoutMs: 30,
    })
    const received = await send(port, get('/', 'Connection: close'))
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })

  it('is served on after a client closed another midway', async () => {
    const port = await start({ target: echoPath })
    const gone = await open(port)
    gone.write(get('/', 'Content-Length: 10'))
    gone.destroy()
    expect(bodies(await send(port, get('/one', 'Connection: close')))).toEqual(['path /one'])
  })

  it('whose client ends in the middle of a body is answered with 400', async () => {
    const client = await open(await start({ target: ok }))
    client.write(`${get('/', 'Content-Length: 10')}abc`)
    client.end()
    expect(await client.until('</html>\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })

  it('whose client ends after its request gets the answer', async () => {
    const client = await open(await start({ target: echoPath }))
    client.write(get('/one'))
    client.end()
    expect(bodies(await client.closed)).toEqual(['path /one'])
  })

  it('that the client leaves before the answer is logged with 460', async () => {
    let leave = (): void => {}
    let logged = (_entry: LogEntry): void => {}
    const entry = new Promise<LogEntry>((resolve) => {
      logged = resolve
    })
    const port = await start({
      target: () => {
        leave()
        return new Promise(() => {})
      },
      timeoutMs: 100,
      log: (each) => logged(each),
    })
    const client = await open(port)
    leave = client.destroy
    client.write(get('/'))
    expect((await entry).status).toBe(460)
  })
})

describe('close', () => {
  it('does not wait for a connection between two requests', async () => {
    const server = createLoadBalancer({ target: echoPath }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const idle = await open(port)
    idle.write(get('/one'))
    await idle.until('path /one')
    server.close()
    await once(server, 'close')
    expect(bodies(await idle.closed)).toEqual(['path /one'])
  })

  it('waits a second for a refused client that does not close its side', async () => {
    const server = createLoadBalancer({ target: ok, log: () => {} }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = await open(port)
    client.write('nonsense\r\n\r\n')
    await client.closed
    server.close()
    await once(server, 'close')
  })
})

describe('requests of HTTP/0.9', () => {
  it('are passed to the function', async () => {
    const { received, httpVersion } = await logFor({ target: echoPath }, 'GET /one\r\n\r\n')
    expect(httpVersion).toBe('0.9')
    expect(bodies(received)).toEqual(['path /one'])
  })
})
