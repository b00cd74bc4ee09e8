import { Template } from 'aws-cdk-lib/assertions'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { Subnet } from 'aws-cdk-lib/aws-ec2'
import {
  IpAddressType,
  ListenerAction,
  ListenerCondition,
  MutualAuthenticationMode,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import {
  Alias,
  CfnPermission,
  Function as LambdaFunction,
  LayerVersion,
} from 'aws-cdk-lib/aws-lambda'
import { Size, type Stack } from 'aws-cdk-lib/core'
import {
  AlbConstructError,
  ApplicationLoadBalancedFunction,
  type ApplicationLoadBalancedFunctionProps as Props,
} from 'koa-alb-cdk'
import { describe, expect, it } from 'vitest'
import { createService, createStack, entry, functionOf, vpcOf } from './stack.ts'

/** Code and message of what refuses these props. */
function refused(props: Props | ((stack: Stack) => Props)): string[] {
  const stack = createStack()
  try {
    createService(stack, typeof props === 'function' ? props(stack) : props)
  } catch (error) {
    if (!(error instanceof AlbConstructError)) throw error
    expect(error.code).toBe(error.problems[0]?.code)
    return error.problems.map(({ code, message }) => `${code} ${message}`)
  }
  return []
}

const certificate = (stack: Stack) =>
  Certificate.fromCertificateArn(stack, 'Certificate', 'arn:certificate')

describe('of the function', () => {
  it.each<[string, Props]>([
    [
      'ALB_CDK_INVALID_VALUE functionName: a b is not possible. Give 1 to 64 letters, digits, hyphens and underscores.',
      { functionName: 'a b' },
    ],
    [
      'ALB_CDK_INVALID_VALUE ephemeralStorageSize: 256 is not possible. Give an integer, 512 to 10240 MiB.',
      { ephemeralStorageSize: Size.mebibytes(256) },
    ],
    [
      'ALB_CDK_INVALID_VALUE reservedConcurrentExecutions: -1 is not possible. Give an integer, 0 or more.',
      { reservedConcurrentExecutions: -1 },
    ],
    [
      'ALB_CDK_INVALID_VALUE reservedConcurrentExecutions: 1 is less than the 2 that are to be warm. Raise it.',
      { reservedConcurrentExecutions: 1, provisionedConcurrentExecutions: 2 },
    ],
    [
      'ALB_CDK_INVALID_VALUE aliasName: 12 is not possible. Give 1 to 128 letters, digits, hyphens and underscores, not digits alone.',
      { aliasName: '12' },
    ],
  ])('says %s', (message, props) => {
    expect(refused({ entry, ...props })).toEqual([message])
  })

  it('refuses a sixth layer', () => {
    const layers = (stack: Stack) =>
      ['1', '2', '3', '4', '5', '6'].map((version) =>
        LayerVersion.fromLayerVersionArn(stack, version, `arn:layer:${version}`),
      )
    expect(refused((stack) => ({ entry, layers: layers(stack) }))).toEqual([
      'ALB_CDK_TOO_MANY_VALUES layers: a function has at most 5, and these are 6. Merge some.',
    ])
  })

  it('refuses name and policy of an alias for a function without versions', () => {
    const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:parts'
    const imported = (stack: Stack) => LambdaFunction.fromFunctionArn(stack, 'Imported', arn)
    const more = { aliasName: 'served', resourcePolicy: true }
    expect(refused((stack) => ({ function: imported(stack), ...more }))).toEqual([
      'ALB_CDK_CONFLICTING_PROPS `aliasName`, `resourcePolicy`: needs a function whose versions this app publishes. `function` is an alias, a version or imported: set it where that is made, or pass the Function itself.',
    ])
  })
})

describe('of the alias', () => {
  const taken =
    'aliasName: Shop/Given has an alias live, Shop/Mine. Give another `aliasName`, or that alias as `function`.'

  it('refuses a name that the function has', () => {
    const withAlias = (stack: Stack) => {
      const given = functionOf(stack)
      new Alias(stack, 'Mine', { aliasName: 'live', version: given.currentVersion })
      return { function: given }
    }
    expect(refused(withAlias)).toEqual([`ALB_CDK_ALIAS_TAKEN ${taken}`])
  })

  it('refuses, at the synthesis, a name that another alias takes later', () => {
    const stack = createStack()
    const given = functionOf(stack)
    createService(stack, { function: given })
    new Alias(stack, 'Mine', { aliasName: 'live', version: given.currentVersion })
    expect(() => Template.fromStack(stack)).toThrow(`${taken} (ALB_CDK_ALIAS_TAKEN)`)
  })

  it('refuses a second construct on one function under the same name', () => {
    const stack = createStack()
    const given = { function: functionOf(stack), vpc: vpcOf(stack) }
    createService(stack, given)
    expect(() => new ApplicationLoadBalancedFunction(stack, 'Second', given)).toThrow(
      'aliasName: Shop/Given has an alias live, Shop/Service/Alias. Give another `aliasName`',
    )
  })

  it('refuses a permission beside the policy', () => {
    const stack = createStack()
    const { alias } = createService(stack, { resourcePolicy: true })
    new CfnPermission(stack, 'Other', {
      action: 'lambda:InvokeFunction',
      functionName: alias?.functionArn ?? '',
      principal: 'events.amazonaws.com',
    })
    expect(() => Template.fromStack(stack)).toThrow(
      'resourcePolicy: Shop/Other is a permission on the same alias, which the policy replaces. Leave one of them out. (ALB_CDK_PERMISSION_BESIDE_POLICY)',
    )
  })
})

describe('of the rule', () => {
  const defaultAction = ListenerAction.fixedResponse(404)
  const paths = (count: number) =>
    ListenerCondition.pathPatterns(Array.from({ length: count }, (_, index) => `/${index}`))
  const hosts = ListenerCondition.hostHeaders(['a.example.com', 'b.example.com'])

  it('takes five values, and refuses a sixth', () => {
    expect(refused({ defaultAction, conditions: [paths(3), hosts] })).toEqual([])
    expect(refused({ defaultAction, conditions: [paths(4), hosts] })).toEqual([
      'ALB_CDK_TOO_MANY_VALUES conditions: a rule has at most 5 values, and these are 6. Give the rest to a rule of its own.',
    ])
  })

  it('refuses a field that stands there twice', () => {
    expect(refused({ defaultAction, conditions: [paths(1), paths(1)] })).toEqual([
      'ALB_CDK_INVALID_VALUE conditions: path-pattern stands there more than once. Give its values in one condition.',
    ])
  })

  it('refuses a default action that leaves nothing to the function', () => {
    expect(refused({ defaultAction })).toEqual([
      "ALB_CDK_MISSING_PROP conditions: say which requests of the new load balancer go to the function, such as [ListenerCondition.pathPatterns(['/api/*'])].",
    ])
  })
})

describe('of the load balancer', () => {
  it.each<[string, Props]>([
    [
      'ALB_CDK_CONFLICTING_PROPS ipAddressType: only a public load balancer is without public IPv4. Give DUAL_STACK, or leave `publicLoadBalancer` out.',
      { ipAddressType: IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4, publicLoadBalancer: false },
    ],
    [
      "ALB_CDK_CONFLICTING_PROPS loadBalancerAttributes['idle_timeout.timeout_seconds']: there is the prop `idleTimeout` for it. Give that.",
      { loadBalancerAttributes: { 'idle_timeout.timeout_seconds': '5' } },
    ],
    [
      "ALB_CDK_INVALID_VALUE loadBalancerAttributes['routing.http2.enabled']: yes is not possible. Give one of true, false.",
      { loadBalancerAttributes: { 'routing.http2.enabled': 'yes' } },
    ],
    [
      "ALB_CDK_INVALID_VALUE loadBalancerAttributes['HTTP2']: it is no attribute. Give a name such as routing.http2.enabled.",
      { loadBalancerAttributes: { HTTP2: 'true' } },
    ],
    [
      'ALB_CDK_CONFLICTING_PROPS `mutualAuthentication`: needs HTTPS. Give `certificate` and leave `protocol` out.',
      { mutualAuthentication: { mutualAuthenticationMode: MutualAuthenticationMode.PASS_THROUGH } },
    ],
    [
      'ALB_CDK_CONFLICTING_PROPS authentication: needs HTTPS. Give `certificate`, or a `listener` with HTTPS.',
      { authentication: { jwt: { issuer: 'https://a', jwksEndpoint: 'https://a/keys' } } },
    ],
  ])('says %s', (message, props) => {
    expect(refused(props)).toEqual([message])
  })

  it('refuses subnets of one zone', () => {
    const subnets = (stack: Stack) => [
      Subnet.fromSubnetAttributes(stack, 'One', {
        subnetId: 's-1',
        availabilityZone: 'eu-central-1a',
      }),
    ]
    expect(refused((stack) => ({ vpcSubnets: { subnets: subnets(stack) } }))).toEqual([
      'ALB_CDK_INVALID_VALUE vpcSubnets: they are in eu-central-1a, and a load balancer needs two zones. Give more.',
    ])
  })

  it('refuses one certificate twice', () => {
    const twice = (stack: Stack) => {
      const one = certificate(stack)
      return { certificate: one, certificates: [one] }
    }
    expect(refused(twice)).toEqual([
      'ALB_CDK_INVALID_VALUE certificates: arn:certificate stands there twice, or is `certificate` as well. Give it once.',
    ])
  })

  it('refuses to verify clients without a trust store', () => {
    const mutualAuthentication = { mutualAuthenticationMode: MutualAuthenticationMode.VERIFY }
    expect(refused((stack) => ({ certificate: certificate(stack), mutualAuthentication }))).toEqual(
      ['ALB_CDK_MISSING_PROP mutualAuthentication.trustStore: give the certificates to verify by.'],
    )
  })

  it('refuses a token check over plain HTTP for its keys, and no way to sign in', () => {
    const jwt = { issuer: 'https://a', jwksEndpoint: 'http://a/keys' }
    expect(
      refused((stack) => ({ certificate: certificate(stack), authentication: { jwt } })),
    ).toEqual([
      'ALB_CDK_INVALID_VALUE authentication.jwt.jwksEndpoint: http://a/keys is no HTTPS URL. Give one such as https://login.example.com/.',
    ])
    expect(refused((stack) => ({ certificate: certificate(stack), authentication: {} }))).toEqual([
      'ALB_CDK_CONFLICTING_PROPS authentication: none of `oidc`, `cognito` and `jwt` is there. Give one.',
    ])
  })
})
