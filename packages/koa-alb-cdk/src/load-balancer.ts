import {
  Certificate,
  CertificateValidation,
  type ICertificate,
} from 'aws-cdk-lib/aws-certificatemanager'
import { Peer, Vpc } from 'aws-cdk-lib/aws-ec2'
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type BaseApplicationListenerProps,
  type IApplicationTargetGroup,
  IpAddressType,
  ListenerAction,
  SslPolicy,
  XffHeaderProcessingMode,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2'
import { Token, Tokenization } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { protocolOf, urlOf } from './protocol.ts'
import { addRecords } from './records.ts'

/** What a new load balancer has. */
export interface NewFrontend {
  listener: ApplicationListener
  loadBalancer: ApplicationLoadBalancer
  redirectListener: ApplicationListener | undefined
  url: string
}

/** A load balancer that takes the action for every request, unless there is another default action. */
export function createLoadBalancer(
  scope: Construct,
  targetGroup: IApplicationTargetGroup,
  action: ListenerAction,
  props: ApplicationLoadBalancedFunctionProps,
): NewFrontend {
  const protocol = protocolOf(props)
  const secure = protocol === ApplicationProtocol.HTTPS
  const port = props.listenerPort ?? (secure ? 443 : 80)
  const { defaultAction, authentication } = props
  const loadBalancer = newLoadBalancer(scope, props)
  const listener = addListener(loadBalancer, 'Listener', props, {
    protocol,
    port,
    ...(defaultAction || authentication
      ? { defaultAction: defaultAction ?? action }
      : { defaultTargetGroups: [targetGroup] }),
    certificates: secure ? certificatesOf(scope, props) : undefined,
    mutualAuthentication: props.mutualAuthentication,
    sslPolicy: secure ? (props.sslPolicy ?? SslPolicy.RECOMMENDED_TLS) : undefined,
  })
  const redirects = secure && (props.redirectHTTP ?? true)
  const redirectListener = redirects ? addRedirect(loadBalancer, port, props) : undefined
  addLogs(loadBalancer, props)
  addWebAcl(scope, loadBalancer, props)
  addRecords(scope, loadBalancer, props)
  const url = urlOf(protocol, props.domainName ?? loadBalancer.loadBalancerDnsName, port)
  return { listener, loadBalancer, redirectListener, url }
}

function newLoadBalancer(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): ApplicationLoadBalancer {
  const loadBalancer = new ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc: props.vpc ?? Vpc.fromLookup(scope, 'Vpc', props.vpcLookup ?? {}),
    vpcSubnets: props.vpcSubnets,
    securityGroup: props.securityGroup,
    ipAddressType: props.ipAddressType,
    internetFacing: props.publicLoadBalancer ?? true,
    dropInvalidHeaderFields: props.dropInvalidHeaderFields ?? true,
    deletionProtection: props.deletionProtection ?? false,
    loadBalancerName: props.loadBalancerName,
    idleTimeout: props.idleTimeout,
    // Also as the default: a template without the attribute leaves the load balancer as it was.
    xffHeaderProcessingMode: XffHeaderProcessingMode.APPEND,
  })
  for (const [key, value] of Object.entries(props.loadBalancerAttributes ?? {})) {
    loadBalancer.setAttribute(key, value)
  }
  return loadBalancer
}

/** The CDK writes the port into names and descriptions, where a token cannot stand. */
function addListener(
  loadBalancer: ApplicationLoadBalancer,
  id: string,
  { openListener: open = true, ipAddressType }: ApplicationLoadBalancedFunctionProps,
  props: BaseApplicationListenerProps,
): ApplicationListener {
  const isToken = Token.isUnresolved(props.port)
  const listener = loadBalancer.addListener(id, { ...props, open: open && !isToken })
  const description = `Allow from anyone on port ${isToken ? 'of the listener' : props.port}`
  if (!open) return listener
  if (isToken) listener.connections.allowDefaultPortFrom(Peer.anyIpv4(), description)
  // The CDK does this for some types only, and without public IPv4 only behind a feature flag.
  if (ipAddressType !== undefined && ipAddressType !== IpAddressType.IPV4) {
    listener.connections.allowDefaultPortFrom(Peer.anyIpv6(), description)
  }
  return listener
}

function addRedirect(
  loadBalancer: ApplicationLoadBalancer,
  port: number,
  props: ApplicationLoadBalancedFunctionProps,
): ApplicationListener {
  const isToken = Token.isUnresolved(port)
  return addListener(loadBalancer, `Redirect80To${isToken ? 'Listener' : port}`, props, {
    protocol: ApplicationProtocol.HTTP,
    port: 80,
    defaultAction: ListenerAction.redirect({
      port: Tokenization.stringifyNumber(port),
      protocol: ApplicationProtocol.HTTPS,
      permanent: true,
    }),
  })
}

/** The first is the listener's own. */
function certificatesOf(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): ICertificate[] {
  const { certificate, certificates = [], domainName, domainZone } = props
  if (certificate) return [certificate, ...certificates]
  if (!domainName) return certificates
  const validation = CertificateValidation.fromDns(domainZone)
  return [new Certificate(scope, 'Certificate', { domainName, validation }), ...certificates]
}

function addLogs(
  loadBalancer: ApplicationLoadBalancer,
  { accessLogs, connectionLogs }: ApplicationLoadBalancedFunctionProps,
): void {
  if (accessLogs) loadBalancer.logAccessLogs(accessLogs.bucket, accessLogs.prefix)
  if (connectionLogs) loadBalancer.logConnectionLogs(connectionLogs.bucket, connectionLogs.prefix)
}

function addWebAcl(
  scope: Construct,
  { loadBalancerArn: resourceArn }: ApplicationLoadBalancer,
  { webAclArn }: ApplicationLoadBalancedFunctionProps,
): void {
  if (webAclArn) new CfnWebACLAssociation(scope, 'WebAcl', { resourceArn, webAclArn })
}
