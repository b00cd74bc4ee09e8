import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { ApplicationLoadBalancerOptions, TargetGroupProperties } from '../../src/index.ts'
import { forward, open, optionsWith } from './application-load-balancer.ts'

const isHealthCheck = /^user-agent: ELB-HealthChecker/im

/** Starts an HTTP server for the current test and returns its URL; it is healthy. */
export async function serve(listener: RequestListener | Server): Promise<string> {
  const healthy: RequestListener = (incoming, response) => {
    if (incoming.headers['user-agent']?.startsWith('ELB-')) response.end()
    else if (typeof listener === 'function') listener(incoming, response)
  }
  const server = typeof listener === 'function' ? createServer(healthy) : listener
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return urlOf(server)
}

/** A TCP server for the current test: it is healthy, and else says what it likes. */
export async function serveBytes(listener: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', (bytes) => {
      if (isHealthCheck.test(bytes.toString())) {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
        return
      }
      listener(socket)
      socket.emit('data', bytes)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return urlOf(server)
}

/** A URL on which nobody listens. */
export async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = urlOf(server)
  server.close()
  await once(server, 'close')
  return url
}

/** Answers with the head of the request, as text: method, target, then each header line. */
export const echoHead: RequestListener = ({ method, url, rawHeaders }, response) => {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  )
  response.end([`${method} ${url}`, ...lines].join('\n'), 'latin1')
}

type Options = Partial<ApplicationLoadBalancerOptions>

/** One HTTP listener on port 80 with the servers behind it. */
export function optionsFor(
  servers: string | readonly string[],
  group: Partial<TargetGroupProperties> = {},
  options: Options = {},
): ApplicationLoadBalancerOptions {
  return optionsWith({
    listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: [forward('Ecs')] } },
    targetGroups: { Ecs: { TargetType: 'ip', ...group } },
    servers: { Ecs: servers },
    targets: {},
    ...options,
  })
}

/** Puts the servers behind a load balancer and returns the port of its listener. */
export async function openFor(
  servers: string | readonly string[],
  group: Partial<TargetGroupProperties> = {},
  options: Options = {},
): Promise<number> {
  const loadBalancer = await open(optionsFor(servers, group, options))
  return Number(new URL(loadBalancer.url('Web')).port)
}

function urlOf(server: { address(): AddressInfo | string | null }): string {
  // Listening on TCP, so the address is no pipe name.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
