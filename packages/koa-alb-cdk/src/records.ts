import { type ApplicationLoadBalancer, IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { AaaaRecord, ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets'
import type { Construct } from 'constructs'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** Under the domain name, if there is one, the addresses that the load balancer has. */
export function addRecords(
  scope: Construct,
  loadBalancer: ApplicationLoadBalancer,
  props: ApplicationLoadBalancedFunctionProps,
): void {
  const { domainName, domainZone: zone, ipAddressType = IpAddressType.IPV4 } = props
  if (!domainName || !zone) return
  const target = RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer))
  // The trailing dot: a whole name, not one below the zone.
  const record = { zone, recordName: `${domainName}.`, target }
  if (ipAddressType !== IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4) {
    new ARecord(scope, 'Record', record)
  }
  if (ipAddressType !== IpAddressType.IPV4) new AaaaRecord(scope, 'RecordV6', record)
}
