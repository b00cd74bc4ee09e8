import {
  CfnListener,
  CfnLoadBalancer,
  type IApplicationListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { targetOf } from './references.ts'

const MODE = 'routing.http.xff_header_processing.mode'

/**
 * Refuses a load balancer that leaves X-Forwarded-For to the client. It is seen when the app is
 * synthesized, because attributes, overrides and aspects may come later; that of an imported
 * listener is not seen.
 */
export function checkForwardedFor(
  scope: Construct,
  listener: IApplicationListener,
  { allowPreservedForwardedFor }: ApplicationLoadBalancedFunctionProps,
): void {
  if (allowPreservedForwardedFor) return
  scope.node.addValidation({ validate: () => forwardedForProblems(listener) })
}

function forwardedForProblems(listener: IApplicationListener): string[] {
  const loadBalancer = loadBalancerOf(listener)
  if (!loadBalancer) return []
  const mode = modesIn(renderedAttributes(loadBalancer)).find(isNotSafe)
  if (mode === undefined) return []
  const found = typeof mode === 'string' ? mode : 'known to the deployment alone'
  return [
    `allowPreservedForwardedFor: ${MODE} of ${loadBalancer.node.path} is ${found}. With preserve, X-Forwarded-For is what the client sent, and req.socket.remoteAddress is the client's word. Set the mode to append, or give albHandler { clientAddress: 'none' } and set \`allowPreservedForwardedFor: true\`. (ALB_CDK_FORWARDED_FOR_PRESERVED)`,
  ]
}

function isNotSafe(mode: unknown): boolean {
  return mode !== 'append' && mode !== 'remove'
}

/** Listener and load balancer may be of any level of the CDK: only their references are looked at. */
function loadBalancerOf({ listenerArn }: IApplicationListener): CfnLoadBalancer | undefined {
  const listener = targetOf(listenerArn)
  if (!(listener instanceof CfnListener)) return undefined
  const loadBalancer = targetOf(listener.loadBalancerArn)
  return loadBalancer instanceof CfnLoadBalancer ? loadBalancer : undefined
}

/** As they will stand in the template: overrides are seen nowhere else. */
function renderedAttributes(loadBalancer: CfnLoadBalancer): unknown {
  // Each CloudFormation element has this method; the CDK's declarations leave it out.
  const element = loadBalancer as unknown as { _toCloudFormation(): unknown }
  const { Resources } = Stack.of(loadBalancer).resolve(element._toCloudFormation())
  const [resource] = Object.values<{ Properties?: Record<string, unknown> }>(Resources)
  return resource?.Properties?.LoadBalancerAttributes
}

/** At any depth: an attribute may stand within a condition. */
function modesIn(attributes: unknown): unknown[] {
  if (typeof attributes !== 'object' || attributes === null) return []
  if ('Key' in attributes && attributes.Key === MODE && 'Value' in attributes) {
    return [attributes.Value]
  }
  return Object.values(attributes).flatMap(modesIn)
}
