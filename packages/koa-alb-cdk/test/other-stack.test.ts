import { Match, Template } from 'aws-cdk-lib/assertions'
import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { App, Stack } from 'aws-cdk-lib/core'
import { AlbConstructError } from 'koa-alb-cdk'
import { expect, it } from 'vitest'
import { twoStacks } from './shapes.ts'
import { createService, createStack } from './stack.ts'

const env = { account: '111122223333', region: 'eu-central-1' }
const alias = 'AWS::Lambda::Alias'

/** Function and service in two stacks, with that code. */
function deploymentOf(code: string): Stack[] {
  const stack = createStack()
  const functions = new Stack(stack.node.root, 'Functions', { env })
  const given = new LambdaFunction(functions, 'Given', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(code),
  })
  createService(stack, { function: given })
  return [functions, stack]
}

it('makes the alias where the function is, and registers what that stack exports', () => {
  const [functions, service] = twoStacks().map((stack) => Template.fromStack(stack))
  functions?.hasResourceProperties(alias, {
    Name: 'live',
    FunctionName: { Ref: 'GivenEA18D9CA' },
  })
  service?.resourceCountIs(alias, 0)
  const imported = { 'Fn::ImportValue': 'Functions:ExportsOutputRefGivenAliaslive469614A322301179' }
  service?.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Targets: [{ Id: imported }],
  })
  service?.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: imported })
})

it('changes neither an export nor the other stack when the code changes', () => {
  const [before, after] = ['exports.handler = 1', 'exports.handler = 2'].map(deploymentOf)
  const [functions, service] = [before, after].map((stacks) =>
    stacks?.map((stack) => Template.fromStack(stack).toJSON()),
  ) as [Record<string, object>[], Record<string, object>[]]
  expect(service[1]).toEqual(functions[1])
  expect(service[0]?.Outputs).toEqual(functions[0]?.Outputs)
  expect(service[0]?.Resources).not.toEqual(functions[0]?.Resources)
})

it('shifts and scales the alias in the stack of the function', () => {
  const [functions, service] = twoStacks({
    deploymentConfig: LambdaDeploymentConfig.ALL_AT_ONCE,
    autoScaling: { minCapacity: 1, maxCapacity: 2 },
  }).map((stack) => Template.fromStack(stack))
  functions?.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
    AlarmConfiguration: {
      Alarms: [
        { Name: 'Shop-Service-20577423-Target5xx' },
        { Name: 'Shop-Service-20577423-LambdaUserError' },
      ],
    },
  })
  functions?.hasResource(alias, {
    UpdatePolicy: { CodeDeployLambdaAliasUpdate: Match.anyValue() },
  })
  functions?.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 1)
  service?.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Shop-Service-20577423-Target5xx',
  })
})

it('refuses a function of another Region, which no load balancer here can invoke', () => {
  const stack = createStack()
  const elsewhere = new Stack(new App(), 'Elsewhere', { env: { ...env, region: 'us-east-1' } })
  const given = new LambdaFunction(elsewhere, 'Given', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = 1'),
  })
  const refused = thrownBy(() => createService(stack, { function: given }))
  expect(refused.code).toBe('ALB_CDK_OTHER_ENVIRONMENT')
  expect(refused.problems[0]?.message).toBe(
    'function: Elsewhere/Given is in 111122223333/us-east-1, and a load balancer of 111122223333/eu-central-1 invokes functions of its own account and Region alone. Give one from there.',
  )
})

function thrownBy(make: () => void): AlbConstructError {
  try {
    make()
  } catch (error) {
    if (error instanceof AlbConstructError) return error
  }
  throw new Error('not refused')
}
