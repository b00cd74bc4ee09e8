import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { lingerMs, toBytes } from './answer.ts'
import { connectionFacts } from './connection-facts.ts'
import { errorPage } from './error-page.ts'
import type { Exchange } from './exchange.ts'
import { clientAddressOf } from './forwarded.ts'
import { Journal } from './journal.ts'
import type { Listener } from './listener.ts'
import { Refusal } from './refusal.ts'

interface ConnectionExchange extends Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What happens on client connections outside of a complete request: faults and silence. */
export class Connections {
  readonly #exchanges = new WeakMap<Socket, ConnectionExchange>()
  readonly #refused = new WeakSet<Socket>()
  readonly #bytesAtRest = new WeakMap<Socket, number>()
  readonly #listener: Listener

  constructor(server: Server, listener: Listener) {
    this.#listener = listener
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      // Node types the socket as a Duplex because TLS may be in between; it is a net.Socket or a
      // tls.TLSSocket, which extends it.
      this.#refuse(socket as Socket, refusalFor(error))
    })
    server.on('connect', (_request, socket) => {
      this.#refuse(socket as Socket, new Refusal(400, 'CONNECT is not supported'))
    })
    server.on('timeout', (socket) => this.#idle(socket))
  }

  /** Remembers the exchange as the latest on its connection. */
  add(exchange: ConnectionExchange): void {
    const { socket } = exchange.request
    this.#exchanges.set(socket, exchange)
    exchange.response.once('close', () => this.#bytesAtRest.set(socket, socket.bytesRead))
  }

  #idle(socket: Socket): void {
    const exchange = this.#exchanges.get(socket)
    const silent = new Refusal(408, 'the client sent nothing for the idle timeout')
    if (!exchange?.request.complete) this.#refuse(socket, silent)
    // The load balancer waits for the function, however long the client has been silent.
    else if (!exchange.response.closed) return
    else if (socket.bytesRead > (this.#bytesAtRest.get(socket) ?? 0)) this.#refuse(socket, silent)
    else socket.destroy()
  }

  #refuse(socket: Socket, refusal: Refusal): void {
    if (this.#refused.has(socket)) return
    this.#refused.add(socket)
    const exchange = this.#exchanges.get(socket)
    const answer = (): void => this.#writePage(socket, refusal)
    if (exchange && !exchange.request.complete) exchange.stopReading(refusal)
    // Earlier requests on the connection are answered first.
    else if (exchange && !exchange.response.closed) exchange.response.once('close', answer)
    else answer()
  }

  #writePage(socket: Socket, refusal: Refusal): void {
    if (!socket.writable) {
      socket.destroy()
      return
    }
    const page = errorPage(refusal.status)
    const connection = connectionFacts(socket)
    const { protocol, port, loadBalancer, changeResponse, log } = this.#listener
    const bytes = toBytes(changeResponse ? { ...page, lines: changeResponse(page.lines) } : page)
    this.#end(socket, bytes)
    const journal = new Journal(
      {
        type: protocol,
        client: `${clientAddressOf(socket.remoteAddress)}:${socket.remotePort}`,
        listenerPort: port ?? socket.localPort ?? 0,
        localAddress: clientAddressOf(socket.localAddress),
        loadBalancer,
        method: '-',
        target: '-',
        httpVersion: '-',
        connectionTraceId: connection.traceId,
        ...(connection.tls && { tls: connection.tls }),
      },
      socket.bytesRead,
    )
    journal.refused(refusal)
    journal.sent(refusal.status, bytes.length)
    log(journal.close())
  }

  // As after any refused upload, what the client still sends is read for a moment, or it may lose
  // the page. The socket of a CONNECT request has no listeners of Node's any more.
  #end(socket: Socket, bytes: Buffer): void {
    const timer = setTimeout(() => socket.destroy(), lingerMs).unref()
    socket.on('error', () => {})
    socket.once('close', () => clearTimeout(timer)).resume()
    socket.end(bytes)
  }
}

function refusalFor(error: NodeJS.ErrnoException): Refusal {
  // The parser has one code for an unknown coding and for one beside a content length.
  const isLengthConflict = error.message.includes('Content-Length')
  const status = isLengthConflict ? 400 : (statuses[error.code ?? ''] ?? 400)
  return new Refusal(status, `the request cannot be parsed: ${error.message}`, { cause: error })
}

// Codes of Node's HTTP parser; every other one means a malformed request.
const statuses: Readonly<Record<string, number>> = {
  HPE_INVALID_TRANSFER_ENCODING: 501,
  HPE_INVALID_VERSION: 505,
  HPE_PAUSED_H2_UPGRADE: 505,
}
