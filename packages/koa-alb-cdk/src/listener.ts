import {
  ApplicationListener,
  ApplicationListenerRule,
  ApplicationLoadBalancer,
  type IApplicationListener,
  type IApplicationTargetGroup,
  ListenerAction,
  type ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { Construct } from 'constructs'
import { inFront } from './authentication.ts'
import { createLoadBalancer } from './load-balancer.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { urlOf } from './protocol.ts'

/** What receives the requests. What an existing listener does not tell is undefined. */
export interface Frontend {
  listener: IApplicationListener
  loadBalancer: ApplicationLoadBalancer | undefined
  redirectListener: ApplicationListener | undefined
  url: string | undefined
}

/** A rule on the listener that the props name, or a new load balancer. */
export function createFrontend(
  scope: Construct,
  targetGroup: IApplicationTargetGroup,
  props: ApplicationLoadBalancedFunctionProps,
): Frontend {
  const action = inFront(ListenerAction.forward([targetGroup]), props.authentication)
  const { listener, defaultAction } = props
  if (!listener) {
    const frontend = createLoadBalancer(scope, targetGroup, action, props)
    if (defaultAction) createRule(scope, frontend.listener, action, props)
    return frontend
  }
  createRule(scope, listener, action, props)
  const unknown = { loadBalancer: undefined, redirectListener: undefined, url: undefined }
  if (!(listener instanceof ApplicationListener)) return { ...unknown, listener }
  const { loadBalancer, protocol, port } = listener
  if (!(loadBalancer instanceof ApplicationLoadBalancer)) return { ...unknown, listener }
  const url = urlOf(protocol, loadBalancer.loadBalancerDnsName, port)
  return { ...unknown, listener, loadBalancer, url }
}

function createRule(
  scope: Construct,
  listener: IApplicationListener,
  action: ListenerAction,
  { priority = 1, conditions }: ApplicationLoadBalancedFunctionProps,
): void {
  new ApplicationListenerRule(scope, 'Rule', {
    listener,
    priority,
    // Checked: without them it would not be a rule.
    conditions: conditions as ListenerCondition[],
    action,
  })
}
