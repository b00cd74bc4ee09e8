import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../src/index.ts'
import { open, send } from '../shared/client.ts'
import { head } from '../shared/load-balancer.ts'
import { nobody, openFor, serve, serveBytes } from '../shared/servers.ts'

const get = head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close')

interface Failed {
  readonly port: number
  readonly entry: Promise<LogEntry>
}

async function failing(servers: string | string[], idleSeconds = '60'): Promise<Failed> {
  let log: (entry: LogEntry) => void = () => {}
  const entry = new Promise<LogEntry>((resolve) => {
    log = resolve
  })
  const LoadBalancerAttributes = [{ Key: 'idle_timeout.timeout_seconds', Value: idleSeconds }]
  const port = await openFor(servers, {}, { log, loadBalancer: { LoadBalancerAttributes } })
  return { port, entry }
}

async function answered(bytes: string): Promise<string> {
  const url = await serveBytes((socket) => socket.once('data', () => socket.end(bytes)))
  return outcome(await failing(url))
}

async function outcome({ port, entry }: Failed, request = get): Promise<string> {
  const [statusLine = ''] = (await send(port, request)).split('\r\n')
  const { detail = '', errorReason, targetStatus } = await entry
  expect([errorReason, targetStatus]).toEqual([undefined, undefined])
  return `${statusLine.slice(9)}: ${detail.replace(/127.0.0.1:\d+/g, 'server')}`
}

describe('a client gets', () => {
  it('503 when the group has no server', async () => {
    expect(await outcome(await failing([]))).toBe(
      '503 Service Temporarily Unavailable: the target group has no target',
    )
  })

  it('502 when nobody listens', async () => {
    expect(await outcome(await failing(await nobody()))).toBe(
      '502 Bad Gateway: server cannot be reached: connect ECONNREFUSED server',
    )
  })

  it('502 whole, however much of its body is under way', async () => {
    const { port } = await failing(await nobody())
    const body = 'a'.repeat(20_000_000)
    const request = head('POST / HTTP/1.1', 'Host: a', `Content-Length: ${body.length}`)
    expect((await send(port, request + body)).endsWith('</body>\r\n</html>\r\n')).toBe(true)
  })

  it('502 when the server closes the connection', async () => {
    const url = await serveBytes((socket) => socket.once('data', () => socket.destroy()))
    expect(await outcome(await failing(url))).toBe(
      '502 Bad Gateway: server closed the connection before it answered',
    )
  })

  it.each([
    [
      'is no HTTP',
      'hello\r\n\r\n',
      /^502 Bad Gateway: server answered with no valid HTTP response/,
    ],
    ['has a header that is none', head('HTTP/1.1 200 OK', 'a b: c'), /no valid HTTP response/],
    [
      'has too many headers',
      head('HTTP/1.1 200 OK', `a: ${'b'.repeat(32_768)}`),
      /headers of server take 32790 bytes, limit 32768$/,
    ],
    [
      'changes the protocol unasked',
      head('HTTP/1.1 101 Yes', 'Connection: Upgrade', 'Upgrade: x'),
      /^502 .*nobody had asked for$/,
    ],
  ])('502 when the response %s', async (_, bytes, expected) => {
    expect(await answered(bytes)).toMatch(expected)
  })

  it('504 when the server says nothing for the idle timeout', async () => {
    const url = await serveBytes(() => {})
    expect(await outcome(await failing(url, '1'))).toBe(
      '504 Gateway Time-out: server said nothing for the idle timeout of 1 s',
    )
  })

  it('408 when it does not send its body', async () => {
    const url = await serveBytes(() => {})
    const request = head('POST / HTTP/1.1', 'Host: a', 'Content-Length: 5')
    expect(await outcome(await failing(url, '1'), request)).toBe(
      '408 Request Time-out: the client sent nothing for the idle timeout',
    )
  })

  it('400 when its chunks cannot be parsed', async () => {
    const url = await serveBytes(() => {})
    const request = `${head('POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked')}x\r\n`
    expect(await outcome(await failing(url), request)).toMatch(/^400 Bad Request: /)
  })

  it('a connection that breaks off when the response does', async () => {
    const url = await serveBytes((socket) =>
      socket.once('data', () => {
        socket.end(`${head('HTTP/1.1 200 OK', 'Content-Length: 5')}ab`)
      }),
    )
    const { port, entry } = await failing(url)
    expect((await send(port, get)).endsWith('\r\n\r\nab')).toBe(true)
    expect((await entry).targetStatus).toBe(200)
  })

  it('502 from a connection that the server had kept and then closes, without a second try', async () => {
    let requests = 0
    const url = await serveBytes((socket) =>
      socket.on('data', () => {
        requests += 1
        if (requests === 1) socket.write(head('HTTP/1.1 200 OK', 'Content-Length: 0'))
        else socket.destroy()
      }),
    )
    const entries: LogEntry[] = []
    const port = await openFor(url, {}, { log: (entry) => void entries.push(entry) })
    expect(await send(port, get)).toContain('200 OK')
    expect(await send(port, get)).toContain('502 Bad Gateway')
    expect(requests).toBe(2)
    expect(entries[1]?.detail).toMatch(/had been kept open .*\(server\.keepAliveTimeout\)$/)
  })
})

describe('a client that leaves', () => {
  it('ends the request at the server, and is 460 on the log', async () => {
    let left = (): void => {}
    const gone = new Promise<void>((resolve) => {
      left = resolve
    })
    let arrived = (): void => {}
    const asked = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const url = await serve((_, response) => {
      response.once('close', left)
      arrived()
    })
    const { port, entry } = await failing(url)
    const client = await open(port)
    client.write(get)
    await asked
    client.destroy()
    await gone
    expect((await entry).status).toBe(460)
  })

  it('during its body ends the request at the server, too', async () => {
    let left = (): void => {}
    const gone = new Promise<void>((resolve) => {
      left = resolve
    })
    const url = await serve((incoming) => {
      incoming.once('data', () => client.destroy())
      incoming.once('error', left)
    })
    const { port, entry } = await failing(url)
    const client = await open(port)
    client.write(`${head('POST / HTTP/1.1', 'Host: a', 'Content-Length: 5')}a`)
    await gone
    expect((await entry).status).toBe(400)
  })
})
