import type { TargetGroup } from '../targets/target-group.ts'
import { checkHealth, type HealthCheckSettings } from './health-check.ts'
import { checkServer } from './server-check.ts'
import { type HealthChange, HealthMonitor, type TargetHealth } from './target-health.ts'

const best = ['healthy', 'initial', 'unavailable', 'unhealthy', 'unused']

/**
 * Follows the health of a group's targets. A function is called whatever it is, as a group of one
 * target fails open; of servers, those that are unhealthy get no requests while others are not.
 */
export class GroupHealth {
  readonly arn: string
  /** By address and port; a function has no name here. */
  readonly #monitors: ReadonlyMap<string, HealthMonitor>

  constructor(
    name: string,
    group: TargetGroup,
    settings: HealthCheckSettings | undefined,
    onChange: (change: HealthChange) => void,
  ) {
    this.arn = group.arn
    this.#monitors = monitorsFor(name, group, settings, onChange)
  }

  /** Of the target, of several the best. */
  get health(): TargetHealth {
    const healths = this.healths()
    const [first] = healths.sort((a, b) => best.indexOf(a.State) - best.indexOf(b.State))
    return first ?? { State: 'unused', Reason: 'Target.NotRegistered' }
  }

  /** Of each server, by address and port. */
  get servers(): Readonly<Record<string, TargetHealth>> {
    const named = [...this.#monitors].filter(([address]) => address !== '')
    return Object.fromEntries(named.map(([address, { health }]) => [address, health]))
  }

  healths(): TargetHealth[] {
    return [...this.#monitors.values()].map(({ health }) => health)
  }

  /** Runs one check of each target now. */
  async checkHealth(): Promise<TargetHealth> {
    await Promise.all([...this.#monitors.values()].map((monitor) => monitor.checkHealth()))
    return this.health
  }

  start(): void {
    for (const monitor of this.#monitors.values()) monitor.start()
  }

  stop(): void {
    for (const monitor of this.#monitors.values()) monitor.stop()
  }
}

function monitorsFor(
  name: string,
  group: TargetGroup,
  settings: HealthCheckSettings | undefined,
  onChange: (change: HealthChange) => void,
): Map<string, HealthMonitor> {
  if (!('servers' in group)) {
    const check = group.target
      ? (given: HealthCheckSettings) => checkHealth(group, given)
      : undefined
    const monitor = new HealthMonitor(check, settings, (from, to) =>
      onChange({ targetGroup: name, from, to }),
    )
    return new Map([['', monitor]])
  }
  return new Map(
    group.servers.all.map((server) => {
      const check = (given: HealthCheckSettings) => checkServer(server, given)
      const monitor = new HealthMonitor(check, settings, (from, to) => {
        server.isHealthy = to.State === 'healthy'
        onChange({ targetGroup: name, server: server.address, from, to })
      })
      return [server.address, monitor]
    }),
  )
}
