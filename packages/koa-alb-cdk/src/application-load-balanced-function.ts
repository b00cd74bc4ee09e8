import type { Alarm, Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch'
import { Metric as CloudWatchMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import type {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationTargetGroup,
  IApplicationListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda'
import { CfnOutput } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import { createAlarms, createDeploymentGroup } from './alarms.ts'
import { createAlias } from './alias.ts'
import { checkForwardedFor } from './check-forwarded-for.ts'
import { checkLater } from './check-later.ts'
import { checkProps } from './check-props.ts'
import { createDashboard } from './dashboard.ts'
import { createFunction } from './function.ts'
import { createFrontend } from './listener.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { createTargetGroup, targetGroupNameOf } from './target-group.ts'

/**
 * A Node app in Lambda behind an Application Load Balancer: a new one, or a rule on the listener of
 * one that exists.
 *
 * @throws AlbConstructError that lists every wrong prop and what to do about it
 */
export class ApplicationLoadBalancedFunction extends Construct {
  readonly function: IFunction
  /** `live`, or the one of `aliasName`; undefined when `function` was an alias, a version or imported. */
  readonly alias: Alias | undefined
  readonly targetGroup: ApplicationTargetGroup
  readonly listener: IApplicationListener
  /** From HTTP to HTTPS. */
  readonly redirectListener: ApplicationListener | undefined
  /** Undefined when the listener was imported. */
  readonly loadBalancer: ApplicationLoadBalancer | undefined
  /** Undefined when the listener was imported. */
  readonly url: string | undefined
  readonly alarms: Alarm[]
  readonly deploymentGroup: LambdaDeploymentGroup | undefined
  readonly dashboard: Dashboard | undefined

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancedFunctionProps) {
    super(scope, id)
    checkProps(this, props)
    const targetGroupName = props.targetGroupName ?? targetGroupNameOf(this)
    this.function = createFunction(this, props)
    this.alias = createAlias(this, this.function, props)
    const target = this.alias ?? this.function
    this.targetGroup = createTargetGroup(this, target.functionArn, targetGroupName, props)
    const { listener, loadBalancer, redirectListener, url } = createFrontend(
      this,
      this.targetGroup,
      props,
    )
    checkForwardedFor(this, listener, props)
    checkLater(this, this.alias, props)
    this.listener = listener
    this.loadBalancer = loadBalancer
    this.redirectListener = redirectListener
    this.url = url
    this.alarms = createAlarms(this, this.targetGroup, targetGroupName, props)
    this.deploymentGroup =
      this.alias && createDeploymentGroup(this, this.alias, targetGroupName, props)
    this.dashboard = props.dashboard ? createDashboard(this, this.targetGroup, target) : undefined
    this.#addOutputs()
  }

  /** Requests that failed because of the function or its answer: it threw, was throttled, timed out. */
  metricLambdaUserError(options?: MetricOptions): Metric {
    return this.targetGroup.metrics.custom('LambdaUserError', { statistic: 'Sum', ...options })
  }

  /** Requests that failed inside the load balancer or Lambda. */
  metricLambdaInternalError(options?: MetricOptions): Metric {
    return this.targetGroup.metrics.custom('LambdaInternalError', { statistic: 'Sum', ...options })
  }

  /** Bytes to and from the functions of the load balancer: it does not count them by target group. */
  metricLambdaTargetProcessedBytes(options?: MetricOptions): Metric {
    return new CloudWatchMetric({
      namespace: 'AWS/ApplicationELB',
      metricName: 'LambdaTargetProcessedBytes',
      dimensionsMap: { LoadBalancer: this.targetGroup.firstLoadBalancerFullName },
      statistic: 'Sum',
      ...options,
    }).attachTo(this)
  }

  #addOutputs(): void {
    const { loadBalancer, url } = this
    if (loadBalancer) {
      new CfnOutput(this, 'LoadBalancerDNS', { value: loadBalancer.loadBalancerDnsName })
    }
    if (url) new CfnOutput(this, 'ServiceURL', { value: url })
  }
}
