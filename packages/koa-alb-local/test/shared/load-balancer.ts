import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import {
  type AlbEvent,
  createLoadBalancer,
  type LambdaHandler,
  type LoadBalancerOptions,
  type LogEntry,
} from '../../src/index.ts'
import { send } from './client.ts'

/** Starts a load balancer for the current test and returns its port. */
export async function start(options: LoadBalancerOptions): Promise<number> {
  const server = createLoadBalancer({ log: () => {}, ...options }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  // Listening on TCP, so the address is no pipe name.
  return (server.address() as AddressInfo).port
}

export const ok: LambdaHandler = () => ({ statusCode: 200, body: 'ok' })

/** The head of a request, lines joined as on the wire; ends with the empty line. */
export function head(...lines: string[]): string {
  return [...lines, '', ''].join('\r\n')
}

/** The event the function gets for a request, given as bytes or text of one byte per character. */
export async function eventFor(
  request: string | Buffer,
  options: Omit<LoadBalancerOptions, 'target'> = {},
): Promise<AlbEvent> {
  const events: AlbEvent[] = []
  const target: LambdaHandler = (event) => {
    events.push(event)
    return { statusCode: 200 }
  }
  const received = await send(await start({ ...options, target }), request)
  const [event] = events
  if (!event) throw new Error(`the function was not called: ${received}`)
  return event
}

export interface WireResponse {
  readonly statusLine: string
  /** Header lines in order, `Date` left out. */
  readonly lines: readonly string[]
  readonly body: string
}

/** What the client gets for a document, as text of one byte per character. */
export async function responseFor(
  document: unknown,
  options: Omit<LoadBalancerOptions, 'target'> = {},
  method = 'GET',
): Promise<WireResponse> {
  const port = await start({ ...options, target: () => document })
  return parse(
    await send(port, head(`${method} / HTTP/1.1`, 'Host: a.example', 'Connection: close')),
  )
}

export function parse(received: string): WireResponse {
  const end = received.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = received.slice(0, end).split('\r\n')
  return {
    statusLine,
    lines: lines.filter((line) => !line.startsWith('Date: ')),
    body: received.slice(end + 4),
  }
}

/** Sends a request and returns its log entry with what the client got. */
export async function logFor(
  options: LoadBalancerOptions,
  request = head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close'),
): Promise<LogEntry & { received: string }> {
  let log: (entry: LogEntry) => void = () => {}
  const entry = new Promise<LogEntry>((resolve) => {
    log = resolve
  })
  const received = await send(await start({ ...options, log }), request)
  return { ...(await entry), received }
}
