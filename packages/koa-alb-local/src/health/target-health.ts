import { printable } from '../log/printable.ts'
import type { TargetGroup } from '../targets/target-group.ts'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import { checkHealth, type HealthCheckReason, type HealthCheckSettings } from './health-check.ts'

/** The health of a target, as `DescribeTargetHealth` shows it. */
export interface TargetHealth {
  readonly State: 'healthy' | 'initial' | 'unavailable' | 'unhealthy' | 'unused'
  readonly Reason?:
    | HealthCheckReason
    | 'Elb.InitialHealthChecking'
    | 'Target.HealthCheckDisabled'
    | 'Target.NotRegistered'
  readonly Description?: string
}

/** A change of a target's health, for the log. */
export interface HealthChange {
  /** The name of the target group in the configuration. */
  readonly targetGroup: string
  readonly from: TargetHealth
  readonly to: TargetHealth
}

/**
 * Follows the health of the target of one group. Requests are forwarded whatever it is: a group of
 * one target fails open.
 */
export class HealthMonitor {
  readonly #name: string
  readonly #group: TargetGroup
  readonly #settings: HealthCheckSettings | undefined
  readonly #onChange: (change: HealthChange) => void
  #health: TargetHealth
  /** Successes in a row when positive, failures when negative. */
  #streak = 0
  #timer: NodeJS.Timeout | undefined

  constructor(
    name: string,
    group: TargetGroup,
    settings: HealthCheckSettings | undefined,
    onChange: (change: HealthChange) => void,
  ) {
    this.#name = name
    this.#group = group
    this.#settings = settings
    this.#onChange = onChange
    this.#health = initialHealth(group, settings)
  }

  get arn(): string {
    return this.#group.arn
  }

  get health(): TargetHealth {
    return this.#health
  }

  /** Checks now and from then on in its interval. */
  start(): void {
    const { target } = this.#group
    if (!this.#settings || !target) return
    void this.checkHealth()
    this.#timer = setTimeout(() => this.start(), this.#settings.intervalMs).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** Runs one health check now; without health checks nothing happens. */
  async checkHealth(): Promise<TargetHealth> {
    if (!this.#settings || !this.#group.target) return this.#health
    const { healthyThreshold, unhealthyThreshold } = this.#settings
    const result = await checkHealth(this.#group, this.#settings)
    if (result.isSuccess) {
      this.#streak = Math.max(this.#streak, 0) + 1
      // A target that is new needs one success.
      const needed = this.#health.State === 'initial' ? 1 : healthyThreshold
      if (this.#streak >= needed) this.#become({ State: 'healthy' })
      return this.#health
    }
    this.#streak = Math.min(this.#streak, 0) - 1
    if (-this.#streak >= unhealthyThreshold) {
      this.#become({ State: 'unhealthy', Reason: result.reason, Description: result.detail })
    }
    return this.#health
  }

  #become(to: TargetHealth): void {
    const from = this.#health
    this.#health = to
    if (from.State !== to.State) this.#onChange({ targetGroup: this.#name, from, to })
  }
}

function initialHealth(
  { target }: TargetGroup,
  settings: HealthCheckSettings | undefined,
): TargetHealth {
  if (!target) return { State: 'unused', Reason: 'Target.NotRegistered' }
  if (!settings) return { State: 'unavailable', Reason: 'Target.HealthCheckDisabled' }
  return { State: 'initial', Reason: 'Elb.InitialHealthChecking' }
}

/** Prints one line per change to stderr. */
export function logHealthChange({ targetGroup, from, to }: HealthChange): void {
  const why = to.Description === undefined ? '' : `: ${to.Description}`
  const change = `target group ${targetGroup} went from ${from.State} to ${to.State}${why}`
  process.stderr.write(`koa-alb-local: ${printable(change)}\n`)
}
