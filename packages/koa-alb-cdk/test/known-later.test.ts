import { Template } from 'aws-cdk-lib/assertions'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { ApplicationListener, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { CfnParameter, type Stack } from 'aws-cdk-lib/core'
import { ApplicationLoadBalancedFunction } from 'koa-alb-cdk'
import { expect, it } from 'vitest'
import { createService, createStack, entry, functionOf } from './stack.ts'

const rule = 'AWS::ElasticLoadBalancingV2::ListenerRule'
const conditions = [ListenerCondition.pathPatterns(['/api/*'])]

/** A number that only the deployment knows. */
const parameter = (stack: Stack, id: string) =>
  new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber

function lookedUp(stack: Stack, id: string) {
  return ApplicationListener.fromLookup(stack, id, { loadBalancerTags: { id }, listenerPort: 443 })
}

it('has one priority on two listeners that are not looked up yet', () => {
  const stack = createStack()
  createService(stack, { listener: lookedUp(stack, 'one'), priority: 10, conditions })
  new ApplicationLoadBalancedFunction(stack, 'Second', {
    entry,
    bundling: { externalModules: ['*'] },
    listener: lookedUp(stack, 'two'),
    priority: 10,
    conditions,
  })
  Template.fromStack(stack).resourcePropertiesCountIs(rule, { Priority: 10 }, 2)
})

it('takes a priority as a parameter', () => {
  const stack = createStack()
  const priority = parameter(stack, 'Priority')
  createService(stack, { listener: lookedUp(stack, 'one'), priority, conditions })
  Template.fromStack(stack).hasResourceProperties(rule, { Priority: { Ref: 'Priority' } })
})

it('takes capacities as parameters', () => {
  const stack = createStack()
  createService(stack, {
    function: functionOf(stack),
    autoScaling: {
      minCapacity: parameter(stack, 'Least'),
      maxCapacity: parameter(stack, 'Most'),
    },
  })
  Template.fromStack(stack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
    MinCapacity: { Ref: 'Least' },
    MaxCapacity: { Ref: 'Most' },
  })
})

it('takes a port as a parameter, for the rules of its security group and the redirect, too', () => {
  const stack = createStack()
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:certificate')
  const { url } = createService(stack, { certificate, listenerPort: parameter(stack, 'Port') })
  const template = Template.fromStack(stack)
  const listener = 'AWS::ElasticLoadBalancingV2::Listener'
  const port = { Ref: 'Port' }
  template.hasResourceProperties(listener, { Port: port, Protocol: 'HTTPS' })
  template.hasResourceProperties(listener, {
    Port: 80,
    DefaultActions: [{ Type: 'redirect', RedirectConfig: { Port: port, Protocol: 'HTTPS' } }],
  })
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    CidrIp: '0.0.0.0/0',
    Description: 'Allow from anyone on port of the listener',
    FromPort: port,
    ToPort: port,
  })
  expect(stack.resolve(url)).toEqual({
    'Fn::Join': [
      '',
      [
        'https://',
        { 'Fn::GetAtt': [expect.stringMatching(/^ServiceLoadBalancer/), 'DNSName'] },
        ':',
        port,
      ],
    ],
  })
})
