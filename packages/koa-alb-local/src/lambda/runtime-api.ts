import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { functionError, toFunctionError } from '../targets/function-error.ts'

export interface RuntimeInvocation {
  readonly requestId: string
  /** JSON text. */
  readonly event: string
  /** Milliseconds since 1970. */
  readonly deadlineMs: number
  readonly functionArn: string
  readonly traceId: string
}

export type RuntimeOutcome = { readonly payload: string } | { readonly error: Error }

// 6 MB and what the service adds: the number is in its own error message.
const payloadLimitBytes = 6_291_556
const version = '/2018-06-01/runtime'
const invocationPath = new RegExp(`^${version}/invocation/([^/]+)/(response|error)$`)
const errorTypeTrailer = 'lambda-runtime-function-error-type'
const errorBodyTrailer = 'lambda-runtime-function-error-body'

/**
 * Lambda's Runtime API for one execution environment, on a port of its own: runtime clients take
 * host and port only, so nothing else could tell environments apart.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  readonly #waiting: ServerResponse[] = []
  readonly #queue: RuntimeInvocation[] = []
  readonly #running = new Map<string, (outcome: RuntimeOutcome) => void>()
  #initEnded: (result: Error | 'ready') => void = () => {}
  #ended: Error | undefined

  /** Settles when the client asks for its first invocation, or with what it failed with before. */
  readonly init = new Promise<Error | 'ready'>((resolve) => {
    this.#initEnded = resolve
  })

  /** Host and port, once the server listens. */
  async listen(): Promise<string> {
    // A client may be silent for as long as nobody calls the function.
    Object.assign(this.#server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 })
    // An idle environment is no reason for the process to stay.
    this.#server.on('connection', (socket) => socket.unref()).unref()
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    // Such as no descriptor for one more connection; its client fails by itself.
    this.#server.on('error', () => {})
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening on TCP')
    return `127.0.0.1:${address.port}`
  }

  /** Hands the event to the client as soon as it asks; settles when it has answered. */
  invoke(invocation: RuntimeInvocation): Promise<RuntimeOutcome> {
    if (this.#ended) return Promise.resolve({ error: this.#ended })
    return new Promise((resolve) => {
      this.#running.set(invocation.requestId, resolve)
      this.#queue.push(invocation)
      this.#dispatch()
    })
  }

  /** Forgets an invocation: its answer, should it come, is refused. */
  abandon(requestId: string): void {
    this.#running.delete(requestId)
  }

  /** Everything that is still open fails with this error. */
  end(error: Error): void {
    this.#ended = error
    this.#initEnded(error)
    for (const settle of this.#running.values()) settle({ error })
    this.#running.clear()
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request
    if (method === 'GET' && url === `${version}/invocation/next`) return this.#next(response)
    const { bytes, size } = await readBody(request)
    if (method === 'POST' && url === `${version}/init/error`) {
      this.#initEnded(toFunctionError(bytes.toString()))
      return accept(response)
    }
    const [, requestId = '', kind] = invocationPath.exec(url) ?? []
    if (method !== 'POST' || !kind) return refuse(response, 404, 'NotFound', 'No such path')
    const settle = this.#running.get(decodeURIComponent(requestId))
    if (!settle) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID')
    this.#running.delete(decodeURIComponent(requestId))
    if (size > payloadLimitBytes) {
      settle({ error: tooLarge(size) })
      const message = `Exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`
      return refuse(response, 413, 'RequestEntityTooLarge', message)
    }
    accept(response)
    settle(
      kind === 'error' ? { error: toFunctionError(bytes.toString()) } : answered(request, bytes),
    )
  }

  #next(response: ServerResponse): void {
    this.#initEnded('ready')
    this.#waiting.push(response)
    response.once('close', () => {
      const index = this.#waiting.indexOf(response)
      if (index >= 0) this.#waiting.splice(index, 1)
    })
    this.#dispatch()
  }

  #dispatch(): void {
    const [response] = this.#waiting
    const [invocation] = this.#queue
    if (!response || !invocation) return
    this.#waiting.shift()
    this.#queue.shift()
    const { event, requestId, deadlineMs, functionArn, traceId } = invocation
    response
      .writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(event),
        'Lambda-Runtime-Aws-Request-Id': requestId,
        'Lambda-Runtime-Deadline-Ms': deadlineMs,
        'Lambda-Runtime-Invoked-Function-Arn': functionArn,
        'Lambda-Runtime-Trace-Id': traceId,
      })
      .end(event)
    this.#dispatch()
  }
}

/** The body and its size; of one over the limit, the size only. */
async function readBody(request: IncomingMessage): Promise<{ bytes: Buffer; size: number }> {
  const chunks: Buffer[] = []
  let size = 0
  // A client that dies midway is noticed by the end of its process.
  request.on('error', () => {})
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= payloadLimitBytes) chunks.push(chunk)
  })
  await new Promise<void>((resolve) => request.once('end', resolve))
  return { bytes: Buffer.concat(chunks), size }
}

// A streaming handler of the official client that fails midway says so in trailers.
function answered({ trailers }: IncomingMessage, bytes: Buffer): RuntimeOutcome {
  const type = trailers[errorTypeTrailer]
  if (type === undefined) return { payload: bytes.toString() }
  const document = Buffer.from(trailers[errorBodyTrailer] ?? '', 'base64').toString()
  return { error: toFunctionError(document) }
}

function tooLarge(size: number): Error {
  return functionError(
    'Function.ResponseSizeTooLarge',
    `Response payload size (${size} bytes) exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`,
  )
}

function accept(response: ServerResponse): void {
  send(response, 202, { status: 'OK' })
}

function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  send(response, status, { errorMessage, errorType })
}

function send(response: ServerResponse, status: number, document: object): void {
  const body = JSON.stringify(document)
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    .end(body)
}
