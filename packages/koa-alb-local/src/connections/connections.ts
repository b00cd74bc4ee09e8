import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Refusal } from '../answer/refusal.ts'
import type { Listener } from '../rules/listener.ts'
import { Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'

/** Serves what clients send to an HTTP/1 server: the requests of each connection one by one. */
export function serveInTurn(
  server: Server,
  listener: Listener,
  start: (request: IncomingMessage, response: ServerResponse) => Exchange,
): void {
  const connections = new WeakMap<Socket, Connection>()
  const connectionOf = (socket: Socket): Connection => {
    const known = connections.get(socket)
    if (known) return known
    const connection = new Connection(socket, listener, start)
    connections.set(socket, connection)
    return connection
  }
  const take = (request: IncomingMessage, response: ServerResponse): void =>
    connectionOf(request.socket).take(request, response)
  server.on('request', take)
  // Unlike Node, a load balancer does not judge what is expected.
  server.on('checkExpectation', take)
  // Node types sockets as Duplex because TLS may be in between; each is a net.Socket or a
  // tls.TLSSocket, which extends it.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    connectionOf(socket as Socket).fail(refusalFor(error)),
  )
  server.on('connect', (request, socket) =>
    connectionOf(socket as Socket).fail(new Refusal(400, 'CONNECT is not supported'), request),
  )
  server.on('timeout', (socket) => connectionOf(socket).idle())
}

function refusalFor(error: NodeJS.ErrnoException): Refusal {
  const { code = '', message } = error
  const what = code.startsWith('HPE_') ? 'the request cannot be parsed' : 'the connection failed'
  return new Refusal(statusFor(code, message), `${what}: ${message}`, { cause: error })
}

// Node's parser has one code for several faults; these alone are more than a malformed request.
function statusFor(code: string, message: string): number {
  if (code === 'HPE_PAUSED_H2_UPGRADE') return 505
  if (code === 'HPE_INVALID_VERSION' && message.endsWith('Invalid HTTP version')) return 505
  if (message.endsWith('Request has invalid `Transfer-Encoding`')) return 501
  return 400
}
