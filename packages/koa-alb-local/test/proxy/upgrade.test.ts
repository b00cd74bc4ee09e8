import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../src/index.ts'
import { forward, open as openLoadBalancer } from '../shared/application-load-balancer.ts'
import { type Client, open } from '../shared/client.ts'
import { httpsOptions } from '../shared/https-listener.ts'
import { head } from '../shared/load-balancer.ts'
import { echoHead, openFor, optionsFor, serve } from '../shared/servers.ts'

const upgrade = head(
  'GET /chat HTTP/1.1',
  'Host: a.example',
  'Connection: keep-alive, Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Key: a',
)
const switched = head(
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: b',
)

/** A server that upgrades, says hello, and then sends back what it gets. */
async function upgrading(idleSeconds = '60'): Promise<{
  port: number
  lines: () => readonly string[]
  entry: Promise<LogEntry>
  serverClosed: Promise<unknown>
}> {
  let lines: readonly string[] = []
  let closed = (): void => {}
  const serverClosed = new Promise<void>((resolve) => {
    closed = resolve
  })
  const server = createServer().on('upgrade', (incoming, socket) => {
    lines = incoming.rawHeaders
    socket.once('close', closed).on('error', () => {})
    socket.write(`${switched}hello`)
    socket.pipe(socket)
  })
  let log: (entry: LogEntry) => void = () => {}
  const entry = new Promise<LogEntry>((resolve) => {
    log = resolve
  })
  const LoadBalancerAttributes = [{ Key: 'idle_timeout.timeout_seconds', Value: idleSeconds }]
  const port = await openFor(
    await serve(server),
    {},
    { log, loadBalancer: { LoadBalancerAttributes } },
  )
  return { port, entry, serverClosed, lines: () => lines }
}

async function talking(port: number, early = ''): Promise<Client> {
  const client = await open(port)
  client.write(upgrade + early)
  await client.until(`${switched}hello${early}`)
  return client
}

describe('a connection that is upgraded', () => {
  it('passes what either side sends, whatever it is', async () => {
    const { port, lines } = await upgrading()
    const client = await talking(port)
    client.write('GET / HTTP/9\r\n\r\n\0\xff')
    await client.until('GET / HTTP/9\r\n\r\n\0\xff')
    expect(lines().slice(10)).toEqual([
      'Sec-WebSocket-Key',
      'a',
      'Connection',
      'Upgrade',
      'Upgrade',
      'websocket',
    ])
  })

  it('passes what the client sent before it was answered', async () => {
    const { port } = await upgrading()
    await talking(port, '\0early')
  })

  it('ends at the server when the client goes, and is 101 on the log', async () => {
    const { port, entry, serverClosed } = await upgrading()
    const client = await talking(port)
    client.write('ab')
    await client.until('helloab')
    client.destroy()
    await serverClosed
    const { status, targetStatus, sentBytes } = await entry
    expect([status, targetStatus, sentBytes]).toEqual([101, 101, switched.length + 7])
  })

  it('ends after silence for the idle timeout', async () => {
    const { port, serverClosed } = await upgrading('1')
    const client = await talking(port)
    expect((await client.closed).endsWith('hello')).toBe(true)
    await serverClosed
  })
})

it('a connection over TLS is upgraded, and ends when the load balancer closes', async () => {
  const server = createServer().on('upgrade', (_, socket) => {
    socket.on('error', () => {}).write(`${switched}hello`)
  })
  const targetGroups = { Ecs: { TargetType: 'ip' } } as const
  const servers = { Ecs: await serve(server) }
  const options = httpsOptions({ DefaultActions: [forward('Ecs')] }, { targetGroups, servers })
  const loadBalancer = await openLoadBalancer(options)
  const { port } = new URL(loadBalancer.url('Web'))
  const socket = connectTls({ port: Number(port), host: '127.0.0.1', rejectUnauthorized: false })
  const received = text(socket.on('error', () => {}))
  socket.write(upgrade)
  await once(socket, 'readable')
  await loadBalancer.close()
  expect((await received).startsWith(switched)).toBe(true)
})

it('a server that does not upgrade answers, and the connection goes on', async () => {
  const client = await open(await openFor(await serve(echoHead)))
  client.write(upgrade)
  client.write(head('GET /next HTTP/1.1', 'Host: a.example', 'Connection: close'))
  expect((await client.closed).match(/GET \/\w+/g)).toEqual(['GET /chat', 'GET /next'])
})

it('counts in no metric of CloudWatch as a response, which has none for 101', async () => {
  const server = createServer().on('upgrade', (_, socket) => socket.end(switched))
  let logged = (): void => {}
  const over = new Promise<void>((resolve) => {
    logged = resolve
  })
  const options = optionsFor(await serve(server), {}, { log: () => logged() })
  const loadBalancer = await openLoadBalancer(options)
  const client = await open(Number(new URL(loadBalancer.url('Web')).port))
  client.write(upgrade)
  await client.closed
  client.end()
  await over
  const names = Object.keys(loadBalancer.metrics).filter((name) => name.startsWith('HTTPCode'))
  expect([names, loadBalancer.metrics.RequestCount]).toEqual([[], 1])
})
