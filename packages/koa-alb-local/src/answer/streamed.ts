import type { IncomingMessage, ServerResponse } from 'node:http'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import {
  headBytes,
  lingerMs,
  type StreamedAnswer,
  wantsKeepAlive,
  withConnection,
} from './answer.ts'

/**
 * Sends the head, then the body as it comes and as fast as the client takes it; a body that breaks off
 * ends the connection, so that nobody takes it for whole. Returns the bytes of the head.
 */
export function sendStreamed(
  request: IncomingMessage,
  response: ServerResponse,
  answer: StreamedAnswer,
  onOut: () => void,
): number {
  const { stream } = answer
  if (response.destroyed) {
    stream.destroy()
    return 0
  }
  // To HTTP/1.0 the end of a body without a length is that of the connection.
  const isDelimited =
    request.httpVersion === '1.1' || hasLength(answer) || hasNoBody(request, answer)
  const keepAlive = answer.keepAlive && request.complete && isDelimited && wantsKeepAlive(request)
  const lines = withConnection(answer.lines, keepAlive)
  response.sendDate = false
  response.writeHead(answer.status, answer.phrase, lines.flat())
  // Before the first byte of the body. `flushHeaders` would send UTF-8.
  response.write('', 'latin1')
  stream.pipe(response, { end: false })
  stream.once('end', () => endStreamed(request, response, onOut))
  stream.once('close', () => {
    if (!stream.readableEnded) request.socket.destroy()
  })
  response.once('close', () => stream.destroy())
  return headBytes(answer.phrase, lines) + '\r\n'.length
}

// As after any answer that comes before the end of the upload: what the client still sends is read for
// a moment, or it may lose the answer.
function endStreamed(request: IncomingMessage, response: ServerResponse, onOut: () => void): void {
  if (request.complete) return void response.end(onOut)
  onOut()
  const end = (): void => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, lingerMs).unref()
  request.unpipe()
  request.once('end', end).once('close', end).resume()
}

function hasLength({ lines }: StreamedAnswer): boolean {
  return lines.some(([name]) => name.toLowerCase() === 'content-length')
}

function hasNoBody({ method }: IncomingMessage, { status }: StreamedAnswer): boolean {
  return method === 'HEAD' || status === 204 || status === 304
}
