import type { IncomingHttpHeaders } from 'node:http'
import type { ErrorDocument } from './error-document.ts'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

// An `import` of node:http reads all of its exports, among them WebSocket, and so loads undici: half
// of a cold start. And instrumentation that the function brings patches the module later: it shall
// not see this traffic.
const { Agent, request: send } = process.getBuiltinModule('node:http')
// The function may fake the global one.
const { setTimeout } = process.getBuiltinModule('node:timers')
const version = '/2018-06-01/runtime'
const attemptMs = 100
const mostAttempts = 100

/** The runtime's side of the Runtime API. */
export class RuntimeClient {
  readonly #agent = new Agent({ keepAlive: true })
  readonly #host: string
  readonly #port: string

  /** @param endpoint host and port */
  constructor(endpoint: string) {
    const [host = '', port = ''] = endpoint.split(':')
    this.#host = host
    this.#port = port
  }

  /** Asks again when its connection is closed unanswered: the system had no descriptor for the other end. */
  async next(): Promise<Received> {
    for (let left = mostAttempts; ; left -= 1) {
      try {
        return await this.#send('GET', '/invocation/next')
      } catch (error) {
        // What a request fails with has the system's code, if there is one.
        const { code = '' } = error as NodeJS.ErrnoException
        if (!['ECONNRESET', 'EPIPE'].includes(code) || left === 0) throw error
        await new Promise((resolve) => setTimeout(resolve, attemptMs))
      }
    }
  }

  async respond(requestId: string, payload: string): Promise<void> {
    await this.#send('POST', `/invocation/${requestId}/response`, payload)
  }

  async fail(requestId: string, error: ErrorDocument): Promise<void> {
    await this.#send('POST', `/invocation/${requestId}/error`, JSON.stringify(error))
  }

  async failInit(error: ErrorDocument): Promise<void> {
    await this.#send('POST', '/init/error', JSON.stringify(error))
  }

  #send(method: string, path: string, body?: string): Promise<Received> {
    return new Promise((resolve, reject) => {
      const sent = send({
        host: this.#host,
        port: this.#port,
        path: version + path,
        method,
        agent: this.#agent,
        headers: body === undefined ? {} : { 'content-length': Buffer.byteLength(body) },
      })
      sent.once('error', reject)
      sent.once('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () => {
          resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() })
        })
      })
      sent.end(body)
    })
  }
}
