import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, NestedStack, Stack } from 'aws-cdk-lib'
import { Vpc } from 'aws-cdk-lib/aws-ec2'
import {
  ApplicationListenerRule,
  ApplicationLoadBalancer,
  ApplicationTargetGroup,
  CfnListenerRule,
  ListenerAction,
  ListenerCertificate,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveTemplate } from '../../cloudformation/test/serve-template.ts'

const folder = mkdtempSync(join(tmpdir(), 'example-cdk-'))
beforeAll(synthesize, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** A target group with a function that answers with this text. */
function groupAnswering(scope: Construct, text: string): ApplicationTargetGroup {
  const code = `exports.handler = async () => ({ statusCode: 200, headers: {}, body: '${text}' })`
  const handler = new LambdaFunction(scope, 'Function', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(code),
  })
  return new ApplicationTargetGroup(scope, 'Group', { targets: [new LambdaTarget(handler)] })
}

/** One stack with a load balancer that redirects to HTTPS, one with a service and a nested stack. */
function synthesize(): void {
  const app = new App({ outdir: folder })
  const network = new Stack(app, 'Network')
  const balancer = new ApplicationLoadBalancer(network, 'Balancer', {
    vpc: new Vpc(network, 'Vpc', { natGateways: 0 }),
  })
  const toHttps = ListenerAction.redirect({ protocol: 'HTTPS', port: '443' })
  balancer.addListener('Http', { port: 80, defaultAction: toHttps })
  const arn = 'arn:aws:acm:eu-central-1:123456789012:certificate/1'
  const listener = balancer.addListener('Https', {
    port: 443,
    certificates: [ListenerCertificate.fromArn(arn)],
    defaultAction: ListenerAction.fixedResponse(404),
  })
  const service = new Stack(app, 'Shop')
  new ApplicationListenerRule(service, 'Rule', {
    listener,
    priority: 1,
    conditions: [ListenerCondition.pathPatterns(['/shop'])],
    targetGroups: [groupAnswering(service, 'shop')],
  })
  const nested = new NestedStack(service, 'Reports')
  new CfnListenerRule(nested, 'Rule', {
    listenerArn: listener.listenerArn,
    priority: 2,
    conditions: [{ field: 'path-pattern', values: ['/reports'] }],
    actions: [
      { type: 'forward', targetGroupArn: groupAnswering(nested, 'reports').targetGroupArn },
    ],
  })
  app.synth()
}

it('serves a shared listener with the services of other stacks, and follows its redirects', async () => {
  const served = serveTemplate(folder, { args: ['--no-tls'] })
  const url = await served.url()
  const answers = ['/shop', '/reports', '/'].map(async (path) => {
    const response = await fetch(url + path)
    return [response.status, response.url.startsWith(url), await response.text()]
  })
  expect(await Promise.all(answers)).toEqual([
    [200, false, 'shop'],
    [200, false, 'reports'],
    [404, false, ''],
  ])
})

it('serves one of the stacks with those that it needs', async () => {
  const served = serveTemplate(folder, { args: ['--no-tls', '--stack', 'Shop'] })
  expect(await (await fetch(`${await served.url()}/shop`)).text()).toBe('shop')
})
