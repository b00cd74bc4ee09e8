import type { Metrics } from '../log/metrics.ts'
import type { TargetGroup } from '../targets/target-group.ts'
import { GroupHealth } from './group-health.ts'
import type { HealthCheckSettings } from './health-check.ts'
import type { GroupCheck } from './logged-check.ts'
import type { HealthChange } from './target-health.ts'

export interface FollowedGroup {
  readonly group: TargetGroup
  readonly healthCheck: HealthCheckSettings | undefined
}

interface Logs {
  readonly logHealth: (change: HealthChange) => void
  readonly logHealthCheck: (check: GroupCheck) => void
}

/** The health of the target groups of a load balancer, and how many of their targets are healthy. */
export class FollowedGroups {
  /** The same map as long as the load balancer lives. */
  readonly byName: ReadonlyMap<string, GroupHealth>
  readonly #byName = new Map<string, GroupHealth>()
  readonly #metrics: Metrics
  #isStarted = false

  constructor(metrics: Metrics) {
    this.#metrics = metrics
    this.byName = this.#byName
  }

  /** Follows these from now on; what is known of the targets of groups of the same name stays. */
  become(groups: ReadonlyMap<string, FollowedGroup>, { logHealth, logHealthCheck }: Logs): void {
    const onChange = (change: HealthChange): void => {
      this.#count()
      logHealth(change)
    }
    const listeners = { onChange, onCheck: logHealthCheck }
    const before = new Map(this.#byName)
    this.#byName.clear()
    for (const [name, { group, healthCheck }] of groups) {
      const known = before.get(name)
      known?.become(group, healthCheck, listeners)
      const followed = known ?? new GroupHealth(name, group, healthCheck, listeners)
      this.#byName.set(name, followed)
      if (!known && this.#isStarted) followed.start()
    }
    for (const [name, group] of before) if (!this.#byName.has(name)) group.retire()
    if (this.#metrics.HealthyHostCount !== undefined) this.#count()
  }

  start(): void {
    this.#isStarted = true
    for (const group of this.#byName.values()) group.start()
  }

  stop(): void {
    this.#isStarted = false
    for (const group of this.#byName.values()) group.stop()
  }

  /** Closes the connections that are kept to servers. */
  closeServers(): void {
    for (const group of this.#byName.values()) group.closeServers()
  }

  #count(): void {
    const healths = [...this.#byName.values()].flatMap((group) => group.healths())
    const states = healths.map(({ State }) => State)
    this.#metrics.HealthyHostCount = states.filter((state) => state === 'healthy').length
    this.#metrics.UnHealthyHostCount = states.filter((state) => state === 'unhealthy').length
  }
}
