import {
  Certificate,
  CertificateValidation,
  type ICertificate,
} from 'aws-cdk-lib/aws-certificatemanager'
import { Vpc } from 'aws-cdk-lib/aws-ec2'
import {
  ApplicationListener,
  ApplicationListenerRule,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type IApplicationListener,
  type IApplicationTargetGroup,
  ListenerAction,
  type ListenerCondition,
  SslPolicy,
  XffHeaderProcessingMode,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets'
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** What receives the requests. What an existing listener does not tell is undefined. */
export interface Frontend {
  listener: IApplicationListener
  loadBalancer: ApplicationLoadBalancer | undefined
  redirectListener: ApplicationListener | undefined
  url: string | undefined
}

/** A rule on the listener that the props name, or a new load balancer. */
export function createFrontend(
  scope: Construct,
  targetGroup: IApplicationTargetGroup,
  props: ApplicationLoadBalancedFunctionProps,
): Frontend {
  const { listener, priority, conditions } = props
  if (!listener) return createLoadBalancer(scope, targetGroup, props)
  new ApplicationListenerRule(scope, 'Rule', {
    listener,
    // Both have been checked: without them it would not be a rule.
    priority: priority as number,
    conditions: conditions as ListenerCondition[],
    action: ListenerAction.forward([targetGroup]),
  })
  const unknown = { loadBalancer: undefined, redirectListener: undefined, url: undefined }
  if (!(listener instanceof ApplicationListener)) return { ...unknown, listener }
  const { loadBalancer, protocol, port } = listener
  if (!(loadBalancer instanceof ApplicationLoadBalancer)) return { ...unknown, listener }
  const url = urlOf(protocol, loadBalancer.loadBalancerDnsName, port)
  return { ...unknown, listener, loadBalancer, url }
}

function createLoadBalancer(
  scope: Construct,
  targetGroup: IApplicationTargetGroup,
  props: ApplicationLoadBalancedFunctionProps,
): Frontend {
  const protocol = protocolOf(props)
  const secure = protocol === ApplicationProtocol.HTTPS
  const port = props.listenerPort ?? (secure ? 443 : 80)
  const open = props.openListener ?? true
  const loadBalancer = new ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc: props.vpc ?? Vpc.fromLookup(scope, 'Vpc', props.vpcLookup ?? {}),
    internetFacing: props.publicLoadBalancer ?? true,
    dropInvalidHeaderFields: props.dropInvalidHeaderFields ?? true,
    deletionProtection: props.deletionProtection ?? false,
    loadBalancerName: props.loadBalancerName,
    idleTimeout: props.idleTimeout,
    // Also as the default: a template without the attribute leaves the load balancer as it was.
    xffHeaderProcessingMode: XffHeaderProcessingMode.APPEND,
  })
  const listener = loadBalancer.addListener('Listener', {
    protocol,
    port,
    open,
    defaultTargetGroups: [targetGroup],
    certificates: secure ? [certificateOf(scope, props)] : undefined,
    sslPolicy: secure ? (props.sslPolicy ?? SslPolicy.RECOMMENDED_TLS) : undefined,
  })
  const redirects = secure && (props.redirectHTTP ?? true)
  const redirectListener = redirects
    ? loadBalancer.addRedirect({ open, targetPort: port, sourcePort: 80 })
    : undefined
  addAccessLogs(loadBalancer, props)
  addWebAcl(scope, loadBalancer, props)
  addRecord(scope, loadBalancer, props)
  const url = urlOf(protocol, props.domainName ?? loadBalancer.loadBalancerDnsName, port)
  return { listener, loadBalancer, redirectListener, url }
}

/** HTTPS as soon as there is a certificate, or a domain to issue one for. */
export function protocolOf(props: ApplicationLoadBalancedFunctionProps): ApplicationProtocol {
  const { protocol, certificate, domainName } = props
  const secure = certificate ?? domainName
  return protocol ?? (secure ? ApplicationProtocol.HTTPS : ApplicationProtocol.HTTP)
}

function certificateOf(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): ICertificate {
  const { certificate, domainName = '', domainZone } = props
  if (certificate) return certificate
  const validation = CertificateValidation.fromDns(domainZone)
  return new Certificate(scope, 'Certificate', { domainName, validation })
}

function addAccessLogs(
  loadBalancer: ApplicationLoadBalancer,
  { accessLogs }: ApplicationLoadBalancedFunctionProps,
): void {
  if (accessLogs) loadBalancer.logAccessLogs(accessLogs.bucket, accessLogs.prefix)
}

function addWebAcl(
  scope: Construct,
  { loadBalancerArn: resourceArn }: ApplicationLoadBalancer,
  { webAclArn }: ApplicationLoadBalancedFunctionProps,
): void {
  if (webAclArn) new CfnWebACLAssociation(scope, 'WebAcl', { resourceArn, webAclArn })
}

function addRecord(
  scope: Construct,
  loadBalancer: ApplicationLoadBalancer,
  { domainName, domainZone: zone }: ApplicationLoadBalancedFunctionProps,
): void {
  if (!domainName || !zone) return
  const target = RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer))
  // The trailing dot: a whole name, not one below the zone.
  new ARecord(scope, 'Record', { zone, recordName: `${domainName}.`, target })
}

function urlOf(protocol: ApplicationProtocol, host: string, port: number): string {
  const secure = protocol === ApplicationProtocol.HTTPS
  const usual = port === (secure ? 443 : 80)
  return `${secure ? 'https' : 'http'}://${host}${usual ? '' : `:${port}`}`
}
