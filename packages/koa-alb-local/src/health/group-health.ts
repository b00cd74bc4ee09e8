import { isDeepStrictEqual } from 'node:util'
import type { Server } from '../targets/server.ts'
import type { TargetGroup } from '../targets/target-group.ts'
import { checkHealth, type HealthCheckSettings } from './health-check.ts'
import { type GroupCheck, logged } from './logged-check.ts'
import { checkServer } from './server-check.ts'
import {
  type HealthChange,
  type HealthCheck,
  HealthMonitor,
  type TargetHealth,
} from './target-health.ts'

interface Listeners {
  onChange(change: HealthChange): void
  onCheck?(check: GroupCheck): void
}

const best = ['healthy', 'initial', 'unavailable', 'unhealthy', 'unused']

/** What is checked: a server, or the function with this ARN. */
type Subject = Server | string | undefined

interface Followed {
  readonly subject: Subject
  readonly monitor: HealthMonitor
}

/**
 * Follows the health of a group's targets. A function is called whatever it is, as a group of one
 * target fails open; of servers, those that are unhealthy get no requests while others are not.
 */
export class GroupHealth {
  readonly #name: string
  #group: TargetGroup
  #settings: HealthCheckSettings | undefined
  #listeners: Listeners
  /** By address and port; a function has no name here. */
  #followed: ReadonlyMap<string, Followed> = new Map()
  #isStarted = false

  constructor(
    name: string,
    group: TargetGroup,
    settings: HealthCheckSettings | undefined,
    listeners: Listeners,
  ) {
    this.#name = name
    this.#group = group
    this.#settings = settings
    this.#listeners = listeners
    this.#follow()
  }

  get arn(): string {
    return this.#group.arn
  }

  /** Of the target, of several the best. */
  get health(): TargetHealth {
    const healths = this.healths()
    const [first] = healths.sort((a, b) => best.indexOf(a.State) - best.indexOf(b.State))
    return first ?? { State: 'unused', Reason: 'Target.NotRegistered' }
  }

  /** Of each server, by address and port. */
  get servers(): Readonly<Record<string, TargetHealth>> {
    const named = [...this.#followed].filter(([address]) => address !== '')
    return Object.fromEntries(named.map(([address, { monitor }]) => [address, monitor.health]))
  }

  healths(): TargetHealth[] {
    return this.#monitors().map(({ health }) => health)
  }

  /** Runs one check of each target now. */
  async checkHealth(): Promise<TargetHealth> {
    await Promise.all(this.#monitors().map((monitor) => monitor.checkHealth()))
    return this.health
  }

  start(): void {
    this.#isStarted = true
    for (const monitor of this.#monitors()) monitor.start()
  }

  stop(): void {
    this.#isStarted = false
    for (const monitor of this.#monitors()) monitor.stop()
  }

  /** Follows this group from now on; what is known of targets that it keeps stays. */
  become(
    group: TargetGroup,
    settings: HealthCheckSettings | undefined,
    listeners: Listeners,
  ): void {
    if ('servers' in group && 'servers' in this.#group) group.servers.replace(this.#group.servers)
    else if ('servers' in this.#group) this.#group.servers.retire()
    const isSame = isDeepStrictEqual(comparable(settings), comparable(this.#settings))
    this.#group = group
    this.#settings = settings
    this.#listeners = listeners
    this.#follow(isSame)
  }

  /** Closes the connections that are kept to servers. */
  closeServers(): void {
    if ('servers' in this.#group) this.#group.servers.close()
  }

  /** Follows nothing any more. */
  retire(): void {
    for (const monitor of this.#monitors()) monitor.retire()
    if ('servers' in this.#group) this.#group.servers.retire()
  }

  #monitors(): HealthMonitor[] {
    return [...this.#followed.values()].map(({ monitor }) => monitor)
  }

  #follow(keepsChecks = false): void {
    const before = this.#followed
    const checks = this.#checks()
    const next = checks.map(([address, subject, check]): [string, Followed] => {
      const known = before.get(address)
      const isKnown = known !== undefined && known.subject === subject
      if (isKnown && keepsChecks) {
        known.monitor.checkBy(check)
        return [address, known]
      }
      const onChange = (from: TargetHealth, to: TargetHealth): void =>
        this.#changed(subject, from, to)
      const health = isKnown ? known.monitor.health : undefined
      const monitor = new HealthMonitor(check, this.#settings, onChange, health)
      return [address, { subject, monitor }]
    })
    this.#followed = new Map(next)
    const kept = new Set(this.#monitors())
    for (const { monitor } of before.values()) if (!kept.has(monitor)) monitor.retire()
    if (!this.#isStarted) return
    const known = new Set([...before.values()].map(({ monitor }) => monitor))
    for (const monitor of kept) if (!known.has(monitor)) monitor.start()
  }

  #checks(): [address: string, subject: Subject, check: HealthCheck | undefined][] {
    const group = this.#group
    const onCheck = (check: GroupCheck): void => this.#listeners.onCheck?.(check)
    if (!('servers' in group)) {
      const { target, targetArn } = group
      if (!target) return [['', undefined, undefined]]
      const what = { type: 'lambda', target: targetArn, group } as const
      return [['', targetArn, logged(what, onCheck, (given) => checkHealth(group, given))]]
    }
    return group.servers.all.map((server) => {
      const type = server.url.protocol === 'https:' ? 'https' : 'http'
      const what = { type, target: server.address, group } as const
      const check = logged(what, onCheck, (given) => checkServer(server, given))
      return [server.address, server, check]
    })
  }

  #changed(subject: Subject, from: TargetHealth, to: TargetHealth): void {
    const change = { targetGroup: this.#name, from, to }
    if (typeof subject === 'object') {
      subject.isHealthy = to.State === 'healthy'
      this.#listeners.onChange({ ...change, server: subject.address })
    } else this.#listeners.onChange(change)
  }
}

function comparable(settings: HealthCheckSettings | undefined): object | undefined {
  return settings && { ...settings, matches: undefined }
}
