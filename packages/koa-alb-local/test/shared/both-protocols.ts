import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import { connect as connectTls } from 'node:tls'
import {
  type AlbEvent,
  type ApplicationLoadBalancer,
  createApplicationLoadBalancer,
  type LogEntry,
} from '../../src/index.ts'
import { httpsOptions } from './https-listener.ts'

/** What the function got and what the client: nothing in it tells the protocol. */
export interface Outcome {
  readonly event: unknown
  readonly reason: string | undefined
  readonly status: number
  readonly fields: Readonly<Record<string, string>>
  readonly body: string
}

export interface Asked {
  readonly method: string
  readonly target: string
  readonly lines: readonly (readonly [name: string, value: string])[]
  readonly body?: string | undefined
  /** Over HTTP/2; HTTP/1 has them in its chunks. */
  readonly trailers?: Readonly<Record<string, string>>
}

/** An HTTPS listener with a function behind it in one header mode, asked by both protocols. */
export class BothProtocols {
  document: unknown = { statusCode: 200 }
  readonly #loadBalancer: ApplicationLoadBalancer
  readonly #url: URL
  readonly #events: AlbEvent[]
  readonly #entries: LogEntry[]
  #session: ClientHttp2Session | undefined

  private constructor(
    loadBalancer: ApplicationLoadBalancer,
    events: AlbEvent[],
    entries: LogEntry[],
  ) {
    this.#loadBalancer = loadBalancer
    this.#url = new URL(loadBalancer.url('Web'))
    this.#events = events
    this.#entries = entries
  }

  static async open(mode: 'single' | 'multi'): Promise<BothProtocols> {
    const events: AlbEvent[] = []
    const entries: LogEntry[] = []
    const Value = String(mode === 'multi')
    const TargetGroupAttributes = [{ Key: 'lambda.multi_value_headers.enabled', Value }]
    const options = httpsOptions(
      {},
      {
        targetGroups: {
          Api: { TargetType: 'lambda', Targets: [{ Id: 'api' }], TargetGroupAttributes },
        },
        targets: {
          api: (event) => {
            events.push(event)
            return opened.document
          },
        },
        log: (entry) => entries.push(entry),
      },
    )
    const loadBalancer = createApplicationLoadBalancer(options)
    await loadBalancer.listen({ ports: { Web: 0 } })
    const opened = new BothProtocols(loadBalancer, events, entries)
    return opened
  }

  async close(): Promise<void> {
    this.#session?.destroy()
    await this.#loadBalancer.close()
  }

  async overHttp1({ method, target, lines, body = '' }: Asked): Promise<Outcome> {
    const { hostname, port } = this.#url
    const socket = connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false })
    let received = ''
    socket.setEncoding('latin1').on('data', (piece) => {
      received += piece
    })
    socket.on('error', () => {})
    await once(socket, 'secureConnect')
    const head = [
      `${method} ${target} HTTP/1.1`,
      'Host: a.example',
      ...lines.map(([name, value]) => `${name}: ${value}`),
      'Connection: close',
    ]
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1')
    await closed
    const end = received.indexOf('\r\n\r\n')
    const [statusLine = '', ...fields] = received.slice(0, end).split('\r\n')
    const pairs = fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon), field.slice(colon + 1)] as const
    })
    return this.#outcome(Number(statusLine.split(' ')[1]), pairs, received.slice(end + 4))
  }

  async overHttp2({ method, target, lines, body, trailers }: Asked): Promise<Outcome> {
    this.#session ??= connect(this.#url.href, {
      rejectUnauthorized: false,
      maxSendHeaderBlockLength: 1_000_000,
    })
    const headers: Record<string, string | string[]> = Object.create(null)
    Object.assign(headers, { ':method': method, ':path': target, ':authority': 'a.example' })
    for (const [sentName, value] of lines) {
      const name = sentName.toLowerCase()
      const earlier = headers[name]
      headers[name] = earlier === undefined ? value : [earlier, value].flat()
    }
    const stream = this.#session.request(headers, {
      endStream: body === undefined,
      waitForTrailers: trailers !== undefined,
    })
    stream.once('wantTrailers', () => stream.sendTrailers(trailers ?? {}))
    let status = 0
    let pairs: (readonly [string, string])[] = []
    let text = ''
    stream.on('error', () => {})
    stream.on('response', ({ ':status': code = 0, ...fields }) => {
      status = code
      pairs = Object.entries(fields).flatMap(([name, value]) =>
        [value ?? ''].flat().map((each) => [name, each] as const),
      )
    })
    stream.setEncoding('latin1').on('data', (piece) => {
      text += piece
    })
    const closed = new Promise((resolve) => stream.once('close', resolve))
    if (body !== undefined) stream.end(body, 'latin1')
    await closed
    return this.#outcome(status, pairs, text)
  }

  #outcome(status: number, pairs: readonly (readonly [string, string])[], body: string): Outcome {
    const fields: Record<string, string> = Object.create(null)
    for (const [sentName, value] of pairs) {
      const name = sentName.toLowerCase()
      if (name === 'connection' || name === 'date') continue
      fields[name] = [...(name in fields ? [fields[name]] : []), value.trim()].join(', ')
    }
    const [event] = this.#events.splice(0)
    const [entry] = this.#entries.splice(0)
    return { event: event && comparable(event), reason: entry?.errorReason, status, fields, body }
  }
}

function comparable({ headers, multiValueHeaders, ...event }: AlbEvent): unknown {
  const { connection, 'x-amzn-trace-id': trace, ...rest } = headers ?? multiValueHeaders ?? {}
  return { ...event, headers: Object.entries(rest) }
}
