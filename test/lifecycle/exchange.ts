import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect, createServer as createNetServer, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { type AlbEvent, albHandler, type LambdaContext } from 'koa-alb'
import { parseResponse } from '../parity/response-bytes.ts'
import type { Stage } from './stage.ts'

/** What came out at the client's end: status and body, `cut`, or `open` as long as nothing ends it. */
export interface Exchange {
  answer(): string
  close(): Promise<void>
}

/** Begins an exchange of the listener with the request of a stage. */
export type Begin = (listener: RequestListener, stage: Stage) => Exchange

/** A round trip over loopback: what the kernel had before it is delivered by then. */
export class RoundTrips {
  readonly #server = createNetServer((socket) => void socket.pipe(socket))
  #socket!: Socket

  async open(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    this.#socket = connect(portOf(this.#server), '127.0.0.1').setNoDelay()
    await once(this.#socket, 'connect')
  }

  async make(): Promise<void> {
    this.#socket.write('.')
    await once(this.#socket, 'data')
    await turn()
  }

  close(): void {
    this.#socket.destroy()
    this.#server.close()
  }
}

/** Exchanges with a server that listens on loopback. */
export class Listening {
  readonly #server = createServer((req, res) => this.#listener(req, res))
  #listener!: RequestListener

  async open(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
  }

  begin: Begin = (listener, stage) => {
    this.#listener = listener
    const socket = connect(portOf(this.#server), '127.0.0.1').setNoDelay()
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {})
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(`${head(stage)}${body(stage)}`)
    return {
      answer() {
        const parsed = parseResponse(Buffer.concat(chunks), stage.method === 'HEAD', false)
        if (!parsed) return socket.closed ? 'cut' : 'open'
        const { statusLine, body } = parsed.response
        return `${statusLine.split(' ')[1]} ${body.toString('latin1')}`
      },
      async close() {
        socket.destroy()
        await closed
      },
    }
  }

  close(): void {
    this.#server.close()
  }
}

/** Exchanges with `albHandler`. */
export const invoke: Begin = (listener, stage) => {
  let answer = 'open'
  const handled = albHandler(listener)(toEvent(stage), context).then(
    ({ statusCode, body = '', isBase64Encoded }) => {
      const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
      answer = `${statusCode} ${bytes.toString('latin1')}`
    },
    () => {
      answer = 'cut'
    },
  )
  return { answer: () => answer, close: () => handled }
}

function head({ method, bodyBytes }: Stage): string {
  const line = `${method ?? (bodyBytes ? 'POST' : 'GET')} / HTTP/1.1`
  // An invocation is one connection.
  const lines = [line, 'Host: app.test', 'Connection: close']
  if (bodyBytes) lines.push(`Content-Length: ${bodyBytes}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function body({ bodyBytes = 0 }: Stage): string {
  return 'r'.repeat(bodyBytes)
}

function toEvent(stage: Stage): AlbEvent {
  const length = stage.bodyBytes ? { 'content-length': String(stage.bodyBytes) } : {}
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:tg' } },
    httpMethod: stage.method ?? (stage.bodyBytes ? 'POST' : 'GET'),
    path: '/',
    queryStringParameters: {},
    headers: { host: 'app.test', ...length },
    body: body(stage),
    isBase64Encoded: false,
  }
}

const context: LambdaContext = {
  awsRequestId: '1',
  functionName: 'app',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:app',
  memoryLimitInMB: '128',
  logGroupName: 'app',
  logStreamName: '1',
  getRemainingTimeInMillis: () => 600_000,
}

function portOf(server: { address(): unknown }): number {
  // A server that listens on a TCP port has an AddressInfo.
  return (server.address() as AddressInfo).port
}
