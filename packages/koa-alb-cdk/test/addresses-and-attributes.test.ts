import { Match, Template } from 'aws-cdk-lib/assertions'
import { SecurityGroup, Subnet } from 'aws-cdk-lib/aws-ec2'
import { IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { HostedZone } from 'aws-cdk-lib/aws-route53'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { describe, expect, it } from 'vitest'
import { createService, createStack, templateOf } from './stack.ts'

const balancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer'

/** Address types of the load balancer, sources that may connect, and kinds of DNS records. */
function addressesOf(ipAddressType?: IpAddressType) {
  const stack = createStack()
  const zone = { hostedZoneId: 'Z1', zoneName: 'example.com' }
  const domainZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', zone)
  createService(stack, { ipAddressType, domainName: 'parts.example.com', domainZone })
  const template = Template.fromStack(stack)
  const properties = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties)
  const [group] = properties('AWS::EC2::SecurityGroup')
  return {
    type: properties(balancer)[0].IpAddressType,
    sources: group.SecurityGroupIngress.map(
      ({ CidrIp = '', CidrIpv6 = '', FromPort }: Record<string, string>) =>
        `${CidrIp}${CidrIpv6} ${FromPort}`,
    ),
    records: properties('AWS::Route53::RecordSet').map(({ Type }) => Type),
  }
}

describe('the addresses', () => {
  it('are of IPv4 by default', () => {
    expect(addressesOf()).toEqual({
      type: undefined,
      sources: ['0.0.0.0/0 443', '0.0.0.0/0 80'],
      records: ['A'],
    })
  })

  it('are of both kinds, which may connect and are recorded', () => {
    expect(addressesOf(IpAddressType.DUAL_STACK)).toEqual({
      type: 'dualstack',
      sources: ['0.0.0.0/0 443', '::/0 443', '0.0.0.0/0 80', '::/0 80'],
      records: ['A', 'AAAA'],
    })
  })

  it('are recorded for IPv6 alone without public IPv4', () => {
    const { type, sources, records } = addressesOf(IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4)
    expect(type).toBe('dualstack-without-public-ipv4')
    expect(sources).toContain('::/0 443')
    expect(records).toEqual(['AAAA'])
  })
})

it('stands in the given subnets, behind the given security group', () => {
  const stack = createStack()
  const subnets = ['a', 'b'].map((zone) =>
    Subnet.fromSubnetAttributes(stack, zone, {
      subnetId: `subnet-${zone}`,
      availabilityZone: `eu-central-1${zone}`,
    }),
  )
  createService(stack, {
    vpcSubnets: { subnets },
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Mine', 'sg-1'),
  })
  const template = Template.fromStack(stack)
  template.hasResourceProperties(balancer, {
    Subnets: ['subnet-a', 'subnet-b'],
    SecurityGroups: ['sg-1'],
  })
  template.resourceCountIs('AWS::EC2::SecurityGroup', 0)
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    GroupId: 'sg-1',
    CidrIp: '0.0.0.0/0',
    FromPort: 80,
  })
})

it('takes further attributes', () => {
  templateOf({
    loadBalancerAttributes: {
      'routing.http2.enabled': 'false',
      'client_keep_alive.seconds': '600',
    },
  }).hasResourceProperties(balancer, {
    LoadBalancerAttributes: Match.arrayWith([
      { Key: 'routing.http2.enabled', Value: 'false' },
      { Key: 'client_keep_alive.seconds', Value: '600' },
    ]),
  })
})

it('writes connection logs', () => {
  const stack = createStack()
  createService(stack, { connectionLogs: { bucket: new Bucket(stack, 'Logs'), prefix: 'parts' } })
  Template.fromStack(stack).hasResourceProperties(balancer, {
    LoadBalancerAttributes: Match.arrayWith([
      { Key: 'connection_logs.s3.enabled', Value: 'true' },
      { Key: 'connection_logs.s3.bucket', Value: { Ref: Match.stringLikeRegexp('^Logs') } },
      { Key: 'connection_logs.s3.prefix', Value: 'parts' },
    ]),
  })
})
