import { once } from 'node:events'
import type { Server } from 'node:net'
import type { MetricName, Metrics } from '../log/metrics.ts'
import type { Listener } from '../rules/listener.ts'
import { createHttpListenerServer, type ListenerServer } from './http1.ts'
import { createHttpsServer, type TlsSettings } from './https.ts'

export interface ListenerSettings {
  readonly listener: Listener
  /** Undefined for HTTP. */
  readonly tls: TlsSettings | undefined
}

/** A listener with its server. */
export class ServedListener {
  readonly server: Server
  readonly ownPort: number
  readonly #servers: ListenerServer
  readonly #protocol: string

  constructor({ listener, tls }: ListenerSettings, metrics: Metrics) {
    this.#servers = tls ? createHttpsServer(listener, tls) : createHttpListenerServer(listener)
    this.server = this.#servers.server
    this.ownPort = listener.port ?? 0
    this.#protocol = listener.protocol
    this.server.on('connection', () => this.#count(metrics, 'NewConnectionCount'))
    this.server.on('tlsClientError', () => this.#count(metrics, 'ClientTLSNegotiationErrorCount'))
  }

  /** Where it listens. */
  get url(): string {
    const address = this.server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening')
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
    return `${this.#protocol}://${host}:${address.port}`
  }

  async open(port: number, host: string): Promise<void> {
    this.server.listen(port, host)
    await once(this.server, 'listening')
  }

  #count(metrics: Metrics, name: MetricName): void {
    metrics[name] = (metrics[name] ?? 0) + 1
  }

  /** Stops listening and resolves when the last connection is closed. */
  async close(): Promise<void> {
    if (!this.server.listening) return
    const closed = once(this.server, 'close')
    this.server.close()
    this.#servers.closeIdle()
    await closed
  }
}
