import type { HealthCheck } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { type Duration, Token } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { aliasProblems } from './check-alias.ts'
import { functionProblems } from './check-function.ts'
import { listenerProblems } from './check-listener.ts'
import { AlbConstructError } from './errors.ts'
import { conflict, invalid, type Problems, present, rangeProblem } from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** Refuses wrong props with an error that lists them all. */
export function checkProps(scope: Construct, props: ApplicationLoadBalancedFunctionProps): void {
  const [first, ...others] = [
    ...functionProblems(props),
    ...aliasProblems(scope, props),
    ...targetGroupProblems(props),
    ...listenerProblems(scope, props),
    rangeProblem('alarms.threshold', props.alarms?.threshold, 1),
  ].filter((problem) => typeof problem === 'object')
  if (first) throw new AlbConstructError(`Wrong props of ${scope.node.path}`, [first, ...others])
}

function targetGroupProblems({
  targetGroupName: name,
  healthCheck,
}: ApplicationLoadBalancedFunctionProps): Problems {
  const wrongName =
    name !== undefined &&
    (Token.isUnresolved(name) || !/^(?!internal-|-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name))
  return [
    wrongName &&
      invalid(
        'targetGroupName: give 1 to 32 letters, digits and hyphens, no hyphen at an end, not internal-…, and no token: the permission names the group before it exists.',
      ),
    ...(healthCheck ? healthCheckProblems(healthCheck) : []),
  ]
}

// Limits and defaults of Lambda target groups: ELB user guide, "Health checks for your target groups".
function healthCheckProblems(healthCheck: HealthCheck): Problems {
  const { path, interval, timeout, enabled, healthyHttpCodes } = healthCheck
  const surplus = present(healthCheck, ['port', 'protocol', 'healthyGrpcCodes'])
  const seconds = (duration: Duration | undefined, otherwise: number) =>
    duration && !duration.isUnresolved() ? duration.toSeconds() : otherwise
  const intervalSeconds = seconds(interval, 35)
  const timeoutSeconds = seconds(timeout, 30)
  return [
    enabled === false &&
      present(healthCheck, ['path']) &&
      conflict('healthCheck: it has a path, but is not enabled. Leave `healthCheck` out for none.'),
    surplus && conflict(`healthCheck: a function has no ${surplus}. Leave it out.`),
    path !== undefined &&
      !path.startsWith('/') &&
      !Token.isUnresolved(path) &&
      invalid(`healthCheck.path: ${path} does not begin with a slash. Give /${path}.`),
    rangeProblem('healthCheck.interval', intervalSeconds, 5, 300, 's'),
    rangeProblem('healthCheck.timeout', timeoutSeconds, 2, 120, 's'),
    intervalSeconds <= timeoutSeconds &&
      invalid(
        `healthCheck.interval: ${intervalSeconds} s is not longer than the timeout, ${timeoutSeconds} s. Give a shorter timeout.`,
      ),
    rangeProblem('healthCheck.healthyThresholdCount', healthCheck.healthyThresholdCount, 2, 10),
    rangeProblem('healthCheck.unhealthyThresholdCount', healthCheck.unhealthyThresholdCount, 2, 10),
    healthyHttpCodes !== undefined &&
      !Token.isUnresolved(healthyHttpCodes) &&
      !/^[2-4]\d\d([,-][2-4]\d\d)*$/.test(healthyHttpCodes) &&
      invalid(
        `healthCheck.healthyHttpCodes: ${healthyHttpCodes} is not possible. Give codes of 200 to 499, such as 200,204 or 200-299.`,
      ),
  ]
}
