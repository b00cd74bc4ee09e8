import { Agent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'

/** A server that a target group of type `ip` or `instance` has registered. */
export class Server {
  /** Scheme, name and port; no path. */
  readonly url: URL
  /** As logs name it. */
  readonly address: string
  /** Keeps connections. */
  readonly agent: Agent
  /** Requests under way. */
  outstanding = 0
  isHealthy = false

  constructor(url: URL) {
    const isSecure = url.protocol === 'https:'
    this.url = url
    this.address = `${url.hostname}:${url.port || (isSecure ? 443 : 80)}`
    // A load balancer does not verify the certificates of its targets.
    this.agent = isSecure
      ? new SecureAgent({ keepAlive: true, rejectUnauthorized: false })
      : new Agent({ keepAlive: true })
  }

  /** Keeps no connections from now on; those in use end with their requests. */
  retire(): void {
    this.agent.maxFreeSockets = 0
    for (const sockets of Object.values(this.agent.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy()
    }
  }
}

export type Algorithm = 'round_robin' | 'least_outstanding_requests' | 'weighted_random'

/** The servers of a group, and which one is next. */
export class Servers {
  #all: readonly Server[]
  readonly #algorithm: Algorithm
  #turn = 0

  constructor(all: readonly Server[], algorithm: Algorithm) {
    this.#all = all
    this.#algorithm = algorithm
  }

  get all(): readonly Server[] {
    return this.#all
  }

  /** Takes the place of others: the servers that both have keep their connections and their health. */
  replace(others: Servers): void {
    const known = new Map(others.all.map((server) => [server.url.href, server]))
    this.#all = this.#all.map((server) => known.get(server.url.href) ?? server)
    this.#turn = others.#turn
    for (const server of others.all) if (!this.#all.includes(server)) server.retire()
  }

  /** Nothing is sent to them any more but what is under way. */
  retire(): void {
    for (const server of this.#all) server.retire()
  }

  /** Undefined when there is none. */
  next(): Server | undefined {
    const fit = this.#fit()
    if (this.#algorithm === 'weighted_random') return fit[Math.floor(Math.random() * fit.length)]
    const turn = this.#turn++
    if (this.#algorithm === 'round_robin') return fit[turn % fit.length]
    const least = Math.min(...fit.map(({ outstanding }) => outstanding))
    const idle = fit.filter(({ outstanding }) => outstanding === least)
    return idle[turn % idle.length]
  }

  /** The one that a client is bound to, while it may be served. */
  bound(address: string): Server | undefined {
    return this.#fit().find((server) => server.address === address)
  }

  /** Closes the connections that are kept. */
  close(): void {
    for (const { agent } of this.all) agent.destroy()
  }

  // When none is healthy, the group fails open.
  #fit(): readonly Server[] {
    const healthy = this.all.filter(({ isHealthy }) => isHealthy)
    return healthy.length > 0 ? healthy : this.all
  }
}
