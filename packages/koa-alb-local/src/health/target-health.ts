import { printable } from '../log/printable.ts'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import type { HealthCheckReason, HealthCheckResult, HealthCheckSettings } from './health-check.ts'

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
  /** Address and port, for a server. */
  readonly server?: string
  readonly from: TargetHealth
  readonly to: TargetHealth
}

/** Checks a target once. */
export type HealthCheck = (settings: HealthCheckSettings) => Promise<HealthCheckResult>

/** Follows the health of one target. */
export class HealthMonitor {
  /** Undefined when nothing is registered. */
  #check: HealthCheck | undefined
  readonly #settings: HealthCheckSettings | undefined
  readonly #onChange: (from: TargetHealth, to: TargetHealth) => void
  #health: TargetHealth
  /** Successes in a row when positive, failures when negative. */
  #streak = 0
  #timer: NodeJS.Timeout | undefined
  #isRetired = false

  constructor(
    check: HealthCheck | undefined,
    settings: HealthCheckSettings | undefined,
    onChange: (from: TargetHealth, to: TargetHealth) => void,
    before?: TargetHealth,
  ) {
    this.#check = check
    this.#settings = settings
    this.#onChange = onChange
    this.#health = initialHealth(check, settings)
    // As after ModifyTargetGroup: what is known of a target stays until its checks say otherwise.
    if (before && this.#health.State === 'initial' && isChecked(before)) this.#health = before
  }

  get health(): TargetHealth {
    return this.#health
  }

  /** Goes on with another way to check the same target. */
  checkBy(check: HealthCheck | undefined): void {
    this.#check = check
  }

  /** Checks now and from then on in its interval. */
  start(): void {
    if (!this.#settings || !this.#check) return
    void this.checkHealth()
    this.#timer = setTimeout(() => this.start(), this.#settings.intervalMs).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** Stops for good; a check that is under way comes to nothing. */
  retire(): void {
    this.#isRetired = true
    this.stop()
  }

  /** Runs one health check now; without health checks nothing happens. */
  async checkHealth(): Promise<TargetHealth> {
    if (!this.#settings || !this.#check) return this.#health
    const { healthyThreshold, unhealthyThreshold } = this.#settings
    const result = await this.#check(this.#settings)
    if (this.#isRetired) return this.#health
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
    if (from.State !== to.State) this.#onChange(from, to)
  }
}

function isChecked({ State }: TargetHealth): boolean {
  return State === 'healthy' || State === 'unhealthy'
}

function initialHealth(
  check: HealthCheck | undefined,
  settings: HealthCheckSettings | undefined,
): TargetHealth {
  if (!check) return { State: 'unused', Reason: 'Target.NotRegistered' }
  if (!settings) return { State: 'unavailable', Reason: 'Target.HealthCheckDisabled' }
  return { State: 'initial', Reason: 'Elb.InitialHealthChecking' }
}

/** Prints one line per change to stderr. */
export function logHealthChange({ targetGroup, server, from, to }: HealthChange): void {
  const why = to.Description === undefined ? '' : `: ${to.Description}`
  const which = server === undefined ? targetGroup : `${targetGroup}, ${server},`
  const change = `target group ${which} went from ${from.State} to ${to.State}${why}`
  process.stderr.write(`koa-alb-local: ${printable(change)}\n`)
}
