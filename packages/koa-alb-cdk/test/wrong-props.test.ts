import { fileURLToPath } from 'node:url'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import {
  ApplicationListener,
  ApplicationProtocol,
  ListenerCondition,
  NetworkListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { HostedZone } from 'aws-cdk-lib/aws-route53'
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { App, Duration, Stack } from 'aws-cdk-lib/core'
import {
  ApplicationLoadBalancedFunction,
  type ApplicationLoadBalancedFunctionProps as Props,
} from 'koa-alb-cdk'
import { describe, expect, it } from 'vitest'
import { createStack, entry, functionOf, vpcOf } from './stack.ts'

const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener'
const fixture = fileURLToPath(new URL('fixtures/module', import.meta.url))

type PropsIn = (stack: Stack) => Props

/** What refuses these props, without the line that says whose they are. */
function refusal(propsIn: PropsIn, stack: Stack = createStack()): string[] {
  try {
    new ApplicationLoadBalancedFunction(stack, 'Service', propsIn(stack))
  } catch (error) {
    const [title, ...problems] = String(error).split('\n- ')
    expect(title).toBe('AlbConstructError: Wrong props of Shop/Service:')
    return problems
  }
  return []
}

const given: PropsIn = (stack) => ({ function: functionOf(stack), vpc: vpcOf(stack) })
const onListener: PropsIn = (stack) => ({
  function: functionOf(stack),
  listener: ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
    listenerArn: `${arn}/app/parts/1/2`,
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
  }),
  priority: 1,
  conditions: [ListenerCondition.pathPatterns(['/'])],
})
const plus =
  (props: PropsIn, more: Props): PropsIn =>
  (stack) => ({ ...props(stack), ...more })

it('accepts right props, and lists all that is wrong in others', () => {
  expect(refusal(given)).toEqual([])
  expect(refusal(onListener)).toEqual([])
  expect(refusal(() => ({}))).toEqual([
    'entry: give the path of the file that exports the handler, or `function`.',
    'vpc: give the network of the new load balancer, or `vpcLookup`, or the `listener` of one that exists.',
  ])
})

describe('of the function', () => {
  it.each<[Props, string]>([
    [
      { entry: 'lambda.py' },
      "entry: lambda.py is neither JavaScript nor TypeScript. Give the handler's source file.",
    ],
    [
      { entry: '/no/lambda.ts' },
      `entry: there is no /no/lambda.ts. Give a path that is absolute or relative to ${process.cwd()}.`,
    ],
    [
      { entry, include: ['assets', '../common'] },
      [
        `include: there is no assets in ${fixture}, the folder of the entry's package.json.`,
        `include: there is no ../common in ${fixture}, the folder of the entry's package.json.`,
      ].join('\n- '),
    ],
    [
      { entry, runtime: Runtime.PYTHON_3_13 },
      'runtime: python3.13 does not run Node. Give one such as Runtime.NODEJS_24_X.',
    ],
    [
      { entry, memorySize: 64 },
      'memorySize: 64 is not possible. Give an integer, 128 to 10240 MB.',
    ],
    [
      { entry, timeout: Duration.seconds(901) },
      'timeout: 901 is not possible. Give an integer, 1 to 900 s, which is what Lambda grants.',
    ],
    [
      { entry, functionSubnets: {} },
      '`functionSubnets`: needs `functionVpc`, the network that it belongs to.',
    ],
    [
      { entry, provisionedConcurrentExecutions: 0 },
      'provisionedConcurrentExecutions: 0 is not possible. Give an integer, 1 or more.',
    ],
    [
      {
        entry,
        provisionedConcurrentExecutions: 1,
        autoScaling: { minCapacity: 1, maxCapacity: 2 },
      },
      'provisionedConcurrentExecutions: not with `autoScaling`, which sets it. Give `autoScaling.minCapacity` instead.',
    ],
    [
      { entry, autoScaling: { minCapacity: 3, maxCapacity: 2 } },
      'autoScaling: minCapacity 3 is more than maxCapacity 2. Raise the latter.',
    ],
  ])('refuses %o', (props, problem) => {
    expect(refusal((stack) => ({ vpc: vpcOf(stack), ...props })).join('\n- ')).toBe(problem)
  })

  it('refuses what a given function has itself', () => {
    const props = plus(given, { entry, timeout: Duration.seconds(3) })
    expect(refusal(props)).toEqual([
      '`entry`, `timeout`: not with `function`, which has its own. Set it where that function is made, or give `entry` instead of `function`.',
    ])
  })

  it('refuses to shift or scale a function that was imported', () => {
    const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:parts'
    const props: PropsIn = (stack) => ({
      function: LambdaFunction.fromFunctionArn(stack, 'Imported', functionArn),
      vpc: vpcOf(stack),
      deploymentConfig: LambdaDeploymentConfig.ALL_AT_ONCE,
    })
    expect(refusal(props)).toEqual([
      '`deploymentConfig`: needs a function whose versions this app publishes. `function` is an alias, a version or imported: set it where that is made, or pass the Function itself.',
    ])
  })
})

