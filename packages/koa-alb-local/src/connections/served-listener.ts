import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import type { MetricName, Metrics } from '../log/metrics.ts'
import type { Listener } from '../rules/listener.ts'
import type { Rule } from '../rules/rule.ts'
import { createHttpListenerServer, type ListenerServer } from './http1.ts'
import { createHttpsServer, type TlsSettings } from './https.ts'

/** A rule for people. */
export interface ListedRule {
  /** 0 for the default rule. */
  readonly priority: number
  readonly conditions: readonly string[]
  readonly actions: readonly string[]
}

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
  readonly #rules: readonly Rule[]
  #port = 0
  readonly declared: 'http' | 'https'
  /** Other than declared when an HTTPS listener speaks plain HTTP. */
  readonly spoken: 'http' | 'https'

  constructor({ listener, tls }: ListenerSettings, metrics: Metrics) {
    this.#servers = tls ? createHttpsServer(listener, tls) : createHttpListenerServer(listener)
    this.server = this.#servers.server
    this.ownPort = listener.port ?? 0
    this.declared = listener.protocol
    this.#rules = listener.rules
    this.spoken = tls ? 'https' : 'http'
    this.server.on('connection', () => this.#count(metrics, 'NewConnectionCount'))
    this.server.on('tlsClientError', () => this.#count(metrics, 'ClientTLSNegotiationErrorCount'))
  }

  /** In the order in which they are tried, the default rule last. */
  get rules(): readonly ListedRule[] {
    return this.#rules.map(({ priority, conditions, gates, action }) => ({
      priority,
      conditions: conditions.map(({ text }) => text),
      actions: [...gates.map(({ name }) => name), action.name],
    }))
  }

  /** Where it listens. */
  get url(): string {
    const { address, family, port } = this.#address()
    return `${this.spoken}://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  }

  /** The port it listens on, or did until it was closed. */
  get port(): number {
    return this.#port
  }

  async open(port: number, host: string): Promise<void> {
    this.server.listen(port, host)
    await once(this.server, 'listening')
    this.#port = this.#address().port
  }

  #address(): AddressInfo {
    const address = this.server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening')
    return address
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
