import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Server as NetServer, Socket } from 'node:net'
import { type AnyAnswer, sendAnswer } from '../answer/answer.ts'
import { sendStreamed } from '../answer/streamed.ts'
import { connectionFacts } from '../request/connection-facts.ts'
import { type ClientRequest, receivedHead } from '../request/received.ts'
import { serveInTurn } from './connections.ts'
import type { CurrentListener } from './current-listener.ts'
import { startExchange } from './exchange.ts'
import { IdleConnections } from './idle-connections.ts'
import { logConnection } from './logged-connection.ts'
import { asSent, feedRequests, headText } from './request-feed.ts'
import { Tunnels } from './tunnels.ts'

/** The server of one listener, with the connections it has. */
export interface ListenerServer<Settings = undefined> {
  readonly server: NetServer
  /** Has connections go on with what the listener is now. */
  refresh(settings: Settings): void
  /** Closes the connections on which no request is under way. */
  closeIdle(): void
}

export function createHttpListenerServer(listener: CurrentListener): ListenerServer {
  const server = createHttp1Server(listener)
  server.on('connection', (socket: Socket) => logConnection(listener.now, socket, undefined))
  return {
    server,
    refresh: () => setTimeouts(server, listener.now),
    closeIdle: () => server.closeIdleConnections(),
  }
}

// Over this the parser gives up; the limits of a load balancer are far below and checked after it.
const maxHeaderSize = 1024 * 1024

/** A server, not listening yet, that answers HTTP/0.9 to 1.1 by the listener's rules. */
export function createHttp1Server(listener: CurrentListener): Server {
  const server = createServer({
    maxHeaderSize,
    // Also when Node was started with --insecure-http-parser, which would let smuggled requests in.
    insecureHTTPParser: false,
    // Answered with the load balancer's own page.
    requireHostHeader: false,
    // The idle timeout takes the place of Node's own limits.
    headersTimeout: 0,
    requestTimeout: 0,
  })
  // By default Node silently drops header lines after the 2,000th.
  server.maxHeadersCount = 0
  setTimeouts(server, listener.now)
  server.on('connection', (socket: Socket) => connectionFacts(socket))
  const idle = new IdleConnections(server, () => listener.now.isClosing?.() === true)
  // Node's `close()` calls it, too.
  const tunnels = new Tunnels()
  server.closeIdleConnections = () => {
    idle.close()
    tunnels.close()
  }
  feedRequests(server)
  serveInTurn(server, listener, (request, response) =>
    startExchange(clientRequest(request, response, tunnels, listener), listener),
  )
  return server
}

/** Of connections that come, and of others from their next request on. */
export function setTimeouts(
  server: Server,
  { idleTimeoutMs }: { readonly idleTimeoutMs: number },
): void {
  server.setTimeout(idleTimeoutMs)
  server.keepAliveTimeout = idleTimeoutMs
}

function clientRequest(
  request: IncomingMessage,
  response: ServerResponse,
  tunnels: Tunnels,
  listener: CurrentListener,
): ClientRequest {
  const { method, target, rawHeaders } = asSent(request)
  const { httpVersion, socket } = request
  const text = listener.now.observer && headText(request)
  let isOut = false
  const onOut = (): void => {
    // Node calls back, too, when the connection is gone with bytes not sent.
    isOut = !socket.destroyed
  }
  const send = (answer: AnyAnswer): number => {
    if ('body' in answer) return sendAnswer(request, response, answer, onOut)
    if ('stream' in answer) return sendStreamed(request, response, answer, onOut)
    return tunnels.open(request, response, answer, onOut)
  }
  return {
    head: receivedHead(
      { method, target, httpVersion, isHttp2: false, text },
      rawHeaders,
      connectionFacts(socket),
    ),
    upload: request,
    isComplete: () => request.complete,
    send,
    onceClosed: (listener) => void response.once('close', () => listener(isOut)),
    abandon: () => void socket.destroy(),
  }
}
