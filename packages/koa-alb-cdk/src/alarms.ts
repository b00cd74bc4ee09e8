import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import { type ApplicationTargetGroup, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { Alias } from 'aws-cdk-lib/aws-lambda'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { isDeployedWith } from './alias.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

const everyMinute = { period: Duration.minutes(1), statistic: 'Sum' }

/** Alarms on what the target group's clients got, for the props that ask for them. */
export function createAlarms(
  scope: Construct,
  targetGroup: ApplicationTargetGroup,
  targetGroupName: string,
  { alarms, deploymentConfig }: ApplicationLoadBalancedFunctionProps,
): Alarm[] {
  if (!alarms && !deploymentConfig) return []
  const { metrics } = targetGroup
  const target5xx = metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, everyMinute)
  const watched: [string, IMetric][] = [
    ['Target5xx', target5xx],
    ['LambdaUserError', metrics.custom('LambdaUserError', everyMinute)],
  ]
  if (alarms) {
    watched.push(['LambdaInternalError', metrics.custom('LambdaInternalError', everyMinute)])
  }
  return watched.map(([name, metric]) => {
    const alarm = new Alarm(scope, `${name}Alarm`, {
      alarmName: `${targetGroupName}-${name}`,
      metric,
      threshold: alarms?.threshold ?? 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // These metrics are published only when there is something to count.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(...(alarms?.actions ?? []))
    return alarm
  })
}

/**
 * Shifts the alias to new versions, back when an alarm goes off. The alias needs the deployment
 * group for its update policy, the alarms need the target group for its full name, and the target
 * group needs the alias as its target: so the deployment group has the alarms by their fixed names.
 */
export function createDeploymentGroup(
  scope: Construct,
  alias: Alias,
  targetGroupName: string,
  { deploymentConfig }: ApplicationLoadBalancedFunctionProps,
): LambdaDeploymentGroup | undefined {
  if (!deploymentConfig) return undefined
  // Beside the alias, whose stack may be another.
  const place = isDeployedWith(alias, scope) ? scope : alias
  const alarms = ['Target5xx', 'LambdaUserError'].map((name) =>
    Alarm.fromAlarmName(place, `${name}AlarmByName`, `${targetGroupName}-${name}`),
  )
  return new LambdaDeploymentGroup(place, 'DeploymentGroup', {
    alias,
    deploymentConfig,
    alarms,
    autoRollback: { deploymentInAlarm: true, failedDeployment: true, stoppedDeployment: true },
  })
}
