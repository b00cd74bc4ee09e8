import {
  ApplicationListener,
  ApplicationProtocol,
  NetworkListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { Construct } from 'constructs'
import { authenticationProblems } from './check-authentication.ts'
import { loadBalancerProblems } from './check-load-balancer.ts'
import { ruleProblems } from './check-rule.ts'
import { conflict, type Problems, present } from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { protocolOf } from './protocol.ts'

/** What is wrong with the props of the listener or the new load balancer. */
export function listenerProblems(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): Problems {
  const { listener } = props
  const isPlain = listener
    ? listener instanceof ApplicationListener && listener.protocol === ApplicationProtocol.HTTP
    : protocolOf(props) === ApplicationProtocol.HTTP
  return [
    ...(listener ? givenListenerProblems(props) : loadBalancerProblems(scope, props)),
    ...ruleProblems(props),
    ...authenticationProblems(props, isPlain),
  ]
}

const ofNewLoadBalancer = [
  'vpc',
  'vpcLookup',
  'vpcSubnets',
  'securityGroup',
  'ipAddressType',
  'publicLoadBalancer',
  'loadBalancerName',
  'protocol',
  'listenerPort',
  'openListener',
  'certificate',
  'certificates',
  'mutualAuthentication',
  'sslPolicy',
  'redirectHTTP',
  'defaultAction',
  'domainName',
  'domainZone',
  'accessLogs',
  'connectionLogs',
  'idleTimeout',
  'dropInvalidHeaderFields',
  'loadBalancerAttributes',
  'deletionProtection',
  'webAclArn',
] as const

function givenListenerProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { listener } = props
  const surplus = present(props, ofNewLoadBalancer)
  const network =
    listener instanceof NetworkListener || /:listener\/net\//.test(listener?.listenerArn ?? '')
  return [
    network &&
      conflict(
        "listener: it is a Network Load Balancer's, which cannot invoke a function. Give a listener of an Application Load Balancer.",
      ),
    surplus &&
      conflict(
        `${surplus}: not with \`listener\`, whose load balancer has its own. Set it where that is made, or leave \`listener\` out for a new one.`,
      ),
  ]
}
