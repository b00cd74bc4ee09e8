import {
  constants,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Socket } from 'node:net'
import { lingerMs } from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import { connectionFacts } from '../request/connection-facts.ts'
import { type ClientRequest, receivedHead } from '../request/received.ts'
import { clearTimeout, setTimeout, uptimeMs } from '../time/clock.ts'
import type { CurrentListener } from './current-listener.ts'
import { type Exchange, startExchange } from './exchange.ts'
import { sendOn } from './http2-answer.ts'
import { toHttp1Request } from './http2-fields.ts'
import { guarded } from './unforeseen.ts'

const concurrentStreams = 128
const requestLimit = 10_000

/** Answers the HTTP/2 requests on a connection by the listener's rules. */
export function serveHttp2(socket: Socket, listener: CurrentListener): ServerHttp2Session {
  const session = performServerHandshake(socket, {
    settings: { maxConcurrentStreams: concurrentStreams, enableConnectProtocol: false },
    // The limits of a load balancer are checked after the parser, like those of HTTP/1.
    maxHeaderListPairs: 10_000,
  })
  const { openedAt } = connectionFacts(socket)
  const open = new Set<ServerHttp2Stream>()
  let requests = 0
  let sessionTimeoutMs = 0
  const keepFor = (ms: number): void => {
    sessionTimeoutMs = ms
    session.setTimeout(ms)
  }
  const take = (stream: ServerHttp2Stream, rawHeaders: readonly string[]): void => {
    requests += 1
    open.add(stream)
    stream.once('close', () => open.delete(stream))
    const { idleTimeoutMs, clientKeepAliveMs } = listener.now
    if (idleTimeoutMs !== sessionTimeoutMs) keepFor(idleTimeoutMs)
    const exchange = startExchange(
      clientRequest(stream, rawHeaders, socket, idleTimeoutMs),
      listener,
    )
    stream.setTimeout(idleTimeoutMs, () => stopUpload(exchange))
    const isOld = uptimeMs() - openedAt > clientKeepAliveMs
    // The client gets its answers and is told to take another connection.
    if (requests === requestLimit || isOld) session.close()
  }
  session.on('stream', (stream, _headers, _flags, rawHeaders) => {
    // Such as a reset, from either side.
    stream.on('error', () => {})
    guarded('when an HTTP/2 request came', take, abandon)(stream, rawHeaders)
  })
  // A stream has a timeout of its own.
  session.on('timeout', () => {
    if (open.size === 0) close(session)
  })
  keepFor(listener.now.idleTimeoutMs)
  // Such as a client that resets the connection: nobody is left to tell.
  session.on('error', () => {})
  return session
}

// The load balancer waits for the function, however long the client has been silent.
function stopUpload(exchange: Exchange): void {
  exchange.stopReading(new Refusal(408, 'the client sent nothing for the idle timeout'))
}

// The farewell is not taken by a client that takes nothing.
function close(session: ServerHttp2Session): void {
  const timer = setTimeout(() => session.destroy(), lingerMs).unref()
  session.once('close', () => clearTimeout(timer))
  session.close()
}

function abandon(stream: ServerHttp2Stream): void {
  stream.close(constants.NGHTTP2_INTERNAL_ERROR)
}

function clientRequest(
  stream: ServerHttp2Stream,
  rawHeaders: readonly string[],
  socket: Socket,
  idleTimeoutMs: number,
): ClientRequest {
  const { method, target, lines } = toHttp1Request(rawHeaders)
  const isComplete = (): boolean => stream.endAfterHeaders || stream.readableEnded
  return {
    head: receivedHead(
      { method, target, httpVersion: '2.0', isHttp2: true },
      lines,
      connectionFacts(socket),
    ),
    upload: stream,
    isComplete,
    send: (answer) => sendOn(stream, answer, { isComplete: isComplete(), method, idleTimeoutMs }),
    // Node closes a stream before it calls it finished, so `writableFinished` says too little.
    onceClosed: (listener) =>
      void stream.once('close', () =>
        listener(stream.writableEnded && stream.rstCode === constants.NGHTTP2_NO_ERROR),
      ),
    abandon: () => abandon(stream),
  }
}
