import type { HealthCheckEntry } from '../log/health-check-log.ts'
import type { TargetGroup } from '../targets/target-group.ts'
import { uptimeMs } from '../time/clock.ts'
import { checkHealth, type HealthCheckResult, type HealthCheckSettings } from './health-check.ts'
import { checkServer } from './server-check.ts'
import {
  type HealthChange,
  type HealthCheck,
  HealthMonitor,
  type TargetHealth,
} from './target-health.ts'

/** A check as it is logged, but for the load balancer. */
export type GroupCheck = Omit<HealthCheckEntry, 'loadBalancer'>

interface Listeners {
  onChange(change: HealthChange): void
  onCheck?(check: GroupCheck): void
}

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
    listeners: Listeners,
  ) {
    this.arn = group.arn
    this.#monitors = monitorsFor(name, group, settings, listeners)
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
  { onChange, onCheck = () => {} }: Listeners,
): Map<string, HealthMonitor> {
  if (!('servers' in group)) {
    const check = group.target
      ? logged(
          { type: 'lambda', target: group.targetArn, targetGroup: nameOf(group) },
          onCheck,
          (given) => checkHealth(group, given),
        )
      : undefined
    const monitor = new HealthMonitor(check, settings, (from, to) =>
      onChange({ targetGroup: name, from, to }),
    )
    return new Map([['', monitor]])
  }
  return new Map(
    group.servers.all.map((server) => {
      const type = server.url.protocol === 'https:' ? 'https' : 'http'
      const what = { type, target: server.address, targetGroup: nameOf(group) } as const
      const check = logged(what, onCheck, (given) => checkServer(server, given))
      const monitor = new HealthMonitor(check, settings, (from, to) => {
        server.isHealthy = to.State === 'healthy'
        onChange({ targetGroup: name, server: server.address, from, to })
      })
      return [server.address, monitor]
    }),
  )
}

// `arn:…:targetgroup/name/id`
function nameOf({ arn }: TargetGroup): string {
  return arn.split('/')[1] ?? arn
}

function logged(
  what: Pick<GroupCheck, 'target' | 'targetGroup' | 'type'>,
  onCheck: (check: GroupCheck) => void,
  check: HealthCheck,
): HealthCheck {
  return async (settings) => {
    const checkedAt = new Date()
    const begin = uptimeMs()
    const result = await check(settings)
    const { isSuccess, status } = result
    const reason = reasonOf(result)
    onCheck({
      ...what,
      checkedAt,
      latencyMs: uptimeMs() - begin,
      isSuccess,
      ...(status !== undefined && { status }),
      ...(reason && { reason }),
    })
    return result
  }
}

function reasonOf(result: HealthCheckResult): GroupCheck['reason'] {
  if (result.isSuccess) return undefined
  if (result.reason === 'Target.Timeout') return 'TimedOut'
  const { status } = result
  if (status !== undefined) return status >= 500 ? 'TargetError' : 'ResponseCodeMismatch'
  return 'ConnectionReset'
}
