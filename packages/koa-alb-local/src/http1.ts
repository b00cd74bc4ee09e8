import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { sendAnswer } from './answer.ts'
import type { ClientRequest } from './client-request.ts'
import { Connections } from './connection.ts'
import { connectionFacts } from './connection-facts.ts'
import { startExchange } from './exchange.ts'
import type { Listener } from './listener.ts'
import { receivedHead } from './received.ts'

// Over this the parser gives up; the limits of a load balancer are far below and checked after it.
const maxHeaderSize = 1024 * 1024

/** A server, not listening yet, that answers HTTP/0.9 to 1.1 by the listener's rules. */
export function createHttp1Server(listener: Listener): Server {
  const { idleTimeoutMs } = listener
  const server = createServer({
    maxHeaderSize,
    // Answered with the load balancer's own page.
    requireHostHeader: false,
    // The idle timeout takes the place of Node's own limits.
    headersTimeout: 0,
    requestTimeout: 0,
    keepAliveTimeout: idleTimeoutMs,
  })
  // By default Node silently drops header lines after the 2,000th.
  server.maxHeadersCount = 0
  server.setTimeout(idleTimeoutMs)
  server.on('connection', (socket: Socket) => connectionFacts(socket))
  const connections = new Connections(server, listener)
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = startExchange(clientRequest(request, response), listener)
    connections.add({ ...exchange, request, response })
  }
  server.on('request', serve)
  // Unlike Node, a load balancer does not judge what is expected.
  server.on('checkExpectation', serve)
  return server
}

function clientRequest(request: IncomingMessage, response: ServerResponse): ClientRequest {
  const { method = '', url = '', httpVersion, rawHeaders, socket } = request
  return {
    head: receivedHead({ method, target: url, httpVersion, isHttp2: false }, rawHeaders, socket),
    upload: request,
    isComplete: () => request.complete,
    send: (answer) => sendAnswer(request, response, answer),
    onceClosed: (listener) =>
      void response.once('close', () => listener(response.writableFinished)),
  }
}
