import type { HealthCheckEntry } from '../log/health-check-log.ts'
import type { TargetGroup } from '../targets/target-group.ts'
import { uptimeMs } from '../time/clock.ts'
import type { HealthCheckResult } from './health-check.ts'
import type { HealthCheck } from './target-health.ts'

/** A check as it is logged, but for the load balancer. */
export type GroupCheck = Omit<HealthCheckEntry, 'loadBalancer'>

interface Checked extends Pick<GroupCheck, 'target' | 'type'> {
  readonly group: TargetGroup
}

/** The check, with each of its results told. */
export function logged(
  { group, ...what }: Checked,
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
      targetGroup: nameOf(group),
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

// `arn:…:targetgroup/name/id`
function nameOf({ arn }: TargetGroup): string {
  return arn.split('/')[1] ?? arn
}
