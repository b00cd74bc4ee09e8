// Clients that behave: over HTTP/1, over HTTP/1 with TLS, and over HTTP/2.
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { buffer } from 'node:stream/consumers'

const options = { keepAlive: true, timeout: 30_000, maxFreeSockets: 8, rejectUnauthorized: false }
const patienceMs = 150_000

/** Functions that send a request and resolve to `{ status, body }`. */
export function createClients({ http: port, https: securePort }) {
  const agent = new http.Agent(options)
  const secureAgent = new https.Agent(options)
  const sessions = new Sessions(`https://127.0.0.1:${securePort}`)
  return {
    'HTTP/1': (request) => overHttp1(http, { agent, port }, request),
    'HTTP/1, TLS': (request) => overHttp1(https, { agent: secureAgent, port: securePort }, request),
    'HTTP/2': (request) => overHttp2(sessions, request),
    close() {
      agent.destroy()
      secureAgent.destroy()
      sessions.close()
    },
  }
}

async function overHttp1(module, where, { method, path, body }) {
  const signal = AbortSignal.timeout(patienceMs)
  return await new Promise((resolve, reject) => {
    const req = module.request({ ...where, host: '127.0.0.1', method, path, signal })
    req.on('error', reject).on('response', (res) => {
      buffer(res).then((body) => resolve({ status: res.statusCode, body }), reject)
    })
    req.end(body)
  })
}

async function overHttp2(sessions, { method, path, body }) {
  const session = sessions.open()
  const stream = session.request({ ':method': method, ':path': path })
  const timer = setTimeout(() => stream.destroy(new Error('no answer')), patienceMs)
  try {
    const head = new Promise((resolve, reject) => {
      stream.on('response', resolve).on('error', reject)
      stream.on('close', () => reject(new Error('closed without a response')))
    })
    stream.end(body)
    const headers = await head
    return { status: headers[':status'], body: await buffer(stream) }
  } finally {
    clearTimeout(timer)
    sessions.leave(session)
  }
}

/** One connection after the other, each for a hundred requests. */
class Sessions {
  #url
  #current
  #left = 0
  /** Requests under way on each. */
  #open = new Map()

  constructor(url) {
    this.#url = url
  }

  open() {
    if (this.#left === 0 || this.#current.closed || this.#current.destroyed) {
      this.#current = http2.connect(this.#url, { rejectUnauthorized: false })
      // Its streams have the error as well.
      this.#current.on('error', () => {})
      this.#left = 100
    }
    this.#left -= 1
    this.#open.set(this.#current, (this.#open.get(this.#current) ?? 0) + 1)
    return this.#current
  }

  // Node gives up streams that were opened just before their session is closed.
  leave(session) {
    const count = this.#open.get(session) - 1
    this.#open.set(session, count)
    if (count > 0 || (session === this.#current && this.#left > 0)) return
    this.#open.delete(session)
    session.close()
  }

  close() {
    this.#current?.close()
  }
}