describe('of the target group', () => {
  const name =
    'targetGroupName: give 1 to 32 letters, digits and hyphens, no hyphen at an end, not internal-…, and no token: the permission names the group before it exists.'
  it.each<[Props, string]>([
    [{ targetGroupName: 'a-name-of-thirty-three-characters' }, name],
    [{ targetGroupName: 'parts-' }, name],
    [{ targetGroupName: 'internal-parts' }, name],
    [
      { healthCheck: { path: 'healthz' } },
      'healthCheck.path: healthz does not begin with a slash. Give /healthz.',
    ],
    [
      { healthCheck: { path: '/', enabled: false } },
      'healthCheck: it has a path, but is not enabled. Leave `healthCheck` out for none.',
    ],
    [{ healthCheck: { port: '80' } }, 'healthCheck: a function has no `port`. Leave it out.'],
    [
      { healthCheck: { interval: Duration.seconds(301) } },
      'healthCheck.interval: 301 is not possible. Give an integer, 5 to 300 s.',
    ],
    [
      { healthCheck: { timeout: Duration.seconds(1) } },
      'healthCheck.timeout: 1 is not possible. Give an integer, 2 to 120 s.',
    ],
    [
      { healthCheck: { interval: Duration.seconds(30) } },
      'healthCheck.interval: 30 s is not longer than the timeout, 30 s. Give a shorter timeout.',
    ],
    [
      { healthCheck: { healthyThresholdCount: 1 } },
      'healthCheck.healthyThresholdCount: 1 is not possible. Give an integer, 2 to 10.',
    ],
    [
      { healthCheck: { unhealthyThresholdCount: 11 } },
      'healthCheck.unhealthyThresholdCount: 11 is not possible. Give an integer, 2 to 10.',
    ],
    [
      { healthCheck: { healthyHttpCodes: '500' } },
      'healthCheck.healthyHttpCodes: 500 is not possible. Give codes of 200 to 499, such as 200,204 or 200-299.',
    ],
    [
      { alarms: { threshold: 0 } },
      'alarms.threshold: 0 is not possible. Give an integer, 1 or more.',
    ],
  ])('refuses %o', (props, problem) => {
    expect(refusal(plus(given, props))).toEqual([problem])
  })
})

