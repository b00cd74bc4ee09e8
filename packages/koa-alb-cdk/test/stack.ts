import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Template } from 'aws-cdk-lib/assertions'
import { type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { App, Stack } from 'aws-cdk-lib/core'
import {
  ApplicationLoadBalancedFunction,
  type ApplicationLoadBalancedFunctionProps,
} from 'koa-alb-cdk'
import { onTestFinished } from 'vitest'

/** An entry whose package says "type": "module". */
export const entry = fileURLToPath(new URL('fixtures/module/src/lambda.ts', import.meta.url))

/** An empty stack with account and Region; what it is synthesized to goes when the test is over. */
export function createStack(stackName?: string): Stack {
  const outdir = mkdtempSync(join(tmpdir(), 'koa-alb-cdk-'))
  onTestFinished(() => rmSync(outdir, { recursive: true }))
  // The validation takes seconds: everything.test.ts has it.
  const app = new App({ outdir, treeMetadata: false, builtinCloudFormationValidation: false })
  const env = { account: '111122223333', region: 'eu-central-1' }
  return new Stack(app, 'Shop', { env, stackName })
}

export function vpcOf(stack: Stack, id = 'Vpc'): IVpc {
  return Vpc.fromVpcAttributes(stack, id, {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    publicSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    privateSubnetIds: ['subnet-0123456789abcdef3', 'subnet-0123456789abcdef4'],
  })
}

export function functionOf(stack: Stack): LambdaFunction {
  return new LambdaFunction(stack, 'Given', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 })'),
  })
}

/** The construct with a function that needs no bundling and a new load balancer, unless `props` say otherwise. */
export function createService(
  stack: Stack,
  props: ApplicationLoadBalancedFunctionProps = {},
): ApplicationLoadBalancedFunction {
  return new ApplicationLoadBalancedFunction(stack, 'Service', {
    ...(!props.entry && !props.function && { function: functionOf(stack) }),
    ...(!props.vpc && !props.listener && !props.vpcLookup && { vpc: vpcOf(stack) }),
    ...props,
  })
}

/** What the construct with these props adds to a stack. */
export function templateOf(props: ApplicationLoadBalancedFunctionProps): Template {
  const stack = createStack()
  createService(stack, props)
  return Template.fromStack(stack)
}
