import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { LogEntry } from '../log/log.ts'
import { Api } from './api.ts'
import { ApiError } from './api-error.ts'
import { denialOf, safeHeaders, targetOf } from './guard.ts'
import type { Inspected } from './inspected.ts'
import { LiveEvents } from './live-events.ts'
import { pageFile } from './page-files.ts'
import { readJson } from './request-body.ts'
import { type RuleKey, Statistics } from './statistics.ts'

/** A page that shows what a load balancer did, and the API behind it, on this machine only. */
export class Inspector {
  readonly #token = randomBytes(16).toString('base64url')
  readonly #server: Server
  readonly #api: Api
  readonly #live: LiveEvents
  readonly #statistics = new Statistics()
  readonly #stop: () => void

  constructor(inspected: Inspected) {
    const { recorder } = inspected
    this.#api = new Api(inspected, this.#statistics)
    this.#live = new LiveEvents(recorder)
    this.#server = createServer((request, response) => void this.#serve(request, response))
    const tell = (id: number): void => this.#live.tell(id)
    const ended = (id: number, entry: LogEntry): void => {
      this.#statistics.count(entry)
      this.#live.tell(id)
    }
    recorder.on('begin', tell).on('wrote', tell).on('end', ended)
    this.#stop = () => void recorder.off('begin', tell).off('wrote', tell).off('end', ended)
  }

  /** Where the page is, with its token. */
  get url(): string {
    return `${this.#origin}/?token=${this.#token}`
  }

  /** Where the description of the API is, with the token. */
  get apiUrl(): string {
    return `${this.#origin}/api/openapi.json?token=${this.#token}`
  }

  /** Settles when it listens; 0 is any free port. Rejects when the port is taken. */
  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  /** The load balancer has changed; what was counted of these rules is forgotten. */
  rulesChanged(rules: readonly RuleKey[]): void {
    for (const rule of rules) this.#statistics.forget(rule)
    this.#live.tellChange()
  }

  async close(): Promise<void> {
    this.#stop()
    this.#live.close()
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  get #origin(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening')
    return `http://127.0.0.1:${address.port}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value)
    try {
      await this.#answer(request, response)
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 500
      const message = error instanceof Error ? error.message : String(error)
      send(response, status, JSON.stringify({ error: message }), 'application/json')
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = targetOf(request)
    const denial = denialOf(request, this.#token)
    // The files of the page hold nothing; without them nobody could be told what is missing.
    const isPage = !pathname.startsWith('/api/')
    if (denial && !(isPage && denial.status === 401))
      throw new ApiError(denial.status, denial.message)
    if (isPage) return sendPage(pathname, response)
    if (pathname === '/api/events') return this.#openEvents(response)
    const answer = await this.#api.answer({
      method: request.method ?? '',
      path: pathname.slice('/api'.length),
      query: searchParams,
      json: () => readJson(request),
    })
    if ('json' in answer) send(response, 200, JSON.stringify(answer.json), 'application/json')
    else send(response, 200, answer.text, `${answer.type}; charset=utf-8`)
  }

  #openEvents(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    this.#live.open(response)
  }
}

async function sendPage(path: string, response: ServerResponse): Promise<void> {
  const file = await pageFile(path)
  if (!file) throw new ApiError(404, `there is no ${path}`)
  send(response, 200, file.bytes, file.type)
}

function send(response: ServerResponse, status: number, body: string | Buffer, type: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}
