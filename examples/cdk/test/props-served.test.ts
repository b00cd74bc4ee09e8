import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Size, Stack } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { Vpc } from 'aws-cdk-lib/aws-ec2'
import {
  IpAddressType,
  ListenerAction,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import {
  ApplicationLoadBalancedFunction,
  type ApplicationLoadBalancedFunctionProps as Props,
} from 'koa-alb-cdk'
import { expect, it, onTestFinished } from 'vitest'
import { serveTemplate } from '../../cloudformation/test/serve-template.ts'

const path = ListenerCondition.pathPatterns(['/api/*'])

/** The folder that a stack with the construct and another one with its function are synthesized to. */
function synthesized(propsIn: (stack: Stack) => Props): string {
  const folder = mkdtempSync(join(tmpdir(), 'example-cdk-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const app = new App({ outdir: folder, builtinCloudFormationValidation: false })
  const functions = new Stack(app, 'Functions')
  const handler = new LambdaFunction(functions, 'Function', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(
      'exports.handler = async ({ path }) => ({ statusCode: 200, multiValueHeaders: {}, body: path })',
    ),
    ephemeralStorageSize: Size.gibibytes(1),
    reservedConcurrentExecutions: 5,
  })
  const shop = new Stack(app, 'Shop')
  new ApplicationLoadBalancedFunction(shop, 'Service', {
    function: handler,
    vpc: new Vpc(shop, 'Vpc', { natGateways: 0 }),
    ...propsIn(shop),
  })
  app.synth()
  return folder
}

/** Status and text under each path. */
async function answers(url: string, paths: readonly string[]): Promise<[number, string][]> {
  const responses = paths.map(async (path): Promise<[number, string]> => {
    const response = await fetch(url + path)
    return [response.status, await response.text()]
  })
  return Promise.all(responses)
}

it('serves the alias of another stack, under a default action and further attributes', async () => {
  const folder = synthesized(() => ({
    aliasName: 'served',
    ipAddressType: IpAddressType.DUAL_STACK,
    loadBalancerAttributes: { 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'true' },
    defaultAction: ListenerAction.fixedResponse(404, { messageBody: 'nothing here' }),
    conditions: [path],
  }))
  expect(await answers(await serveTemplate(folder).url(), ['/api/1', '/'])).toEqual([
    [200, '/api/1'],
    [404, 'nothing here'],
  ])
})

it('serves what a resource policy permits', async () => {
  const folder = synthesized(() => ({ resourcePolicy: true }))
  expect(await answers(await serveTemplate(folder).url(), ['/api/1'])).toEqual([[200, '/api/1']])
})

it('lets nobody pass whose token is missing', async () => {
  const folder = synthesized((stack) => ({
    certificate: Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-central-1:123456789012:certificate/1',
    ),
    redirectHTTP: false,
    authentication: { jwt: { issuer: 'https://a', jwksEndpoint: 'https://a/keys' } },
  }))
  const served = serveTemplate(folder, { args: ['--no-tls'] })
  const [[status] = []] = await answers(await served.url(), ['/api/1'])
  expect(status).toBe(401)
})
