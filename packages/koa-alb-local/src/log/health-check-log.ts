import { timeOf } from './access-log.ts'

/** One health check of a target. */
export interface HealthCheckEntry {
  readonly type: 'http' | 'https' | 'lambda'
  /** The id of the load balancer, as in its ARN: `app/name/id`. */
  readonly loadBalancer: string
  /** When it began. */
  readonly checkedAt: Date
  readonly latencyMs: number
  /** Address and port of a server, or the ARN of a function. */
  readonly target: string
  /** The name of the target group. */
  readonly targetGroup: string
  readonly isSuccess: boolean
  /** As the target answered; absent when it did not. */
  readonly status?: number
  /** Absent when the check succeeded. */
  readonly reason?: 'ConnectionReset' | 'ResponseCodeMismatch' | 'TargetError' | 'TimedOut'
}

/**
 * One health check as a line of a load balancer's health check log: 10 fields, no line end.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html
 */
export function formatHealthCheckLog(entry: HealthCheckEntry): string {
  return [
    entry.type,
    timeOf(entry.checkedAt),
    (entry.latencyMs / 1000).toFixed(9),
    word(entry.target),
    word(entry.targetGroup),
    entry.isSuccess ? 'PASS' : 'FAIL',
    entry.status ?? '-',
    entry.reason ?? '-',
    entry.loadBalancer,
    '-', // The address of the node: there is none here that targets see.
  ].join(' ')
}

// Names of a configuration may hold anything; fields end with a space.
function word(text: string): string {
  return encodeURI(text)
}
