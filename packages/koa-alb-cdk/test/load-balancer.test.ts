import { Match, Template } from 'aws-cdk-lib/assertions'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { ApplicationProtocol, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { HostedZone } from 'aws-cdk-lib/aws-route53'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { Duration, type Stack } from 'aws-cdk-lib/core'
import type { ApplicationLoadBalancedFunctionProps } from 'koa-alb-cdk'
import { expect, it } from 'vitest'
import { createService, createStack, templateOf } from './stack.ts'

const balancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
const listener = 'AWS::ElasticLoadBalancingV2::Listener'
const certificateArn = 'arn:aws:acm:eu-central-1:111122223333:certificate/1'
const attributes = (...pairs: [string, string][]) => ({
  LoadBalancerAttributes: Match.arrayWith(pairs.map(([Key, Value]) => ({ Key, Value }))),
})

/** The template of a load balancer with a certificate. */
function secured(props: ApplicationLoadBalancedFunctionProps = {}): Template {
  const stack = createStack()
  createService(stack, { certificate: certificateIn(stack), ...props })
  return Template.fromStack(stack)
}

function certificateIn(stack: Stack) {
  return Certificate.fromCertificateArn(stack, 'Given certificate', certificateArn)
}

it('is public, drops invalid header names and forwards everything over HTTP', () => {
  const template = templateOf({})
  template.hasResourceProperties(balancer, {
    Type: 'application',
    Scheme: 'internet-facing',
    Subnets: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    ...attributes(
      ['deletion_protection.enabled', 'false'],
      ['routing.http.drop_invalid_header_fields.enabled', 'true'],
    ),
  })
  template.resourceCountIs(listener, 1)
  template.hasResourceProperties(listener, {
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: Match.anyValue() } }],
  })
})

it('takes name, scheme and attributes', () => {
  const template = templateOf({
    publicLoadBalancer: false,
    loadBalancerName: 'parts',
    dropInvalidHeaderFields: false,
    deletionProtection: true,
    idleTimeout: Duration.seconds(120),
  })
  template.hasResourceProperties(balancer, {
    Name: 'parts',
    Scheme: 'internal',
    Subnets: ['subnet-0123456789abcdef3', 'subnet-0123456789abcdef4'],
    ...attributes(['deletion_protection.enabled', 'true'], ['idle_timeout.timeout_seconds', '120']),
  })
})

it('lets anyone connect, or whom you let', () => {
  const anyone = { CidrIp: '0.0.0.0/0', FromPort: 80, ToPort: 80, IpProtocol: 'tcp' }
  const group = 'AWS::EC2::SecurityGroup'
  templateOf({}).hasResourceProperties(group, { SecurityGroupIngress: [Match.objectLike(anyone)] })
  templateOf({ openListener: false }).hasResourceProperties(group, {
    SecurityGroupIngress: Match.absent(),
  })
})

it('listens to HTTPS with a certificate, and redirects HTTP to it', () => {
  const template = secured()
  template.resourceCountIs(listener, 2)
  template.hasResourceProperties(listener, {
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: certificateArn }],
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  })
  template.hasResourceProperties(listener, {
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [
      {
        Type: 'redirect',
        RedirectConfig: { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' },
      },
    ],
  })
})

it('takes port and TLS policy, and redirects nothing when told', () => {
  const template = secured({
    listenerPort: 8443,
    sslPolicy: SslPolicy.TLS13_13,
    redirectHTTP: false,
  })
  template.resourceCountIs(listener, 1)
  template.hasResourceProperties(listener, {
    Port: 8443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
  })
})

it('takes a protocol and another port than its usual one', () => {
  const template = templateOf({ protocol: ApplicationProtocol.HTTP, listenerPort: 8080 })
  template.hasResourceProperties(listener, { Port: 8080, Protocol: 'HTTP' })
})

it('has a domain name recorded and a certificate issued for it', () => {
  const stack = createStack()
  const domainZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z1',
    zoneName: 'example.com',
  })
  const { url } = createService(stack, { domainName: 'parts.example.com', domainZone })
  const template = Template.fromStack(stack)
  template.hasResourceProperties('AWS::Route53::RecordSet', {
    Name: 'parts.example.com.',
    Type: 'A',
    HostedZoneId: 'Z1',
  })
  template.hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: 'parts.example.com',
    ValidationMethod: 'DNS',
  })
  template.hasResourceProperties(listener, { Port: 443, Protocol: 'HTTPS' })
  expect(url).toBe('https://parts.example.com')
})

it('writes access logs', () => {
  const stack = createStack()
  const bucket = new Bucket(stack, 'Logs')
  createService(stack, { accessLogs: { bucket, prefix: 'parts' } })
  const template = Template.fromStack(stack)
  template.hasResourceProperties(
    balancer,
    attributes(['access_logs.s3.enabled', 'true'], ['access_logs.s3.prefix', 'parts']),
  )
  template.resourceCountIs('AWS::S3::BucketPolicy', 1)
})

it('is behind the web ACL', () => {
  const webAclArn = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/parts/1'
  templateOf({ webAclArn }).hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
    WebACLArn: webAclArn,
    ResourceArn: { Ref: Match.stringLikeRegexp('^ServiceLoadBalancer') },
  })
})

it('looks the network up', () => {
  const stack = createStack()
  createService(stack, { vpcLookup: { isDefault: true } })
  // What the CDK fills in until the look-up has been made.
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { VpcId: 'vpc-12345' })
})

it('puts out DNS name and URL', () => {
  const dnsName = { 'Fn::GetAtt': [Match.stringLikeRegexp('^ServiceLoadBalancer'), 'DNSName'] }
  const template = secured({ listenerPort: 8443 })
  template.hasOutput('*', { Value: dnsName })
  template.hasOutput('*', { Value: { 'Fn::Join': ['', ['https://', dnsName, ':8443']] } })
})
