import { Match, Template } from 'aws-cdk-lib/assertions'
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type IApplicationListener,
  ListenerAction,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { Stack } from 'aws-cdk-lib/core'
import { expect, it } from 'vitest'
import { createService, createStack, vpcOf } from './stack.ts'

const listenerArn =
  'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/parts/50dc6c495c0c9188/f2f7dc8efc522ab2'
const conditions = [ListenerCondition.pathPatterns(['/api/*'])]

function importedListener(stack: Stack): IApplicationListener {
  const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')
  return ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
    listenerArn,
    securityGroup,
  })
}

function listenerOfApp(stack: Stack): ApplicationListener {
  const loadBalancer = new ApplicationLoadBalancer(stack, 'Mine', { vpc: vpcOf(stack) })
  return loadBalancer.addListener('Listener', {
    port: 8080,
    protocol: ApplicationProtocol.HTTP,
    defaultAction: ListenerAction.fixedResponse(404),
  })
}

it('gets a rule, and no load balancer is made', () => {
  const stack = createStack()
  const service = createService(stack, {
    listener: importedListener(stack),
    priority: 10,
    conditions,
  })
  const template = Template.fromStack(stack)
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0)
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
    ListenerArn: listenerArn,
    Priority: 10,
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }],
    Actions: [{ Type: 'forward', TargetGroupArn: { Ref: Match.anyValue() } }],
  })
  expect([service.loadBalancer, service.url]).toEqual([undefined, undefined])
  expect(template.findOutputs('*')).toEqual({})
})

it('names the load balancer in metrics even when it was imported', () => {
  const stack = createStack()
  const service = createService(stack, {
    listener: importedListener(stack),
    priority: 10,
    conditions,
  })
  expect(service.metricLambdaTargetProcessedBytes().dimensions).toEqual({
    LoadBalancer: 'app/parts/50dc6c495c0c9188',
  })
})

it('puts out the URL of a load balancer of this app', () => {
  const stack = createStack()
  createService(stack, { listener: listenerOfApp(stack), priority: 10, conditions })
  const dnsName = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'DNSName'] }
  const url = { 'Fn::Join': ['', ['http://', dnsName, ':8080']] }
  Template.fromStack(stack).hasOutput('*', { Value: url })
})

it('refuses a priority that another rule of the app has', () => {
  const stack = createStack()
  const listener = listenerOfApp(stack)
  createService(stack, { listener, priority: 10, conditions })
  listener.addAction('Other', {
    priority: 10,
    conditions,
    action: ListenerAction.fixedResponse(418),
  })
  expect(() => Template.fromStack(stack)).toThrow(
    'priority: Shop/Mine/Listener/OtherRule/Resource has priority 10 on the same listener. Give a free one.',
  )
})
