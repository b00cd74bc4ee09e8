import type { Server } from 'node:net'
import { createIdentitySigner, type IdentitySigner } from './actions/identity-signer.ts'
import type { ApplicationLoadBalancerOptions } from './configuration/configuration.ts'
import { type Configuration, readConfiguration } from './configuration/read-configuration.ts'
import { identityKeyProblem } from './connections/certificate-problem.ts'
import { type ListedRule, ServedListener } from './connections/served-listener.ts'
import { type GroupCheck, GroupHealth } from './health/group-health.ts'
import { type HealthChange, logHealthChange, type TargetHealth } from './health/target-health.ts'
import { logFailures } from './log/log.ts'
import { countExchange, type Metrics } from './log/metrics.ts'
import type { Observer } from './log/observation.ts'
import { loadBalancerArn, loadBalancerId } from './properties/names.ts'
import { Property } from './properties/property.ts'
import type { Servers } from './targets/server.ts'

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

/** The same, with somebody who sees all of each exchange. */
export function createObservedLoadBalancer(
  options: ApplicationLoadBalancerOptions,
  { observer }: Internals = {},
): ApplicationLoadBalancer {
  const parts = assemble(options, observer)
  const { listeners, monitors, state } = parts
  const close = async (): Promise<void> => {
    state.isClosing = true
    for (const monitor of monitors.values()) monitor.stop()
    await Promise.all([...listeners.values()].map((listener) => listener.close()))
    for (const servers of parts.servers) servers.close()
  }
  return {
    arn: parts.arn,
    metrics: parts.metrics,
    identityKey: parts.signer,
    listeners,
    targetGroups: monitors,
    url(listenerName) {
      const listener = listeners.get(listenerName)
      if (listener) return listener.url
      const names = [...listeners.keys()].join(', ')
      throw new TypeError(`there is no listener ${listenerName}, only ${names}`)
    },
    async listen({ host = '127.0.0.1', ports = {}, mapRedirects = false } = {}) {
      state.isClosing = false
      state.mapsRedirects = mapRedirects
      for (const [listenerName, listener] of listeners) {
        await listener.open(ports[listenerName] ?? listener.ownPort, host).catch(async (error) => {
          await close()
          throw error
        })
      }
      for (const monitor of monitors.values()) monitor.start()
    },
    close,
  }
}

interface Parts {
  readonly arn: string
  readonly signer: IdentitySigner
  readonly metrics: Metrics
  readonly listeners: ReadonlyMap<string, ServedListener>
  readonly monitors: ReadonlyMap<string, GroupHealth>
  readonly servers: readonly Servers[]
  readonly state: { isClosing: boolean; mapsRedirects: boolean }
}

function assemble(options: ApplicationLoadBalancerOptions, observer: Observer | undefined): Parts {
  const root = new Property(options, '')
  const name = readName(root)
  const arn = loadBalancerArn(name)
  const signer = createIdentitySigner(arn, readIdentityKey(root.at('identityKey')))
  const metrics: Metrics = {}
  const state = { isClosing: false, mapsRedirects: false }
  const { log = logFailures, logHealth = logHealthChange, logHealthCheck } = options
  const configuration = readConfiguration(root, {
    name,
    signer,
    logConnection: options.logConnection,
    isClosing: () => state.isClosing,
    openAt: (port) => (state.mapsRedirects ? open.get(port) : undefined),
    observer: both(options.recorder, observer),
    log(entry) {
      countExchange(metrics, entry)
      log(entry)
    },
  })
  const listeners = [...configuration.listeners].map(([listenerName, listener]) => {
    return [listenerName, new ServedListener(listener, metrics)] as const
  })
  const open = new Map(listeners.map(([, listener]) => [listener.ownPort, listener]))
  const monitors = createMonitors(configuration, metrics, {
    onChange: logHealth,
    onCheck: (check) => logHealthCheck?.({ ...check, loadBalancer: loadBalancerId(name) }),
  })
  const groups = [...configuration.targetGroups.values()].map(({ group }) => group)
  const servers = groups.flatMap((group) => ('servers' in group ? [group.servers] : []))
  return { arn, signer, metrics, listeners: new Map(listeners), monitors, servers, state }
}

function both(one: Observer | undefined, other: Observer | undefined): Observer | undefined {
  if (!one || !other) return one ?? other
  return {
    begin(observation) {
      one.begin?.(observation)
      other.begin?.(observation)
    },
    end(entry, observation) {
      one.end(entry, observation)
      other.end(entry, observation)
    },
  }
}

function readIdentityKey(key: Property): string | undefined {
  if (!key.isPresent) return undefined
  const problem = identityKeyProblem(key.text())
  if (problem === undefined) return key.text()
  throw key.error('ALB_ERR_INVALID_PROPERTY', problem)
}

function readName(root: Property): string {
  const name = root.at('loadBalancer').at('Name')
  if (!name.isPresent) return 'koa-alb-local'
  const allowed = 'up to 32 of A-Z a-z 0-9 -'
  return name.text({ pattern: /^[A-Za-z0-9-]{1,32}$/, allowed })
}

function createMonitors(
  { targetGroups }: Configuration,
  metrics: Metrics,
  logs: { onChange(change: HealthChange): void; onCheck(check: GroupCheck): void },
): ReadonlyMap<string, GroupHealth> {
  const onChange = (change: HealthChange): void => {
    const healths = [...monitors.values()].flatMap((monitor) => monitor.healths())
    const states = healths.map(({ State }) => State)
    metrics.HealthyHostCount = states.filter((state) => state === 'healthy').length
    metrics.UnHealthyHostCount = states.filter((state) => state === 'unhealthy').length
    logs.onChange(change)
  }
  const monitors = new Map(
    [...targetGroups].map(([name, { group, healthCheck }]) => {
      return [name, new GroupHealth(name, group, healthCheck, { ...logs, onChange })] as const
    }),
  )
  return monitors
}
