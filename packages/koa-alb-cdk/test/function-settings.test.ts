import { Match, Template } from 'aws-cdk-lib/assertions'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LayerVersion } from 'aws-cdk-lib/aws-lambda'
import { Size } from 'aws-cdk-lib/core'
import { ApplicationLoadBalancedFunction } from 'koa-alb-cdk'
import { expect, it } from 'vitest'
import { createService, createStack, entry, functionOf, templateOf, vpcOf } from './stack.ts'

const unbundled = { entry, bundling: { externalModules: ['*'] } }
const layerArn = 'arn:aws:lambda:eu-central-1:111122223333:layer:fonts:1'

it('takes name, size of /tmp and reserved environments', () => {
  templateOf({
    ...unbundled,
    functionName: 'parts-desk',
    ephemeralStorageSize: Size.gibibytes(2),
    reservedConcurrentExecutions: 20,
  }).hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'parts-desk',
    EphemeralStorage: { Size: 2048 },
    ReservedConcurrentExecutions: 20,
  })
})

it('may have no environment at all, which throttles everything', () => {
  templateOf({ ...unbundled, reservedConcurrentExecutions: 0 }).hasResourceProperties(
    'AWS::Lambda::Function',
    { ReservedConcurrentExecutions: 0 },
  )
})

it('mounts layers', () => {
  const stack = createStack()
  const layers = [LayerVersion.fromLayerVersionArn(stack, 'Fonts', layerArn)]
  createService(stack, { ...unbundled, layers })
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Layers: [layerArn] })
})

it('runs under a given role, which may then write the log as well', () => {
  const stack = createStack()
  const role = new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
  role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }))
  createService(stack, { ...unbundled, role })
  const template = Template.fromStack(stack)
  template.resourceCountIs('AWS::IAM::Role', 1)
  template.hasResourceProperties('AWS::Lambda::Function', {
    Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] },
  })
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Mine') }],
    PolicyDocument: {
      Statement: [
        {
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ServiceLog'), 'Arn'] },
        },
      ],
    },
  })
})

it('leaves an immutable role as it is', () => {
  const stack = createStack()
  const arn = 'arn:aws:iam::111122223333:role/parts'
  const role = Role.fromRoleArn(stack, 'Mine', arn, { mutable: false })
  createService(stack, { ...unbundled, role })
  const template = Template.fromStack(stack)
  template.resourceCountIs('AWS::IAM::Policy', 0)
  template.hasResourceProperties('AWS::Lambda::Function', { Role: arn })
})

it('registers the alias under the name that it is given', () => {
  const stack = createStack()
  const service = createService(stack, { aliasName: 'served' })
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', { Name: 'served' })
  expect(service.alias?.aliasName).toBe('served')
})

it('has two constructs on one function by two alias names', () => {
  const stack = createStack()
  const given = { function: functionOf(stack), vpc: vpcOf(stack) }
  createService(stack, given)
  new ApplicationLoadBalancedFunction(stack, 'Second', { ...given, aliasName: 'inside' })
  const aliases = Template.fromStack(stack).findResources('AWS::Lambda::Alias')
  expect(Object.values(aliases).map(({ Properties }) => Properties.Name)).toEqual([
    'live',
    'inside',
  ])
})

it('is permitted by a policy that is the whole one of the alias', () => {
  const template = templateOf({ resourcePolicy: true, targetGroupName: 'parts' })
  template.resourceCountIs('AWS::Lambda::Permission', 0)
  const alias = { Ref: Match.stringLikeRegexp('^ServiceAlias') }
  const source = ':elasticloadbalancing:eu-central-1:111122223333:targetgroup/parts/*'
  template.hasResourceProperties('AWS::Lambda::ResourcePolicy', {
    ResourceArn: alias,
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Principal: { Service: 'elasticloadbalancing.amazonaws.com' },
          Resource: alias,
          Condition: {
            StringEquals: { 'AWS:SourceAccount': '111122223333' },
            ArnLike: {
              'AWS:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, source]] },
            },
          },
        },
      ],
    },
  })
})

it('is registered after its policy, as after a permission', () => {
  templateOf({ resourcePolicy: true }).hasResource('AWS::ElasticLoadBalancingV2::TargetGroup', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ServiceResourcePolicy')]),
  })
})
