import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import type { HeaderLine } from '../types.ts'

/** What goes to the client, but for the `Connection` line and what follows the head. */
export interface AnswerHead {
  readonly status: number
  readonly phrase: string
  readonly lines: readonly HeaderLine[]
  /** Whether the connection may serve another request. */
  readonly keepAlive: boolean
}

/** An answer that is there as a whole. */
export interface Answer extends AnswerHead {
  readonly body: Buffer
}

/** An answer whose body is sent as it comes. */
export interface StreamedAnswer extends AnswerHead {
  readonly stream: Readable
}

/** An answer after which the connection belongs to another protocol. */
export interface UpgradedAnswer extends AnswerHead {
  readonly upgraded: { readonly socket: Duplex; readonly firstBytes: Buffer }
}

export type AnyAnswer = Answer | StreamedAnswer | UpgradedAnswer

/** Long enough for a client to notice the answer and stop sending, short enough for a test. */
export const lingerMs = 1000

/**
 * Sends the answer and returns the bytes it takes on the wire: none when the client has left. Calls
 * back once they are out.
 */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  onOut: () => void,
): number {
  if (response.destroyed) return 0
  const keepAlive = answer.keepAlive && request.complete && wantsKeepAlive(request)
  const lines = withConnection(answer.lines, keepAlive)
  response.sendDate = false
  response.writeHead(answer.status, answer.phrase, lines.flat())
  const body = request.method === 'HEAD' ? Buffer.alloc(0) : answer.body
  if (request.complete) response.end(body, onOut)
  else endAfterUpload(request, response, body, onOut)
  return headBytes(answer.phrase, lines) + '\r\n'.length + body.length
}

/** Bytes of the status line and the header lines. */
export function headBytes(phrase: string, lines: readonly HeaderLine[]): number {
  let bytes = `HTTP/1.1 200 ${phrase}\r\n`.length
  // Two bytes each for the colon with its space and for the line end.
  for (const [name, value] of lines) bytes += name.length + value.length + 4
  return bytes
}

/** The answer as bytes for a connection on which no request could be parsed. */
export function toBytes(answer: Answer): Buffer {
  const lines = withConnection(answer.lines, false)
  return Buffer.concat([Buffer.from(headText(answer, lines), 'latin1'), answer.body])
}

// Closing a socket with unread bytes resets it, and the client may lose the answer. So the answer
// goes out whole, and what the client still sends is read and thrown away for a moment.
function endAfterUpload(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  onOut: () => void,
): void {
  response.flushHeaders()
  if (body.length > 0) response.write(body, (error) => !error && onOut())
  else onOut()
  const { socket } = request
  const end = (): void => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, lingerMs).unref()
  if (socket.readableEnded) end()
  else socket.once('end', end)
  request.once('end', end).once('close', end).resume()
}

export function wantsKeepAlive({ httpVersion, headers }: IncomingMessage): boolean {
  const { connection = '' } = headers
  // Node's parser reads no further request after `Proxy-Connection: close` either.
  const ends = [connection, headers['proxy-connection'] ?? ''].join(',')
  if (/(^|,)\s*close\s*(,|$)/i.test(ends)) return false
  if (httpVersion === '1.1') return true
  return httpVersion === '1.0' && /(^|,)\s*keep-alive\s*(,|$)/i.test(connection)
}

export function withConnection(lines: readonly HeaderLine[], keepAlive: boolean): HeaderLine[] {
  return [...lines, ['Connection', keepAlive ? 'keep-alive' : 'close']]
}

function headText({ status, phrase }: Answer, lines: readonly HeaderLine[]): string {
  const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `HTTP/1.1 ${status} ${phrase}\r\n${fields}\r\n`
}
