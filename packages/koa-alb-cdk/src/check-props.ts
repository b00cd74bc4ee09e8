import {
  CfnListenerRule,
  type HealthCheck,
  type IApplicationListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { type Duration, Token } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { functionProblems } from './check-function.ts'
import { listenerProblems } from './check-listener.ts'
import { type Problems, present, rangeProblem } from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/**
 * Refuses wrong props with a message that lists them all; a priority that another rule has is seen
 * when the app is synthesized, because that rule may come later.
 */
export function checkProps(scope: Construct, props: ApplicationLoadBalancedFunctionProps): void {
  const problems = [
    ...functionProblems(props),
    ...targetGroupProblems(props),
    ...listenerProblems(scope, props),
    rangeProblem('alarms.threshold', props.alarms?.threshold, 1),
  ].filter((problem) => typeof problem === 'string')
  if (problems.length > 0) {
    throw new Error(`Wrong props of ${scope.node.path}:\n- ${problems.join('\n- ')}`)
  }
  const { listener, priority } = props
  if (!listener || priority === undefined) return
  scope.node.addValidation({ validate: () => takenPriority(scope, listener, priority) })
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
      'targetGroupName: give 1 to 32 letters, digits and hyphens, no hyphen at an end, not internal-…, and no token: the permission names the group before it exists.',
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
      'healthCheck: it has a path, but is not enabled. Leave `healthCheck` out for none.',
    surplus && `healthCheck: a function has no ${surplus}. Leave it out.`,
    path !== undefined &&
      !path.startsWith('/') &&
      !Token.isUnresolved(path) &&
      `healthCheck.path: ${path} does not begin with a slash. Give /${path}.`,
    rangeProblem('healthCheck.interval', intervalSeconds, 5, 300, 's'),
    rangeProblem('healthCheck.timeout', timeoutSeconds, 2, 120, 's'),
    intervalSeconds <= timeoutSeconds &&
      `healthCheck.interval: ${intervalSeconds} s is not longer than the timeout, ${timeoutSeconds} s. Give a shorter timeout.`,
    rangeProblem('healthCheck.healthyThresholdCount', healthCheck.healthyThresholdCount, 2, 10),
    rangeProblem('healthCheck.unhealthyThresholdCount', healthCheck.unhealthyThresholdCount, 2, 10),
    healthyHttpCodes !== undefined &&
      !Token.isUnresolved(healthyHttpCodes) &&
      !/^[2-4]\d\d([,-][2-4]\d\d)*$/.test(healthyHttpCodes) &&
      `healthCheck.healthyHttpCodes: ${healthyHttpCodes} is not possible. Give codes of 200 to 499, such as 200,204 or 200-299.`,
  ]
}

/** Every rule of this app with that priority on that listener, but the construct's own. */
function takenPriority(
  scope: Construct,
  { listenerArn }: IApplicationListener,
  priority: number,
): string[] {
  const rules = scope.node.root.node.findAll().filter((node) => node instanceof CfnListenerRule)
  return rules
    .filter((rule) => rule.listenerArn === listenerArn && rule.priority === priority)
    .filter((rule) => !rule.node.scopes.includes(scope))
    .map(
      (rule) =>
        `priority: ${rule.node.path} has priority ${priority} on the same listener. Give a free one.`,
    )
}