describe('of the load balancer', () => {
  it.each<[Props, string]>([
    [
      { priority: 1 },
      '`priority`: only with `listener`, which it is a rule of, or with `defaultAction`. A new load balancer forwards everything.',
    ],
    [{ vpcLookup: {} }, 'vpcLookup: not with `vpc`. Leave one of them out.'],
    [
      { protocol: ApplicationProtocol.HTTPS },
      'certificate: HTTPS needs one. Give `certificate`, or `domainName` and `domainZone` to have one issued.',
    ],
    [{ redirectHTTP: true }, 'redirectHTTP: there is no HTTPS to redirect to. Give `certificate`.'],
    [{ listenerPort: 65_536 }, 'listenerPort: 65536 is not possible. Give an integer, 1 to 65535.'],
    [
      { idleTimeout: Duration.seconds(4001) },
      'idleTimeout: 4001 is not possible. Give an integer, 1 to 4000 s.',
    ],
    [
      { webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/1' },
      'webAclArn: arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/1 is not the ARN of a regional web ACL of WAFv2. Give one with the scope REGIONAL.',
    ],
    [
      { domainName: 'parts.example.com' },
      'domainName: give `domainName` and `domainZone`, the zone it is recorded in, both or neither.',
    ],
  ])('refuses %o', (props, problem) => {
    expect(refusal(plus(given, props))).toEqual([problem])
  })

  it('refuses HTTP with a certificate, and a port that redirects to itself', () => {
    const secured =
      (more: Props): PropsIn =>
      (stack) => ({
        ...given(stack),
        certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:certificate'),
        ...more,
      })
    expect(refusal(secured({ protocol: ApplicationProtocol.HTTP }))).toEqual([
      '`certificate`: needs HTTPS. Give `certificate` and leave `protocol` out.',
    ])
    expect(refusal(secured({ listenerPort: 80 }))).toEqual([
      'listenerPort: 80 is where HTTP is redirected from. Give another port, or `redirectHTTP: false`.',
    ])
  })

  it('refuses a zone without a name', () => {
    const props: PropsIn = (stack) => ({
      ...given(stack),
      domainZone: HostedZone.fromHostedZoneId(stack, 'Zone', 'Z1'),
    })
    expect(refusal(props)).toHaveLength(1)
  })

  it('refuses look-ups and access logs in a stack that could be anywhere', () => {
    const props: PropsIn = (stack) => ({
      function: functionOf(stack),
      vpcLookup: {},
      accessLogs: { bucket: new Bucket(stack, 'Logs') },
    })
    expect(refusal(props, new Stack(new App(), 'Shop'))).toEqual([
      'vpcLookup: give the stack an `env` with account and region, so that the CDK knows where to look.',
      'accessLogs: give the stack an `env` with a region, because who writes the logs depends on it.',
    ])
  })

  it('refuses access logs in a bucket that load balancers cannot write to', () => {
    const props: PropsIn = (stack) => ({
      ...given(stack),
      accessLogs: { bucket: new Bucket(stack, 'Logs', { encryption: BucketEncryption.KMS }) },
    })
    expect(refusal(props)).toEqual([
      "accessLogs.bucket: load balancers cannot write to a bucket with a KMS key. Give one with S3's own encryption.",
    ])
  })
})

describe('of a listener that exists', () => {
  it('refuses what its load balancer has itself', () => {
    expect(refusal(plus(onListener, { deletionProtection: true }))).toEqual([
      '`deletionProtection`: not with `listener`, whose load balancer has its own. Set it where that is made, or leave `listener` out for a new one.',
    ])
  })

  it('refuses a rule without priority and conditions', () => {
    const props: PropsIn = (stack) => ({
      ...onListener(stack),
      priority: undefined,
      conditions: [],
    })
    expect(refusal(props)).toEqual([
      'priority: give the place of the rule among those of `listener`, 1 to 50000, lowest first.',
      "conditions: say which requests of `listener` go to the function, such as [ListenerCondition.pathPatterns(['/api/*'])].",
    ])
  })

  it('refuses a priority out of range', () => {
    expect(refusal(plus(onListener, { priority: 50_001 }))).toEqual([
      'priority: 50001 is not possible. Give an integer, 1 to 50000.',
    ])
  })

  it("refuses a Network Load Balancer's", () => {
    const props: PropsIn = (stack) => ({
      ...onListener(stack),
      // What JavaScript lets pass.
      listener: NetworkListener.fromNetworkListenerArn(
        stack,
        'Network',
        `${arn}/net/parts/1/2`,
      ) as never,
    })
    expect(refusal(props)).toEqual([
      "listener: it is a Network Load Balancer's, which cannot invoke a function. Give a listener of an Application Load Balancer.",
    ])
  })
})
