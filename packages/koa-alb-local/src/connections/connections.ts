import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Refusal } from '../answer/refusal.ts'
import { Connection } from './connection.ts'
import type { CurrentListener } from './current-listener.ts'
import type { Exchange } from './exchange.ts'
import { guarded } from './unforeseen.ts'
import { tlsToHttp } from './wrong-scheme.ts'

/** Serves what clients send to an HTTP/1 server: the requests of each connection one by one. */
export function serveInTurn(
  server: Server,
  listener: CurrentListener,
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
  const take = guarded(
    'when a request came',
    (request: IncomingMessage, response: ServerResponse) =>
      connectionOf(request.socket).take(request, response),
    ({ socket }) => void socket.destroy(),
  )
  server.on('request', take)
  // Unlike Node, a load balancer does not judge what is expected.
  server.on('checkExpectation', take)
  // Node types sockets as Duplex because TLS may be in between; each is a net.Socket or a
  // tls.TLSSocket, which extends it.
  const fail = guarded(
    'when a connection failed',
    (socket: Duplex, refusal: Refusal, request?: IncomingMessage) =>
      connectionOf(socket as Socket).fail(refusal, request),
    (socket) => void socket.destroy(),
  )
  server.on('clientError', (error, socket) => fail(socket, refusalFor(error)))
  server.on('connect', (request, socket) =>
    fail(socket, new Refusal(400, 'CONNECT is not supported'), request),
  )
  const idle = guarded(
    'when a connection was idle',
    (socket: Socket) => connectionOf(socket).idle(),
    (socket) => void socket.destroy(),
  )
  server.on('timeout', idle)
}

interface ClientError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer
}

// The type of a TLS record with a handshake: RFC 8446, section 5.1.
const tlsHandshake = 22

function refusalFor(error: ClientError): Refusal {
  const { code = '', message, rawPacket } = error
  if (code.startsWith('HPE_') && rawPacket?.[0] === tlsHandshake) return tlsToHttp()
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
