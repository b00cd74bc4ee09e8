import { channel } from 'node:diagnostics_channel'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { BodyPlan } from './body.ts'
import { Connection } from './connection.ts'
import { AlbError } from './errors.ts'
import { Request, Response } from './node-http.ts'
import type { HttpRequest } from './request.ts'
import { type HttpResponse, type ResponseHead, toHead } from './response.ts'

/** How an exchange ended well. */
export interface Outcome extends HttpResponse {
  /** Whether the body is what the plan's compressor made of it. */
  readonly isCompressed: boolean
}

/** What an exchange is held to, and who is told when it fails. */
export interface Terms {
  readonly safeBodyBytes: number
  planBody(head: ResponseHead): BodyPlan
  /** Milliseconds until the exchange is aborted; never, when undefined. */
  readonly timeoutMs: number | undefined
  readonly owner: { fail(error: Error): void }
}

/** One exchange with the app: settles when the response is complete or can never be. */
export type Exchange = (request: HttpRequest, terms: Terms) => Promise<Outcome>

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
  return (request, terms) => {
    const connection = new Connection(request.peer)
    const req = new Request(connection, server, request, terms.owner)
    const res: Response = new Response(req, server, {
      safeBytes: terms.safeBodyBytes,
      plan: () => planOf(toHead(Response.headOf(res)), terms),
      onExceeded: (error) => connection.destroy(error),
    })
    const response = settle({ connection, req, res, server }, terms)
    try {
      entrance.emit('request', req, res)
    } catch (cause) {
      fail(req, res, cause)
    }
    return response
  }
}

/** A head that makes no document makes none with any body; the app's write is not to blame. */
function planOf(head: ResponseHead, terms: Terms): BodyPlan {
  try {
    return terms.planBody(head)
  } catch (error) {
    return { capacityBytes: 0, tooLarge: () => error as Error }
  }
}

interface Messages {
  readonly connection: Connection
  readonly req: Request
  readonly res: Response
  readonly server: Server
}

/** Wires connection, request and response as a server does, in its order. */
function settle(messages: Messages, { timeoutMs, owner }: Terms): Promise<Outcome> {
  const { connection, req, res, server } = messages
  const published = { request: req, response: res, socket: connection, server }
  const body = Response.bodyOf(res)
  return new Promise((resolve, reject) => {
    const stopTimer = startTimer(messages, timeoutMs)
    const lose = (error: Error): void => {
      stopTimer()
      body.discard()
      owner.fail(error)
      reject(error)
    }
    const win = (content: string | Buffer): void => {
      stopTimer()
      // An invocation is one connection: nothing that waits for its end may wait for ever.
      connection.destroy()
      resolve({
        head: toHead(Response.headOf(res)),
        body: content,
        isCompressed: body.isCompressed,
      })
    }
    if (requestStart.hasSubscribers) requestStart.publish(published)
    onLost(messages, lose)
    connection.on('timeout', () => tellTimeout(messages))
    res.assignSocket(connection)
    res.on('finish', () => {
      if (responseFinish.hasSubscribers) responseFinish.publish(published)
      Request.finish(req)
      res.detachSocket(connection)
      process.nextTick(() => {
        Response.close(res)
        const error = incompleteness(req, res)
        if (error) return lose(error)
        const content = body.content()
        if (content instanceof Promise) content.then(win, lose)
        else win(content)
      })
    })
  })
}

/** Aborts the exchange when it is still open at the end. */
function startTimer({ connection, req, res }: Messages, timeoutMs: number | undefined): () => void {
  if (timeoutMs === undefined) return () => {}
  const timer = setTimeout(() => {
    const progress = res.headersSent ? 'the head had been sent' : 'no head had been sent'
    const message = `${describe(req)}: no complete response within ${timeoutMs} ms; ${progress}`
    connection.destroy(new AlbError('ALB_ERR_DEADLINE_EXCEEDED', message))
  }, timeoutMs)
  return () => clearTimeout(timer)
}

function onLost({ connection, req, res }: Messages, lose: (error: Error) => void): void {
  let cause: unknown
  connection.on('error', (error) => {
    cause = error
  })
  connection.on('close', () => {
    const isOpen = res.socket !== null
    // What the app does to the socket after the response changes the response no more.
    if (!isOpen && !(cause instanceof AlbError)) return
    if (isOpen) req.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    if (cause instanceof AlbError) return lose(cause)
    const when = res.headersSent ? 'after the head of the response' : 'before a response'
    const message = `${describe(req)}: the connection was closed ${when}`
    lose(new AlbError('ALB_ERR_CONNECTION_LOST', message, { cause: cause ?? res.errored }))
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
function incompleteness(req: Request, res: Response): AlbError | undefined {
  if (!Response.mayHaveBody(res)) return undefined
  const declared = /^content-length:[ \t]*(\d+)[ \t]*\r$/im.exec(Response.headOf(res))?.[1]
  const { bytes } = Response.bodyOf(res)
  if (declared === undefined || Number(declared) === bytes) return undefined
  return new AlbError(
    'ALB_ERR_RESPONSE_INCOMPLETE',
    `${describe(req)}: the response has ${bytes} bytes, its content-length says ${declared}`,
  )
}

function fail(req: IncomingMessage, res: ServerResponse, cause: unknown): void {
  const message = `${describe(req)}: the request listener failed`
  const error = new AlbError('ALB_ERR_LISTENER_FAILED', message, { cause })
  // The response is complete and stands; the failure must not get lost with it.
  if (res.writableEnded) process.emitWarning(error)
  else req.socket.destroy(error)
}

/** Method and path; a query may carry secrets. */
function describe(req: IncomingMessage): string {
  return `${req.method} ${req.url?.split('?', 1)[0]}`
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
