import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import { Tracing } from 'aws-cdk-lib/aws-lambda'
import { HostedZone } from 'aws-cdk-lib/aws-route53'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { App, Stack } from 'aws-cdk-lib/core'
import { AwsSolutionsChecks } from 'cdk-nag'
import { ApplicationLoadBalancedFunction } from 'koa-alb-cdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { entry, vpcOf } from './stack.ts'

const outdir = mkdtempSync(join(tmpdir(), 'koa-alb-cdk-'))
interface Resource {
  Type: string
  Metadata?: object
}

let app: App
let stack: Stack
let resources: Record<string, Resource>

afterAll(() => rmSync(outdir, { recursive: true }))

// All at once, because the CDK's validation against CloudFormation's schemas takes seconds.
beforeAll(() => {
  const context = { '@aws-cdk/core:strictCfnValidateErrors': true }
  app = new App({ outdir, context })
  stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } })
  const vpc = vpcOf(stack)
  const zone = { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }
  new ApplicationLoadBalancedFunction(stack, 'Service', {
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
    deletionProtection: true,
    webAclArn: 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/parts/1',
    alarms: { actions: [new SnsAction(new Topic(stack, 'Pager'))] },
    dashboard: true,
  })
  resources = app.synth().getStackByName('Shop').template.Resources
}, 180_000)

it('passes the validation against the schemas of CloudFormation', () => {
  // Synthesis has thrown if not.
  expect(Object.values(resources).map(({ Type }) => Type)).toContain('AWS::Lambda::Permission')
})

it('has no resource that waits for itself, update policies counted', () => {
  expect(circle(resources)).toEqual([])
})

it('gives cdk-nag nothing to ask about but these', () => {
  const { violations } = new AwsSolutionsChecks(app).validateScope(stack.node.findChild('Service'))
  expect(violations.map(({ ruleName }) => ruleName)).toEqual([
    // Only in a network: Lambda makes network interfaces that do not exist yet.
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaENIManagementAccess]',
    // Only with tracing: X-Ray has no resources to name.
    'AwsSolutions-IAM5[Resource::*]',
    // Only when the listener is open to everyone.
    'AwsSolutions-EC23',
    // Only with a canary: the CDK gives each deployment group this policy.
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
  ])
})

/** The logical ids of resources that depend on each other in a circle; none if there is no circle. */
function circle(all: Record<string, Resource>): string[] {
  let left = Object.keys(all)
  for (let before = -1; before !== left.length; ) {
    before = left.length
    left = left.filter((id) => dependencies(all[id] as Resource, left).length > 0)
  }
  return left
}

function dependencies({ Metadata: _, ...resource }: Resource, among: string[]): string[] {
  const references = new Set<unknown>()
  JSON.stringify(resource, (key, value) => {
    const found = ['Ref', 'DependsOn'].includes(key) ? [value].flat() : []
    const attribute = key === 'Fn::GetAtt' ? [value[0]] : []
    const inText = key === 'Fn::Sub' ? [[value].flat()[0].match(/(?<=\$\{)\w+/g)].flat() : []
    for (const id of [...found, ...attribute, ...inText]) references.add(id)
    return value
  })
  return among.filter((id) => references.has(id))
}
