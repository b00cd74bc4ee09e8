import {
  ApplicationProtocol,
  IpAddressType,
  type MutualAuthentication,
  MutualAuthenticationMode,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Stack, Token } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { attributeProblems } from './check-attributes.ts'
import {
  conflict,
  invalid,
  isKnown,
  missing,
  type Problems,
  present,
  rangeProblem,
} from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { protocolOf } from './protocol.ts'

/** What is wrong with the props of the new load balancer. */
export function loadBalancerProblems(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): Problems {
  return [
    ...networkProblems(scope, props),
    ...addressProblems(props),
    ...protocolProblems(props),
    ...certificateProblems(props),
    ...attributeProblems(scope, props),
  ]
}

function networkProblems(scope: Construct, props: ApplicationLoadBalancedFunctionProps): Problems {
  const { vpc, vpcLookup } = props
  const { account, region } = Stack.of(scope)
  const anywhere = Token.isUnresolved(account) || Token.isUnresolved(region)
  return [
    !vpc &&
      !vpcLookup &&
      missing(
        'vpc: give the network of the new load balancer, or `vpcLookup`, or the `listener` of one that exists.',
      ),
    vpc && vpcLookup && conflict('vpcLookup: not with `vpc`. Leave one of them out.'),
    vpcLookup &&
      anywhere &&
      missing(
        'vpcLookup: give the stack an `env` with account and region, so that the CDK knows where to look.',
      ),
    ...subnetProblems(props),
  ]
}

function subnetProblems({ vpc, vpcSubnets }: ApplicationLoadBalancedFunctionProps): Problems {
  if (!vpc || !vpcSubnets) return []
  try {
    const { availabilityZones, isPendingLookup } = vpc.selectSubnets(vpcSubnets)
    const zones = new Set(availabilityZones)
    if (isPendingLookup || availabilityZones.some((zone) => Token.isUnresolved(zone))) return []
    return [
      zones.size < 2 &&
        invalid(
          `vpcSubnets: they are in ${[...zones].join(', ') || 'no zone'}, and a load balancer needs two zones. Give more.`,
        ),
    ]
  } catch (error) {
    return [invalid(`vpcSubnets: ${error instanceof Error ? error.message : error}`)]
  }
}

function addressProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { ipAddressType, publicLoadBalancer, authentication } = props
  const withoutIPv4 = ipAddressType === IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4
  return [
    isKnown(ipAddressType) &&
      !Object.values(IpAddressType).includes(ipAddressType) &&
      invalid(
        `ipAddressType: ${ipAddressType} is not possible. Give IpAddressType.IPV4, DUAL_STACK or DUAL_STACK_WITHOUT_PUBLIC_IPV4.`,
      ),
    withoutIPv4 &&
      publicLoadBalancer === false &&
      conflict(
        'ipAddressType: only a public load balancer is without public IPv4. Give DUAL_STACK, or leave `publicLoadBalancer` out.',
      ),
    withoutIPv4 &&
      (authentication?.oidc || authentication?.cognito) &&
      conflict(
        'ipAddressType: load balancers reach identity providers over IPv4 alone, so without a public address each sign-in ends with 500. Give DUAL_STACK.',
      ),
  ]
}

function protocolProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { protocol, domainName, domainZone, listenerPort, redirectHTTP } = props
  const secure = protocolOf(props) === ApplicationProtocol.HTTPS
  const ofHttps = present(props, [
    'certificate',
    'certificates',
    'sslPolicy',
    'mutualAuthentication',
  ])
  return [
    protocol !== undefined &&
      protocol !== ApplicationProtocol.HTTP &&
      !secure &&
      invalid(
        `protocol: ${protocol} is none of an Application Load Balancer's. Give HTTP or HTTPS.`,
      ),
    !secure &&
      ofHttps &&
      conflict(`${ofHttps}: needs HTTPS. Give \`certificate\` and leave \`protocol\` out.`),
    !secure &&
      redirectHTTP &&
      conflict('redirectHTTP: there is no HTTPS to redirect to. Give `certificate`.'),
    (domainName === undefined) !== (domainZone === undefined) &&
      missing(
        'domainName: give `domainName` and `domainZone`, the zone it is recorded in, both or neither.',
      ),
    rangeProblem('listenerPort', listenerPort, 1, 65_535),
    secure &&
      listenerPort === 80 &&
      redirectHTTP !== false &&
      conflict(
        'listenerPort: 80 is where HTTP is redirected from. Give another port, or `redirectHTTP: false`.',
      ),
  ]
}

function certificateProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { certificate, certificates = [], domainName, mutualAuthentication } = props
  const secure = protocolOf(props) === ApplicationProtocol.HTTPS
  const arns = [certificate, ...certificates].flatMap((each) => each?.certificateArn ?? [])
  const twice = arns.find((arn, index) => arns.indexOf(arn) !== index)
  return [
    secure &&
      arns.length === 0 &&
      !domainName &&
      missing(
        'certificate: HTTPS needs one. Give `certificate`, or `domainName` and `domainZone` to have one issued.',
      ),
    twice !== undefined &&
      invalid(
        `certificates: ${Token.isUnresolved(twice) ? 'one' : twice} stands there twice, or is \`certificate\` as well. Give it once.`,
      ),
    ...(mutualAuthentication ? mutualProblems(mutualAuthentication) : []),
  ]
}

function mutualProblems(mutual: MutualAuthentication): Problems {
  const { mutualAuthenticationMode: mode, trustStore } = mutual
  const isVerified = mode === MutualAuthenticationMode.VERIFY
  const ofVerify = present(mutual, [
    'trustStore',
    'ignoreClientCertificateExpiry',
    'advertiseTrustStoreCaNames',
  ])
  return [
    mode === undefined &&
      missing(
        'mutualAuthentication.mutualAuthenticationMode: give VERIFY, with a `trustStore`, or PASS_THROUGH.',
      ),
    isKnown(mode) &&
      !Object.values(MutualAuthenticationMode).includes(mode) &&
      invalid(
        `mutualAuthentication.mutualAuthenticationMode: ${mode} is not possible. Give VERIFY, PASS_THROUGH or OFF.`,
      ),
    isVerified &&
      !trustStore &&
      missing('mutualAuthentication.trustStore: give the certificates to verify by.'),
    !isVerified && ofVerify && conflict(`mutualAuthentication: ${ofVerify} needs the mode VERIFY.`),
  ]
}
