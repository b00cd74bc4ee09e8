import { Template } from 'aws-cdk-lib/assertions'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { ApplicationListener, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Function as LambdaFunction, Tracing } from 'aws-cdk-lib/aws-lambda'
import { HostedZone } from 'aws-cdk-lib/aws-route53'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { NestedStack, Stack } from 'aws-cdk-lib/core'
import type { ApplicationLoadBalancedFunctionProps as Props } from 'koa-alb-cdk'
import { createService, createStack, entry, functionOf, vpcOf } from './stack.ts'

/** What has been deployed before, by name; each gives the templates of its stacks. */
export const shapes: Record<string, () => Template[]> = {
  'a given function and a new load balancer': () => [made(() => ({}))],
  'a bundled entry with all there was': () => [made(withEverything)],
  'a certificate': () => [
    made((stack) => ({
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:certificate'),
      provisionedConcurrentExecutions: 2,
    })),
  ],
  'a rule on a listener': () => [made(onListener)],
  'an imported function': () => [made(imported)],
  'a function of the parent of a nested stack': () => {
    const parent = createStack()
    const nested = new NestedStack(parent, 'Nested')
    createService(nested, { function: functionOf(parent) })
    return [Template.fromStack(parent), Template.fromStack(nested)]
  },
}

/** A function in a stack of its own, which is the first. */
export function twoStacks(props: Props = {}): [Stack, Stack] {
  const stack = createStack()
  const { account, region } = stack
  const functions = new Stack(stack.node.root, 'Functions', { env: { account, region } })
  createService(stack, { ...props, function: functionOf(functions) })
  return [functions, stack]
}

/** Type by logical id; a version's id without what is its code's and configuration's. */
export function logicalIds(template: Template): Record<string, string> {
  const { Resources }: { Resources: Record<string, { Type: string }> } = template.toJSON() as never
  return Object.fromEntries(
    Object.entries(Resources).map(([id, { Type }]) => [
      Type === 'AWS::Lambda::Version' ? id.replace(/[0-9a-f]{32}$/, '') : id,
      Type,
    ]),
  )
}

function made(propsIn: (stack: Stack) => Props): Template {
  const stack = createStack()
  createService(stack, propsIn(stack))
  return Template.fromStack(stack)
}

function withEverything(stack: Stack): Props {
  const vpc = vpcOf(stack)
  const zone = { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }
  return {
    entry,
    functionVpc: vpc,
    tracing: Tracing.ACTIVE,
    autoScaling: { minCapacity: 1, maxCapacity: 8 },
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    healthCheck: { path: '/healthz' },
    vpc,
    domainName: 'parts.example.com',
    domainZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', zone),
    accessLogs: { bucket: new Bucket(stack, 'Logs'), prefix: 'parts' },
    webAclArn: 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/parts/1',
    alarms: {},
    dashboard: true,
  }
}

function onListener(stack: Stack): Props {
  const listener = ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
    listenerArn:
      'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/parts/50dc6c495c0c9188/f2f7dc8efc522ab2',
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
  })
  return { listener, priority: 10, conditions: [ListenerCondition.pathPatterns(['/api/*'])] }
}

function imported(stack: Stack): Props {
  const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:parts'
  return { function: LambdaFunction.fromFunctionArn(stack, 'Imported', arn) }
}
