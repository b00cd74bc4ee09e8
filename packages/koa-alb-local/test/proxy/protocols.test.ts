import { once } from 'node:events'
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type ApplicationLoadBalancerOptions,
  formatAccessLog,
  type LogEntry,
} from '../../src/index.ts'
import { forward, open, send } from '../shared/application-load-balancer.ts'
import { certificate, httpsOptions } from '../shared/https-listener.ts'
import { echoHead, optionsFor, serve, serveBytes } from '../shared/servers.ts'

async function session(
  servers: string,
  rest: Partial<ApplicationLoadBalancerOptions> = {},
): Promise<ClientHttp2Session> {
  const targetGroups = { Ecs: { TargetType: 'ip' } } as const
  const options = httpsOptions(
    { DefaultActions: [forward('Ecs')] },
    { targetGroups, servers: { Ecs: servers }, ...rest },
  )
  const url = (await open(options)).url('Web')
  const opened = connect(url, { rejectUnauthorized: false })
  onTestFinished(() => opened.destroy())
  return opened
}

async function answerOf(stream: ClientHttp2Stream): Promise<{ status: unknown; body: string }> {
  const [headers] = await once(stream, 'response')
  return { status: headers[':status'], body: await text(stream) }
}

describe('an HTTP/2 client', () => {
  it('is served by a server that gets HTTP/1.1, its body in chunks', async () => {
    const url = await serve(async (incoming, response) => {
      echoHead(incoming, response)
    })
    const opened = await session(url)
    const headers = { ':method': 'POST', ':path': '/a?b', ':authority': 'A.example', 'x-a': '1' }
    const stream = opened.request(headers)
    stream.end('body')
    const { status, body } = await answerOf(stream)
    const stable = body.replace(/1-\w{8}-\w{24}/, 'trace').split('\n')
    expect([status, ...stable]).toEqual([
      200,
      'POST /a?b',
      'X-Forwarded-For: 127.0.0.1',
      'X-Forwarded-Proto: https',
      'X-Forwarded-Port: 443',
      'Host: a.example',
      'X-Amzn-Trace-Id: Root=trace',
      'x-a: 1',
      'Transfer-Encoding: chunked',
      'Connection: keep-alive',
    ])
  })

  it('gets what the server sends as it comes, both ways at once', async () => {
    const opened = await session(await serve((incoming, response) => void incoming.pipe(response)))
    const stream = opened.request({ ':method': 'POST' })
    for (const piece of ['a', 'b']) {
      stream.write(piece)
      expect(String((await once(stream, 'data'))[0])).toBe(piece)
    }
    stream.end()
    await once(stream, 'close')
    expect(stream.rstCode).toBe(0)
  })

  it('has its stream reset when the response breaks off', async () => {
    const url = await serveBytes((socket) =>
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n')
      }),
    )
    const stream = (await session(url)).request({})
    stream.on('error', () => {}).resume()
    await new Promise((resolve) => stream.once('close', resolve))
    // NGHTTP2_INTERNAL_ERROR
    expect(stream.rstCode).toBe(2)
  })

  it('that sends gRPC gets 464 from a group of version HTTP1', async () => {
    const opened = await session(await serve(echoHead))
    const stream = opened.request({ ':method': 'POST', 'content-type': 'application/grpc' })
    stream.end()
    expect((await answerOf(stream)).status).toBe(464)
  })

  it.each([
    ['HTTP2', 'GET', 503],
    ['GRPC', 'POST', 503],
    ['GRPC', 'GET', 464],
  ] as const)(
    'of a group of version %s gets for %s %i',
    async (ProtocolVersion, method, status) => {
      const targetGroups = { Ecs: { TargetType: 'ip', ProtocolVersion } } as const
      const opened = await session(await serve(echoHead), { targetGroups })
      const stream = opened.request({ ':method': method })
      stream.end()
      expect((await answerOf(stream)).status).toBe(status)
    },
  )
})

it.each(['HTTP2', 'GRPC'] as const)('an HTTP/1 client of version %s gets 464', async (version) => {
  const loadBalancer = await open(optionsFor(await serve(echoHead), { ProtocolVersion: version }))
  expect((await send(loadBalancer.url('Web'))).status).toBe(464)
})

it('a server may speak TLS with whatever certificate', async () => {
  const server = createServer(certificate, echoHead)
  const url = (await serve(server)).replace('http:', 'https:')
  const loadBalancer = await open(optionsFor(url))
  expect((await send(loadBalancer.url('Web'))).status).toBe(200)
  const group = loadBalancer.targetGroups.get('Ecs')
  expect(await group?.checkHealth()).toEqual({ State: 'healthy' })
})

it('the access log has the server, its status and times, and no reason', async () => {
  const url = await serve((_, response) => response.writeHead(404).end('not here'))
  const entries: LogEntry[] = []
  const loadBalancer = await open(optionsFor(url, {}, { log: (entry) => void entries.push(entry) }))
  await send(loadBalancer.url('Web'), { method: 'POST', body: 'body' })
  const [entry] = entries
  if (!entry) throw new Error('nothing was logged')
  const fields = formatAccessLog(entry).match(/"[^"]*"|\S+/g) ?? []
  const server = url.slice('http://'.length)
  expect(fields[4]).toBe(server)
  for (const seconds of fields.slice(5, 8)) expect(seconds).toMatch(/^0\.\d{3}$/)
  expect(fields.slice(8, 10)).toEqual(['404', '404'])
  expect(fields.slice(24, 27)).toEqual(['"-"', `"${server}"`, '"404"'])
  expect([entry.sentBytes > 8, loadBalancer.metrics]).toMatchObject([
    true,
    { HTTPCode_Target_4XX_Count: 1, RequestCount: 1 },
  ])
})
