import { Match, Template } from 'aws-cdk-lib/assertions'
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  CfnListener,
  CfnLoadBalancer,
  ListenerAction,
  ListenerCondition,
  XffHeaderProcessingMode,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Aspects, CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib/core'
import type { ApplicationLoadBalancedFunctionProps as Props } from 'koa-alb-cdk'
import { describe, expect, it } from 'vitest'
import { createService, createStack, vpcOf } from './stack.ts'

const key = 'routing.http.xff_header_processing.mode'
const preserve = { key, value: 'preserve' }
const rule = { priority: 10, conditions: [ListenerCondition.pathPatterns(['/api/*'])] }
const refusal = (path: string, found = 'preserve') =>
  `allowPreservedForwardedFor: ${key} of ${path} is ${found}. With preserve, X-Forwarded-For is what the client sent, and req.socket.remoteAddress is the client's word. Set the mode to append, or give albHandler { clientAddress: 'none' } and set \`allowPreservedForwardedFor: true\`.`

/** A new load balancer, changed behind the construct's back. */
function changed(change: (cfn: CfnLoadBalancer, stack: Stack) => void, props?: Props): Stack {
  const stack = createStack()
  const { loadBalancer } = createService(stack, props)
  const cfn = loadBalancer?.node.defaultChild
  if (cfn instanceof CfnLoadBalancer) change(cfn, stack)
  return stack
}

function listenerWith(stack: Stack, xffHeaderProcessingMode?: XffHeaderProcessingMode) {
  const props = { vpc: vpcOf(stack), ...(xffHeaderProcessingMode && { xffHeaderProcessingMode }) }
  return new ApplicationLoadBalancer(stack, 'Mine', props).addListener('Listener', {
    port: 80,
    protocol: ApplicationProtocol.HTTP,
    defaultAction: ListenerAction.fixedResponse(404),
  })
}

function importedListener(stack: Stack, listenerArn: string) {
  const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')
  const attributes = { listenerArn, securityGroup }
  return ApplicationListener.fromApplicationListenerAttributes(stack, 'Imported', attributes)
}

function lowLevelListener(stack: Stack): CfnListener {
  const { ref: loadBalancerArn } = new CfnLoadBalancer(stack, 'Low', {
    loadBalancerAttributes: [preserve],
  })
  return new CfnListener(stack, 'LowListener', { loadBalancerArn, defaultActions: [] })
}

describe('the new load balancer', () => {
  it('appends the client to X-Forwarded-For', () => {
    const stack = changed(() => {})
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: key, Value: 'append' }]),
    })
  })

  it('is refused in preserve mode, by an attribute', () => {
    const stack = createStack()
    createService(stack).loadBalancer?.setAttribute(key, 'preserve')
    expect(() => Template.fromStack(stack)).toThrow(refusal('Shop/Service/LoadBalancer/Resource'))
  })

  it.each<[string, (cfn: CfnLoadBalancer, stack: Stack) => void, string?]>([
    ['a property', (cfn) => (cfn.loadBalancerAttributes = [preserve])],
    [
      'an override',
      (cfn) => cfn.addPropertyOverride('LoadBalancerAttributes', [{ Key: key, Value: 'preserve' }]),
    ],
    [
      'an aspect',
      (cfn, stack) =>
        Aspects.of(stack).add({
          visit: (node) => {
            if (node === cfn) cfn.loadBalancerAttributes = [preserve]
          },
        }),
    ],
    [
      'a condition',
      (cfn, stack) => {
        const { logicalId } = new CfnCondition(stack, 'Proxied')
        const attribute = Fn.conditionIf(
          logicalId,
          { Key: key, Value: 'preserve' },
          Fn.ref('AWS::NoValue'),
        )
        cfn.addPropertyOverride('LoadBalancerAttributes', [attribute])
      },
    ],
    [
      'a parameter',
      (cfn, stack) => {
        const { valueAsString } = new CfnParameter(stack, 'Mode')
        cfn.loadBalancerAttributes = [{ key, value: valueAsString }]
      },
      'known to the deployment alone',
    ],
  ])('is refused in preserve mode, by %s', (_way, change, found) => {
    const stack = changed(change)
    const message = refusal('Shop/Service/LoadBalancer/Resource', found)
    expect(() => Template.fromStack(stack)).toThrow(message)
  })

  it.each<[string, Props, string]>([
    ['in preserve mode when asked for', { allowPreservedForwardedFor: true }, 'preserve'],
    ['in remove mode', {}, 'remove'],
  ])('is taken %s', (_name, props, value) => {
    const stack = changed((cfn) => (cfn.loadBalancerAttributes = [{ key, value }]), props)
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: [{ Key: key, Value: value }],
    })
  })
})

describe('the load balancer of a given listener', () => {
  it('is refused in preserve mode', () => {
    const stack = createStack()
    const listener = listenerWith(stack, XffHeaderProcessingMode.PRESERVE)
    createService(stack, { listener, ...rule })
    expect(() => Template.fromStack(stack)).toThrow(refusal('Shop/Mine/Resource'))
  })

  it('is refused in preserve mode when listener and load balancer are low-level ones', () => {
    const stack = createStack()
    const listener = importedListener(stack, lowLevelListener(stack).ref)
    createService(stack, { listener, ...rule })
    expect(() => Template.fromStack(stack)).toThrow(refusal('Shop/Low'))
  })

  it.each<[string, (stack: Stack) => Props]>([
    ['by default', (stack) => ({ listener: listenerWith(stack) })],
    [
      'in preserve mode when asked for',
      (stack) => ({
        listener: listenerWith(stack, XffHeaderProcessingMode.PRESERVE),
        allowPreservedForwardedFor: true,
      }),
    ],
    [
      'unseen when the listener is imported',
      (stack) => ({
        listener: importedListener(
          stack,
          'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/parts/1/2',
        ),
      }),
    ],
  ])('is taken %s', (_name, propsIn) => {
    const stack = createStack()
    createService(stack, { ...propsIn(stack), ...rule })
    Template.fromStack(stack).resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 1)
  })
})
