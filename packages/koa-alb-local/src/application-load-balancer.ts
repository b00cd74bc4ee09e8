import type { Server } from 'node:net'
import type { ApplicationLoadBalancerOptions } from './configuration/configuration.ts'
import type { ListedRule } from './connections/served-listener.ts'
import { ServedListeners } from './connections/served-listeners.ts'
import { FollowedGroups } from './health/followed-groups.ts'
import type { TargetHealth } from './health/target-health.ts'
import { type Parts, readParts } from './load-balancer-parts.ts'
import type { Metrics } from './log/metrics.ts'
import type { Observer } from './log/observation.ts'

export interface ListenOptions {
  /** The address to listen on. Default `127.0.0.1`. */
  host?: string
  /**
   * The port for each listener, where it is not to be the listener's own: clients and functions see
   * that one all the same. 0 takes any free port.
   */
  ports?: Record<string, number>
  /**
   * Lets redirects of the load balancer to one of its own listeners lead to where that is really open, so
   * that a browser can follow. Default false: they name the listener's own port.
   */
  mapRedirects?: boolean
}

/** A load balancer with listeners, rules and target groups. */
export interface ApplicationLoadBalancer {
  readonly arn: string
  /** Opens every listener and begins with the health checks. */
  listen(options?: ListenOptions): Promise<void>
  /** Stops listening and resolves when the requests under way are answered. */
  close(): Promise<void>
  /** Where a listener listens, by its name: `http://127.0.0.1:8080`. */
  url(listener: string): string
  /** The server of each listener, by name, its rules, and its URL once it listens. */
  readonly listeners: ReadonlyMap<string, ListedListener>
  /** Each target group, by name, with the health of its target. */
  readonly targetGroups: ReadonlyMap<string, ListedTargetGroup>
  readonly metrics: Readonly<Metrics>
  /** The key that `x-amzn-oidc-data` is signed with, as PEM, and its `kid`. */
  readonly identityKey: { readonly keyId: string; readonly publicKey: string }
}

export interface ListedListener {
  readonly server: Server
  readonly url: string
  readonly rules: readonly ListedRule[]
}

export interface ListedTargetGroup {
  readonly arn: string
  /** Of the target; of several servers, the best. */
  readonly health: TargetHealth
  /** The health of each server, by address and port; empty for a function. */
  readonly servers: Readonly<Record<string, TargetHealth>>
  /** Runs one health check now, besides the scheduled ones. */
  checkHealth(): Promise<TargetHealth>
}

/**
 * A load balancer from its configuration, not listening yet.
 *
 * @throws ConfigurationError when the API would refuse the configuration, naming the property
 * @see docs/alb-behaviour.md for what it does with requests and documents
 */
export function createApplicationLoadBalancer(
  options: ApplicationLoadBalancerOptions,
): ApplicationLoadBalancer {
  return createObservedLoadBalancer(options)
}

interface Internals {
  readonly observer?: Observer
}

/** The same, with somebody who sees all of each exchange, and with a configuration that can be replaced. */
export function createObservedLoadBalancer(
  options: ApplicationLoadBalancerOptions,
  { observer }: Internals = {},
): ReplaceableLoadBalancer {
  return new ServedLoadBalancer(options, observer)
}

/** A load balancer whose configuration can be replaced while it serves. */
export interface ReplaceableLoadBalancer extends ApplicationLoadBalancer {
  /**
   * What it would be by these options; nothing changes yet.
   * @throws ConfigurationError
   */
  prepare(options: ApplicationLoadBalancerOptions): PreparedConfiguration
}

export interface PreparedConfiguration {
  /**
   * Serves it from the next request on. Listeners of the same name or port keep their connections,
   * target groups what is known of their targets. Resolves once new listeners are open, with a promise
   * for the end of the exchanges that began before; rejects when one cannot be opened, and nothing has
   * changed then.
   * @param ports for listeners that are new
   */
  serve(ports?: Readonly<Record<string, number>>): Promise<{ readonly over: Promise<void> }>
}

class ServedLoadBalancer implements ReplaceableLoadBalancer {
  readonly metrics: Metrics = {}
  readonly listeners: ServedListeners['byName']
  readonly targetGroups: FollowedGroups['byName']
  readonly #observer: Observer | undefined
  readonly #listeners: ServedListeners
  readonly #groups = new FollowedGroups(this.metrics)
  #parts: Parts
  #host = '127.0.0.1'
  #mapsRedirects = false

  constructor(options: ApplicationLoadBalancerOptions, observer: Observer | undefined) {
    this.#observer = observer
    this.#parts = this.#read(options, undefined)
    this.#listeners = new ServedListeners(this.#parts.configuration.listeners, this.metrics)
    this.listeners = this.#listeners.byName
    this.targetGroups = this.#groups.byName
    this.#groups.become(this.#parts.configuration.targetGroups, this.#parts)
  }

  get arn(): string {
    return this.#parts.arn
  }

  get identityKey(): Parts['identity']['signer'] {
    return this.#parts.identity.signer
  }

  url(listenerName: string): string {
    const listener = this.listeners.get(listenerName)
    if (listener) return listener.url
    const names = [...this.listeners.keys()].join(', ')
    throw new TypeError(`there is no listener ${listenerName}, only ${names}`)
  }

  async listen({
    host = '127.0.0.1',
    ports = {},
    mapRedirects = false,
  }: ListenOptions = {}): Promise<void> {
    this.#host = host
    this.#mapsRedirects = mapRedirects
    await this.#listeners.open({ host, ports }).catch(async (error) => {
      await this.close()
      throw error
    })
    this.#groups.start()
  }

  prepare(options: ApplicationLoadBalancerOptions): PreparedConfiguration {
    const parts = this.#read(options, this.#parts)
    return {
      serve: async (ports = {}) => {
        const { listeners } = parts.configuration
        const replaced = await this.#listeners.become(listeners, { host: this.#host, ports })
        this.#parts = parts
        this.#groups.become(parts.configuration.targetGroups, parts)
        return replaced
      },
    }
  }

  async close(): Promise<void> {
    this.#groups.stop()
    await this.#listeners.close()
    this.#groups.closeServers()
  }

  #read(options: ApplicationLoadBalancerOptions, before: Parts | undefined): Parts {
    return readParts(options, {
      metrics: this.metrics,
      observer: this.#observer,
      openAt: (port) => (this.#mapsRedirects ? this.#listeners.at(port) : undefined),
      before,
    })
  }
}
