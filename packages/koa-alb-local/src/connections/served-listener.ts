import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import type { MetricName, Metrics } from '../log/metrics.ts'
import type { Listener } from '../rules/listener.ts'
import { CurrentListener } from './current-listener.ts'
import { createHttpListenerServer, type ListenerServer } from './http1.ts'
import { createHttpsServer, fixedPartOf, type TlsSettings } from './https.ts'

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
  /** Other than declared when an HTTPS listener speaks plain HTTP. */
  readonly spoken: 'http' | 'https'
  readonly #current: CurrentListener
  readonly #fixedPart: string
  readonly #servers: Pick<ListenerServer, 'closeIdle'>
  readonly #refresh: (tls: TlsSettings | undefined) => void
  #isClosing = false
  #closed: Promise<unknown> = Promise.resolve()
  #port = 0
  #host = ''

  constructor({ listener, tls }: ListenerSettings, metrics: Metrics) {
    this.#current = new CurrentListener(this.#own(listener))
    this.#fixedPart = fixedPartOf(tls)
    if (tls) {
      const servers = createHttpsServer(this.#current, tls)
      this.#servers = servers
      this.server = servers.server
      this.#refresh = (next) => next && servers.refresh(next)
    } else {
      const servers = createHttpListenerServer(this.#current)
      this.#servers = servers
      this.server = servers.server
      this.#refresh = () => servers.refresh(undefined)
    }
    this.spoken = tls ? 'https' : 'http'
    this.server.on('connection', () => this.#count(metrics, 'NewConnectionCount'))
    this.server.on('tlsClientError', () => this.#count(metrics, 'ClientTLSNegotiationErrorCount'))
  }

  get ownPort(): number {
    return this.#current.now.port ?? 0
  }

  get declared(): 'http' | 'https' {
    return this.#current.now.protocol
  }

  /** In the order in which they are tried, the default rule last. */
  get rules(): readonly ListedRule[] {
    return this.#current.now.rules.map(({ priority, conditions, gates, action }) => ({
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

  /** The address it was opened on. */
  get host(): string {
    return this.#host
  }

  async open(port: number, host: string): Promise<void> {
    this.#isClosing = false
    this.server.listen(port, host)
    await once(this.server, 'listening')
    this.#port = this.#address().port
    this.#host = host
  }

  /** Whether it can be this one without a new server. */
  canBe({ listener, tls }: ListenerSettings): boolean {
    return listener.protocol === this.declared && fixedPartOf(tls) === this.#fixedPart
  }

  /**
   * Is this one from the next request on, and the next handshake. Settles when the exchanges that began
   * before are over.
   */
  become({ listener, tls }: ListenerSettings): Promise<void> {
    const over = this.#current.replace(this.#own(listener))
    this.#refresh(tls)
    return over
  }

  /** Stops listening and resolves when the last connection is closed. */
  async close(): Promise<void> {
    this.#isClosing = true
    if (this.server.listening) {
      this.#closed = once(this.server, 'close')
      this.server.close()
      this.#servers.closeIdle()
    }
    await this.#closed
  }

  #own(listener: Listener): Listener {
    return { ...listener, isClosing: () => this.#isClosing }
  }

  #address(): AddressInfo {
    const address = this.server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening')
    return address
  }

  #count(metrics: Metrics, name: MetricName): void {
    metrics[name] = (metrics[name] ?? 0) + 1
  }
}
