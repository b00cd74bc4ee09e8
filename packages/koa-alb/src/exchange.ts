import { channel } from 'node:diagnostics_channel'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { Connection } from './connection.ts'
import { AlbError } from './errors.ts'
import { Request, Response } from './node-http.ts'
import type { HttpRequest } from './request.ts'

/** A complete response as Node would have sent it. */
export interface HttpResponse {
  /** Status line and header lines, each ended by CRLF. */
  readonly head: string
  /** One string if the app gave it as one, or bytes. */
  readonly body: string | Buffer
}

/** One exchange with the app: settles when the response is complete or can never be. */
export type Exchange = (request: HttpRequest, invocation: object) => Promise<HttpResponse>

interface Messages {
  readonly connection: Connection
  readonly req: Request
  readonly res: Response
  readonly server: Server
}

const requestStart = channel('http.server.request.start')
const responseFinish = channel('http.server.response.finish')

/**
 * Exchanges with a request listener, or with the listeners and settings of a server. Neither ever
 * listens on a port: requests come by `server.emit('request', req, res)`, where instrumentation
 * looks for them.
 */
export function createExchange(app: RequestListener | Server): Exchange {
  const server = typeof app === 'function' ? createServer(app) : app
  const entrance = createServer((req, res) => {
    for (const listener of server.rawListeners('request')) {
      const answer: unknown = listener.call(server, req, res)
      // emit() drops what a listener returns, and with it the rejection of an async one.
      if (isThenable(answer)) answer.then(undefined, (cause) => fail(req, res, cause))
    }
  })
  return (request, invocation) => {
    const connection = new Connection(request.peer)
    const req = new Request(connection, server, request, invocation)
    const res = new Response(req, server)
    const response = outcome({ connection, req, res, server })
    try {
      entrance.emit('request', req, res)
    } catch (cause) {
      fail(req, res, cause)
    }
    return response
  }
}

/** Wires connection, request and response as a server does, in its order. */
function outcome(messages: Messages): Promise<HttpResponse> {
  const { connection, req, res, server } = messages
  const published = { request: req, response: res, socket: connection, server }
  return new Promise((resolve, reject) => {
    if (requestStart.hasSubscribers) requestStart.publish(published)
    rejectWhenLost(messages, reject)
    connection.on('timeout', () => tellTimeout(messages))
    res.assignSocket(connection)
    res.on('finish', () => {
      if (responseFinish.hasSubscribers) responseFinish.publish(published)
      Request.discard(req)
      res.detachSocket(connection)
      if (connection.timeout) connection.setTimeout(0)
      process.nextTick(() => {
        Response.close(res)
        const response = { head: Response.headOf(res), body: Response.bodyOf(res) }
        const error = Response.mayHaveBody(res) ? incompleteness(req, response) : undefined
        if (error) reject(error)
        else resolve(response)
      })
    })
  })
}

function rejectWhenLost({ connection, req, res }: Messages, reject: (error: Error) => void): void {
  let cause: unknown
  connection.on('error', (error) => {
    cause = error
  })
  connection.on('close', () => {
    if (res.socket === null) return
    req.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    if (cause instanceof AlbError) return reject(cause)
    const when = res.headersSent ? 'after the head of the response' : 'before a response'
    const message = `${req.method} ${req.url}: the connection was closed ${when}`
    reject(new AlbError('ALB_ERR_CONNECTION_LOST', message, { cause: cause ?? res.errored }))
  })
}

/** A server tells all of an idle socket, and destroys it when nobody listens. */
function tellTimeout({ connection, req, res, server }: Messages): void {
  const told = [
    !req.complete && req.emit('timeout', connection),
    res.socket !== null && res.emit('timeout', connection),
    server.emit('timeout', connection),
  ]
  if (!told.includes(true)) connection.destroy()
}

/** A client would wait for the rest, or take what is too much for the next response. */
function incompleteness(req: Request, { head, body }: HttpResponse): AlbError | undefined {
  const declared = /^content-length:[ \t]*(\d+)[ \t]*\r$/im.exec(head)?.[1]
  const found = Buffer.byteLength(body)
  if (declared === undefined || Number(declared) === found) return undefined
  return new AlbError(
    'ALB_ERR_RESPONSE_INCOMPLETE',
    `${req.method} ${req.url}: the response has ${found} bytes, its content-length says ${declared}`,
  )
}

function fail(req: IncomingMessage, res: ServerResponse, cause: unknown): void {
  const error = new AlbError(
    'ALB_ERR_LISTENER_FAILED',
    `${req.method} ${req.url}: the request listener failed`,
    { cause },
  )
  // The response is complete and stands; the failure must not get lost with it.
  if (res.writableEnded) process.emitWarning(error)
  else req.socket.destroy(error)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
