import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type Koa from 'koa'
import type { AlbEvent } from 'koa-alb'
import type { Mode } from '../scenarios/scenario.ts'
import { toDocument, toRequestTarget } from './floor.ts'
import type { Wrap } from './wrap.ts'

/**
 * The floor under every adapter: Koa with the least that its middleware asks of `req` and `res` in
 * the scenarios. What it lacks is most of Node: neither is an instance of Node's classes, `req` is
 * no stream beyond `data` and `end`, there is no socket, no `writeHead`, no back-pressure, no check
 * of a header name or value, several cookies are one, `rawHeaders` is missing, in single-value mode
 * `headers` is the event's own object; nothing is limited, a response that breaks is never noticed,
 * and binary is what the content type says.
 */
export const wrap: Wrap<Koa> = (app) => {
  const listener = app.callback()
  return (event) =>
    new Promise((resolve) => {
      const mode = event.multiValueHeaders ? 'multi' : 'single'
      const req = new PlainRequest(event)
      const res = new PlainResponse(mode, resolve)
      // Neither has more of Node's members than these scenarios use: that is the point of a floor.
      void listener(req as unknown as IncomingMessage, res as unknown as ServerResponse)
    })
}

class PlainRequest extends EventEmitter {
  readonly method: string
  readonly url: string
  readonly headers: NonNullable<AlbEvent['headers']>
  readonly httpVersionMajor = 1
  readonly socket = {}
  readonly #event: AlbEvent

  constructor(event: AlbEvent) {
    super()
    this.#event = event
    this.method = event.httpMethod
    const { headers, multiValueHeaders } = event
    this.headers = multiValueHeaders ? joined(multiValueHeaders) : (headers ?? {})
    this.url = toRequestTarget(event)
  }

  override on(name: string, listener: (...args: unknown[]) => void): this {
    super.on(name, listener)
    if (name === 'end') queueMicrotask(() => this.#deliver())
    return this
  }

  #deliver(): void {
    const { body, isBase64Encoded } = this.#event
    if (body) this.emit('data', Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
    this.emit('end')
  }
}

class PlainResponse extends EventEmitter {
  statusCode = 200
  statusMessage = ''
  headersSent = false
  writableEnded = false
  readonly socket = null
  readonly #headers: Record<string, string> = {}
  readonly #chunks: Buffer[] = []
  readonly #mode: Mode
  readonly #resolve: (document: unknown) => void

  constructor(mode: Mode, resolve: (document: unknown) => void) {
    super()
    this.#mode = mode
    this.#resolve = resolve
  }

  setHeader(name: string, value: unknown): void {
    this.#headers[name.toLowerCase()] = String(value)
  }

  getHeader(name: string): string | undefined {
    return this.#headers[name.toLowerCase()]
  }

  hasHeader(name: string): boolean {
    return this.getHeader(name) !== undefined
  }

  getHeaders(): Record<string, string> {
    return this.#headers
  }

  removeHeader(name: string): void {
    delete this.#headers[name.toLowerCase()]
  }

  write(chunk: Buffer): boolean {
    this.#chunks.push(chunk)
    return true
  }

  end(chunk?: Buffer | string): void {
    this.writableEnded = true
    this.headersSent = true
    const body = chunk ?? Buffer.concat(this.#chunks)
    this.#resolve(toDocument(this.statusCode, this.#headers, body, this.#mode))
    this.emit('finish')
    this.emit('close')
  }
}

function joined(lists: NonNullable<AlbEvent['multiValueHeaders']>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name in lists) headers[name] = lists[name]?.join(', ') ?? ''
  return headers
}
