import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { HeaderLine } from '../types.ts'

/** A request to send: header lines and target one character per byte. */
export interface SentRequest {
  readonly method: string
  readonly target: string
  readonly lines: readonly HeaderLine[]
  readonly body: Buffer
}

export interface ReceivedResponse {
  readonly status: number
  readonly phrase: string
  readonly lines: readonly HeaderLine[]
  readonly body: Buffer
}

const mostMs = 900_000

/** What was recorded, as a request. @throws Error when it cannot be sent as it was */
export function toRequest({ request }: RecordedExchange): SentRequest {
  const { method, target, lines, body } = request
  if (method === '-') throw new Error('the request could not be parsed, so it cannot be sent again')
  if (body?.isCut)
    throw new Error(`of ${body.length} bytes of its body only ${body.bytes.length} are kept`)
  return { method, target, lines, body: body?.bytes ?? Buffer.alloc(0) }
}

/** Sends it as HTTP/1.1, header lines in their order, with a framing of its own. */
export function send(url: string, sent: SentRequest): Promise<ReceivedResponse> {
  const { hostname, port, protocol } = new URL(url)
  const lines = withFraming(sent)
  return new Promise((resolve, reject) => {
    const start = protocol === 'https:' ? httpsRequest : httpRequest
    const request = start(
      {
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        method: sent.method,
        path: sent.target,
        headers: lines.flat(),
        // The certificate on a desk is its own authority.
        rejectUnauthorized: false,
        agent: false,
        timeout: mostMs,
      },
      (response) => {
        buffer(response).then((body) => resolve(toReceived(response, body)), reject)
      },
    )
    // Without a listener Node drops the response to CONNECT, and one that changes the protocol.
    const drop = (response: IncomingMessage, socket: Duplex, body: Buffer): void => {
      socket.destroy()
      resolve(toReceived(response, body))
    }
    request.on('connect', drop).on('upgrade', drop)
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', reject).end(sent.body)
  })
}

const framing = ['content-length', 'transfer-encoding', 'connection', 'expect', 'keep-alive']

function withFraming({ lines, body, method }: SentRequest): HeaderLine[] {
  const hadLength = lines.some(([name]) => framing.slice(0, 2).includes(name.toLowerCase()))
  const own = lines.filter(([name]) => !framing.includes(name.toLowerCase()))
  const hasHost = own.some(([name]) => name.toLowerCase() === 'host')
  const needsLength = body.length > 0 || (hadLength && method !== 'GET' && method !== 'HEAD')
  return [
    ...(hasHost ? [] : [['Host', 'localhost'] as const]),
    ...own,
    ...(needsLength ? [['Content-Length', String(body.length)] as const] : []),
    ['Connection', isUpgrade(lines) ? 'close, upgrade' : 'close'],
  ]
}

function isUpgrade(lines: readonly HeaderLine[]): boolean {
  const values = lines.filter(([name]) => name.toLowerCase() === 'connection')
  return values.some(([, value]) => /(^|,)\s*upgrade\s*(,|$)/i.test(value))
}

function toReceived(
  { statusCode: status = 0, statusMessage: phrase = '', rawHeaders }: IncomingMessage,
  body: Buffer,
): ReceivedResponse {
  return { status, phrase, lines: pairs(rawHeaders), body }
}

function pairs(rawHeaders: readonly string[]): HeaderLine[] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => {
    return [rawHeaders[2 * index] ?? '', rawHeaders[2 * index + 1] ?? '']
  })
}
