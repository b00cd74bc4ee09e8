import {
  constants,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Socket } from 'node:net'
import type { Answer } from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import { connectionFacts } from '../request/connection-facts.ts'
import { type ClientRequest, receivedHead } from '../request/received.ts'
import type { Listener } from '../rules/listener.ts'
import { uptimeMs } from '../time/clock.ts'
import { type Exchange, startExchange } from './exchange.ts'

const concurrentStreams = 128
const requestLimit = 10_000

/** Answers the HTTP/2 requests on a connection by the listener's rules. */
export function serveHttp2(socket: Socket, listener: Listener): ServerHttp2Session {
  const session = performServerHandshake(socket, {
    settings: { maxConcurrentStreams: concurrentStreams, enableConnectProtocol: false },
    // The limits of a load balancer are checked after the parser, like those of HTTP/1.
    maxHeaderListPairs: 10_000,
  })
  const { openedAt } = connectionFacts(socket)
  const open = new Map<ServerHttp2Stream, Exchange>()
  let requests = 0
  session.on('stream', (stream, _headers, _flags, rawHeaders) => {
    requests += 1
    const client = clientRequest(stream, rawHeaders, socket)
    open.set(stream, startExchange(client, listener))
    stream.once('close', () => open.delete(stream))
    const isOld = uptimeMs() - openedAt > listener.clientKeepAliveMs
    // The client gets its answers and is told to take another connection.
    if (requests === requestLimit || isOld) session.close()
  })
  session.setTimeout(listener.idleTimeoutMs, () => {
    const silent = new Refusal(408, 'the client sent nothing for the idle timeout')
    for (const exchange of open.values()) exchange.stopReading(silent)
    if (open.size === 0) session.close()
  })
  // Such as a client that resets the connection: nobody is left to tell.
  session.on('error', () => {})
  return session
}

function clientRequest(
  stream: ServerHttp2Stream,
  rawHeaders: readonly string[],
  socket: Socket,
): ClientRequest {
  stream.on('error', () => {})
  const { pseudo, lines } = splitHeaders(rawHeaders)
  const method = pseudo.get(':method') ?? ''
  const isComplete = (): boolean => stream.endAfterHeaders || stream.readableEnded
  return {
    head: receivedHead(
      { method, target: pseudo.get(':path') ?? '', httpVersion: '2.0', isHttp2: true },
      lines,
      socket,
    ),
    upload: stream,
    isComplete,
    send: (answer) => sendOn(stream, method, answer, isComplete()),
    // Node closes a stream before it calls it finished, so `writableFinished` says too little.
    onceClosed: (listener) =>
      void stream.once('close', () =>
        listener(stream.writableEnded && stream.rstCode === constants.NGHTTP2_NO_ERROR),
      ),
  }
}

// As HTTP asks of whoever passes HTTP/2 on as HTTP/1: the authority becomes the host, and the
// pieces of a cookie one line.
function splitHeaders(rawHeaders: readonly string[]): {
  pseudo: ReadonlyMap<string, string>
  lines: readonly string[]
} {
  const pseudo = new Map<string, string>()
  const lines: string[] = []
  const cookies: string[] = []
  let hasHost = false
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const value = rawHeaders[index + 1] ?? ''
    if (name.startsWith(':')) pseudo.set(name, value)
    else if (name === 'cookie') cookies.push(value)
    else lines.push(name, value)
    hasHost ||= name === 'host'
  }
  const authority = pseudo.get(':authority')
  if (!hasHost && authority !== undefined) lines.unshift('host', authority)
  if (cookies.length > 0) lines.push('cookie', cookies.join('; '))
  return { pseudo, lines }
}

function sendOn(
  stream: ServerHttp2Stream,
  method: string,
  answer: Answer,
  isComplete: boolean,
): number {
  if (stream.destroyed || stream.closed) return 0
  const headers: Record<string, string | number | string[]> = { ':status': answer.status }
  let bytes = answer.body.length
  for (const [sentName, value] of answer.lines) {
    const name = sentName.toLowerCase()
    const earlier = headers[name]
    bytes += name.length + value.length
    if (earlier === undefined) headers[name] = name === 'set-cookie' ? [value] : value
    else if (Array.isArray(earlier)) earlier.push(value)
    // Node refuses to send some names twice; HTTP has one line with a comma mean the same.
    else headers[name] = `${earlier}, ${value}`
  }
  const body = method === 'HEAD' ? Buffer.alloc(0) : answer.body
  stream.respond(headers)
  stream.end(body)
  // What the client still sends of its body is of no use.
  if (!isComplete) stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR))
  return bytes - answer.body.length + body.length
}
