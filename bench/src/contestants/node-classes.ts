import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type Koa from 'koa'
import type { AlbEvent } from 'koa-alb'
import { toDocument, toRequestTarget } from './floor.ts'
import type { Wrap } from './wrap.ts'

/**
 * The floor under every adapter that gives the app instances of Node's own classes: a socket, a
 * request and a response are constructed, and the response keeps what is written. Nothing is
 * checked or limited, there is no deadline, a response that breaks is never noticed, headers given
 * to `writeHead` alone are lost, and binary is what the content type says.
 */
export const wrap: Wrap<Koa> = (app) => {
  const listener = app.callback()
  return (event) =>
    new Promise((resolve) => {
      const mode = event.multiValueHeaders ? 'multi' : 'single'
      const socket = new Socket()
      const req = new Request(socket, event)
      const res = new Response(req)
      res.assignSocket(socket)
      res.on('finish', () => {
        res.detachSocket(socket)
        resolve(toDocument(res.statusCode, headersOf(res), res.body(), mode))
      })
      void listener(req, res)
    })
}

class Request extends IncomingMessage {
  readonly #event: AlbEvent

  constructor(socket: Socket, event: AlbEvent) {
    super(socket)
    this.#event = event
    this.method = event.httpMethod
    this.url = toRequestTarget(event)
    this.httpVersion = '1.1'
    this.httpVersionMajor = 1
    this.httpVersionMinor = 1
    const lines = toLines(event)
    // Node fills the headers of a request by it, and has no documented way.
    const { _addHeaderLines } = this as unknown as { _addHeaderLines(...args: unknown[]): void }
    _addHeaderLines.call(this, lines, lines.length)
  }

  override _read(): void {
    const { body, isBase64Encoded } = this.#event
    if (body) this.push(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
    this.complete = true
    this.push(null)
  }
}

class Response extends ServerResponse {
  readonly #chunks: (Buffer | string)[] = []

  body(): Buffer | string {
    const [first = ''] = this.#chunks
    return this.#chunks.length > 1 ? Buffer.concat(this.#chunks as Buffer[]) : first
  }

  _storeHeader(statusLine: string): void {
    Object.assign(this, { _header: statusLine, _headerSent: true, chunkedEncoding: false })
  }

  _send(chunk: Buffer | string, _encoding: unknown, callback?: () => void): boolean {
    if (callback) process.nextTick(callback)
    if (chunk.length > 0) this.#chunks.push(chunk)
    return true
  }
}

function toLines({ headers, multiValueHeaders }: AlbEvent): string[] {
  const lines: string[] = []
  for (const name in headers) lines.push(name, headers[name] ?? '')
  for (const name in multiValueHeaders)
    for (const value of multiValueHeaders[name] ?? []) lines.push(name, value)
  return lines
}

function headersOf(res: ServerResponse): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of res.getHeaderNames()) headers[name] = String(res.getHeader(name))
  return headers
}
