import { Match, Template } from 'aws-cdk-lib/assertions'
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Duration } from 'aws-cdk-lib/core'
import { expect, it } from 'vitest'
import { createService, createStack, entry, templateOf, vpcOf } from './stack.ts'

const unbundled = { entry, bundling: { externalModules: ['*'] } }

it('runs Node 24 on arm64 with source maps unless told otherwise', () => {
  templateOf({ entry }).hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    MemorySize: 1024,
    Timeout: 30,
    Handler: 'src/lambda.handler',
    Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
    TracingConfig: Match.absent(),
    VpcConfig: Match.absent(),
  })
})

it('takes runtime, architecture, memory, timeout, environment and tracing', () => {
  const template = templateOf({
    ...unbundled,
    handler: 'serve',
    runtime: Runtime.NODEJS_22_X,
    architecture: Architecture.X86_64,
    memorySize: 512,
    timeout: Duration.seconds(900),
    environment: { NODE_OPTIONS: '', SESSION_KEY: 'secret' },
    tracing: Tracing.ACTIVE,
  })
  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs22.x',
    Architectures: ['x86_64'],
    MemorySize: 512,
    Timeout: 900,
    Handler: 'src/lambda.serve',
    Environment: { Variables: { NODE_OPTIONS: '', SESSION_KEY: 'secret' } },
    TracingConfig: { Mode: 'Active' },
  })
})

it('may write its own log and nothing else', () => {
  const template = templateOf(unbundled)
  const log = { 'Fn::GetAtt': [Match.stringLikeRegexp('ServiceLog'), 'Arn'] }
  template.resourceCountIs('AWS::IAM::Role', 1)
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() })
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: log },
      ],
    },
  })
})

it('keeps its log for three months, or for as long as told', () => {
  const usual = templateOf(unbundled)
  const shorter = templateOf({ ...unbundled, logRetention: RetentionDays.ONE_WEEK })
  usual.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 })
  shorter.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 })
})

it('joins a network when told, with the permission for that', () => {
  const stack = createStack()
  const vpc = vpcOf(stack)
  const group = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')
  const functionSubnets = { subnets: vpc.privateSubnets.slice(0, 1) }
  const props = { functionVpc: vpc, functionSubnets, functionSecurityGroups: [group] }
  createService(stack, { ...unbundled, ...props, vpc })
  const template = Template.fromStack(stack)
  template.hasResourceProperties('AWS::Lambda::Function', {
    VpcConfig: { SecurityGroupIds: ['sg-1'], SubnetIds: ['subnet-0123456789abcdef3'] },
  })
  const policy = [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':iam::aws:policy/service-role/AWSLambdaENIManagementAccess',
    ],
  ]
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: [{ 'Fn::Join': policy }] })
})

it('publishes each version under the alias live', () => {
  const version = { 'Fn::GetAtt': [Match.stringLikeRegexp('CurrentVersion'), 'Version'] }
  templateOf({}).hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'live',
    FunctionVersion: version,
    ProvisionedConcurrencyConfig: Match.absent(),
  })
})

it('keeps environments warm', () => {
  const template = templateOf({ provisionedConcurrentExecutions: 2 })
  template.hasResourceProperties('AWS::Lambda::Alias', {
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
  })
})

it('keeps as many environments warm as the load asks for', () => {
  const template = templateOf({ autoScaling: { minCapacity: 1, maxCapacity: 8 } })
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
    MinCapacity: 1,
    MaxCapacity: 8,
    ScalableDimension: 'lambda:function:ProvisionedConcurrency',
  })
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    TargetTrackingScalingPolicyConfiguration: {
      PredefinedMetricSpecification: {
        PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization',
      },
      TargetValue: 0.7,
    },
  })
})

it('takes the share of warm environments that is to be busy', () => {
  const autoScaling = { minCapacity: 1, maxCapacity: 8, utilizationTarget: 0.5 }
  templateOf({ autoScaling }).hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    TargetTrackingScalingPolicyConfiguration: { TargetValue: 0.5 },
  })
})

it('offers function and alias to whoever grants them something', () => {
  const { alias, function: target } = createService(createStack())
  expect(alias?.aliasName).toBe('live')
  expect(target.node.path).toBe('Shop/Given')
})
