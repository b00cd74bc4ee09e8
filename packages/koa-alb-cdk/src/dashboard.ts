import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { type ApplicationTargetGroup, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'

/** What clients get, how long it takes, what fails, and what the function does. */
export function createDashboard(
  scope: Construct,
  { metrics }: ApplicationTargetGroup,
  target: Pick<IFunction, 'metric' | 'metricErrors' | 'metricInvocations' | 'metricThrottles'>,
): Dashboard {
  const sum = { statistic: 'Sum' }
  const graphs: [string, IMetric[]][] = [
    [
      'Responses',
      [
        metrics.httpCodeTarget(HttpCodeTarget.TARGET_2XX_COUNT),
        metrics.httpCodeTarget(HttpCodeTarget.TARGET_3XX_COUNT),
        metrics.httpCodeTarget(HttpCodeTarget.TARGET_4XX_COUNT),
        metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
      ],
    ],
    [
      'Response time',
      ['p50', 'p90', 'p99'].map((statistic) => metrics.targetResponseTime({ statistic })),
    ],
    [
      'Answered by 502 or 504',
      [metrics.custom('LambdaUserError', sum), metrics.custom('LambdaInternalError', sum)],
    ],
    [
      'Function',
      [
        target.metricInvocations(),
        target.metricErrors(),
        target.metricThrottles(),
        target.metric('ConcurrentExecutions', { statistic: 'Maximum' }),
      ],
    ],
  ]
  const widgets = graphs.map(([title, left]) => new GraphWidget({ title, left, width: 12 }))
  return new Dashboard(scope, 'Dashboard', { widgets: [widgets.slice(0, 2), widgets.slice(2)] })
}
