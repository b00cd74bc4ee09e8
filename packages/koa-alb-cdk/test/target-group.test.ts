import { Match, Template } from 'aws-cdk-lib/assertions'
import { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Duration, NestedStack } from 'aws-cdk-lib/core'
import { expect, it } from 'vitest'
import { createService, createStack, functionOf, templateOf } from './stack.ts'

const group = 'AWS::ElasticLoadBalancingV2::TargetGroup'
const alias = { Ref: Match.stringLikeRegexp('^ServiceAlias') }

it('registers the alias', () => {
  templateOf({}).hasResourceProperties(group, { TargetType: 'lambda', Targets: [{ Id: alias }] })
})

it('lets that target group alone invoke the alias', () => {
  const template = templateOf({ targetGroupName: 'parts-desk' })
  template.resourceCountIs('AWS::Lambda::Permission', 1)
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: alias,
    Principal: 'elasticloadbalancing.amazonaws.com',
    SourceAccount: '111122223333',
    SourceArn: {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':elasticloadbalancing:eu-central-1:111122223333:targetgroup/parts-desk/*',
        ],
      ],
    },
  })
  template.hasResourceProperties(group, { Name: 'parts-desk' })
})

it('has the permission before it registers', () => {
  const [permission] = Object.keys(templateOf({}).findResources('AWS::Lambda::Permission'))
  templateOf({}).hasResource(group, { DependsOn: [permission] })
})

it('has multi-value headers on unless told otherwise, and off in so many words', () => {
  const attribute = (Value: string) => ({
    TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value }],
  })
  templateOf({}).hasResourceProperties(group, attribute('true'))
  templateOf({ multiValueHeaders: false }).hasResourceProperties(group, attribute('false'))
})

it('checks no health unless told', () => {
  templateOf({}).hasResourceProperties(group, { HealthCheckEnabled: Match.absent() })
})

it('really checks the health when given a path', () => {
  templateOf({ healthCheck: { path: '/healthz' } }).hasResourceProperties(group, {
    HealthCheckEnabled: true,
    HealthCheckPath: '/healthz',
  })
})

it('takes everything that a health check has', () => {
  const healthCheck = {
    path: '/',
    interval: Duration.seconds(60),
    timeout: Duration.seconds(10),
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 3,
    healthyHttpCodes: '200-299',
  }
  templateOf({ healthCheck }).hasResourceProperties(group, {
    HealthCheckIntervalSeconds: 60,
    HealthCheckTimeoutSeconds: 10,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 3,
    Matcher: { HttpCode: '200-299' },
  })
})

it('registers a given alias as it is', () => {
  const stack = createStack()
  const given = functionOf(stack)
  const mine = new Alias(stack, 'Mine', { aliasName: 'mine', version: given.currentVersion })
  expect(createService(stack, { function: mine }).alias).toBeUndefined()
  const template = Template.fromStack(stack)
  template.resourceCountIs('AWS::Lambda::Alias', 1)
  template.hasResourceProperties(group, {
    Targets: [{ Id: { Ref: Match.stringLikeRegexp('Mine') } }],
  })
})

it('registers an imported function as it is, and permits that as well', () => {
  const stack = createStack()
  const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:parts'
  createService(stack, { function: LambdaFunction.fromFunctionArn(stack, 'Imported', arn) })
  const template = Template.fromStack(stack)
  template.hasResourceProperties(group, { Targets: [{ Id: arn }] })
  template.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: arn })
})

it('names groups by stack and construct, no two alike', () => {
  const long = 'a-stack-with-a-very-long-name'
  const names = [
    createStack(),
    createStack(long),
    new NestedStack(createStack(), 'Nested'),
    new NestedStack(createStack(long), 'Nested'),
  ].map((stack) => {
    createService(stack)
    const [resource] = Object.values(Template.fromStack(stack).findResources(group))
    return resource?.Properties.Name
  })
  expect(names).toEqual([
    'Shop-Service-20577423',
    'a-stack-with-a-very-lon-04062569',
    'Shop-Service-87522dd5',
    'a-stack-with-a-very-lon-6b4cb620',
  ])
})
