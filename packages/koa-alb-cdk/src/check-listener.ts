import { ApplicationProtocol, NetworkListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Stack, Token } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { protocolOf } from './listener.ts'
import { type Problems, present, rangeProblem } from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** What is wrong with the props of the listener or the new load balancer. */
export function listenerProblems(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): Problems {
  if (props.listener) return givenListenerProblems(props)
  const ofRule = present(props, ['priority', 'conditions'])
  return [
    ofRule &&
      `${ofRule}: only with \`listener\`, which it is a rule of. A new load balancer forwards everything.`,
    ...networkProblems(scope, props),
    ...protocolProblems(props),
    ...attributeProblems(scope, props),
  ]
}

const ofNewLoadBalancer = [
  'vpc',
  'vpcLookup',
  'publicLoadBalancer',
  'loadBalancerName',
  'protocol',
  'listenerPort',
  'openListener',
  'certificate',
  'sslPolicy',
  'redirectHTTP',
  'domainName',
  'domainZone',
  'accessLogs',
  'idleTimeout',
  'dropInvalidHeaderFields',
  'deletionProtection',
  'webAclArn',
] as const

function givenListenerProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { listener, priority, conditions } = props
  const surplus = present(props, ofNewLoadBalancer)
  const network =
    listener instanceof NetworkListener || /:listener\/net\//.test(listener?.listenerArn ?? '')
  return [
    network &&
      "listener: it is a Network Load Balancer's, which cannot invoke a function. Give a listener of an Application Load Balancer.",
    surplus &&
      `${surplus}: not with \`listener\`, whose load balancer has its own. Set it where that is made, or leave \`listener\` out for a new one.`,
    priority === undefined &&
      'priority: give the place of the rule among those of `listener`, 1 to 50000, lowest first.',
    rangeProblem('priority', priority, 1, 50_000),
    !conditions?.length &&
      "conditions: say which requests of `listener` go to the function, such as [ListenerCondition.pathPatterns(['/api/*'])].",
  ]
}

function networkProblems(scope: Construct, props: ApplicationLoadBalancedFunctionProps): Problems {
  const { vpc, vpcLookup } = props
  const { account, region } = Stack.of(scope)
  const anywhere = Token.isUnresolved(account) || Token.isUnresolved(region)
  return [
    !vpc &&
      !vpcLookup &&
      'vpc: give the network of the new load balancer, or `vpcLookup`, or the `listener` of one that exists.',
    vpc && vpcLookup && 'vpcLookup: not with `vpc`. Leave one of them out.',
    vpcLookup &&
      anywhere &&
      'vpcLookup: give the stack an `env` with account and region, so that the CDK knows where to look.',
  ]
}

function protocolProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { protocol, certificate, domainName, domainZone, listenerPort, redirectHTTP } = props
  const secure = protocolOf(props) === ApplicationProtocol.HTTPS
  const ofHttps = present(props, ['certificate', 'sslPolicy'])
  return [
    protocol !== undefined &&
      protocol !== ApplicationProtocol.HTTP &&
      !secure &&
      `protocol: ${protocol} is none of an Application Load Balancer's. Give HTTP or HTTPS.`,
    secure &&
      !certificate &&
      !domainName &&
      'certificate: HTTPS needs one. Give `certificate`, or `domainName` and `domainZone` to have one issued.',
    !secure &&
      ofHttps &&
      `${ofHttps}: needs HTTPS. Give \`certificate\` and leave \`protocol\` out.`,
    !secure &&
      redirectHTTP &&
      'redirectHTTP: there is no HTTPS to redirect to. Give `certificate`.',
    (domainName === undefined) !== (domainZone === undefined) &&
      'domainName: give `domainName` and `domainZone`, the zone it is recorded in, both or neither.',
    rangeProblem('listenerPort', listenerPort, 1, 65_535),
    secure &&
      listenerPort === 80 &&
      redirectHTTP !== false &&
      'listenerPort: 80 is where HTTP is redirected from. Give another port, or `redirectHTTP: false`.',
  ]
}

function attributeProblems(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): Problems {
  const { accessLogs, idleTimeout, webAclArn } = props
  return [
    accessLogs &&
      Token.isUnresolved(Stack.of(scope).region) &&
      'accessLogs: give the stack an `env` with a region, because who writes the logs depends on it.',
    accessLogs?.bucket.encryptionKey &&
      "accessLogs.bucket: load balancers cannot write to a bucket with a KMS key. Give one with S3's own encryption.",
    idleTimeout &&
      !idleTimeout.isUnresolved() &&
      rangeProblem('idleTimeout', idleTimeout.toSeconds(), 1, 4000, 's'),
    webAclArn !== undefined &&
      !Token.isUnresolved(webAclArn) &&
      !/^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d+:regional\/webacl\//.test(webAclArn) &&
      `webAclArn: ${webAclArn} is not the ARN of a regional web ACL of WAFv2. Give one with the scope REGIONAL.`,
  ]
}
