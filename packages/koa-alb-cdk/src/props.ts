import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager'
import type { ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ISecurityGroup, IVpc, SubnetSelection, VpcLookupOptions } from 'aws-cdk-lib/aws-ec2'
import type {
  ApplicationProtocol,
  HealthCheck,
  IApplicationListener,
  IpAddressType,
  ListenerAction,
  ListenerCondition,
  MutualAuthentication,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type {
  Architecture,
  IFunction,
  ILayerVersion,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { IHostedZone } from 'aws-cdk-lib/aws-route53'
import type { Duration, Size } from 'aws-cdk-lib/core'
import type {
  AccessLogsOptions,
  AlarmOptions,
  AuthenticationOptions,
  AutoScalingOptions,
  BundlingOptions,
} from './options.ts'

export interface ApplicationLoadBalancedFunctionProps {
  /** Path of the file that exports the handler: TypeScript or JavaScript. It or `function` is needed. */
  readonly entry?: string
  /** Name of the export. Default: `handler`. */
  readonly handler?: string
  /**
   * Files and folders to ship with the bundle, relative to the folder of the entry's package.json,
   * which is where they stay: a path relative to the entry leads to them as it did before.
   */
  readonly include?: readonly string[]
  /** How esbuild bundles the entry. */
  readonly bundling?: BundlingOptions
  /** A function that exists, or its alias or version, instead of `entry`. An alias is registered as it is. */
  readonly function?: IFunction
  /** Default: generated. */
  readonly functionName?: string
  /** Default: Node 24. */
  readonly runtime?: Runtime
  /** What else is mounted under /opt, at most 5. Default: none. */
  readonly layers?: ILayerVersion[]
  /** Default: arm64. */
  readonly architecture?: Architecture
  /** MB, 128 to 10,240. Default: 1,024. CPU grows with it, and so does the speed of a cold start. */
  readonly memorySize?: number
  /** At most 900 s. Default: 30 s. */
  readonly timeout?: Duration
  /** Size of `/tmp`, 512 to 10,240 MiB. Default: 512. */
  readonly ephemeralStorageSize?: Size
  /**
   * Environment variables. `NODE_OPTIONS` is `--enable-source-maps` unless set here, for which Node
   * reads the source map at each cold start: some 30 ms for a bundle of 1 MB.
   */
  readonly environment?: Readonly<Record<string, string>>
  /**
   * What the function may do. It gets the permission to write its log and, in a network, to make
   * interfaces, unless it is immutable. Default: a new one that may do that and nothing else.
   */
  readonly role?: IRole
  /** The function's network, only if it must reach something in there. The load balancer needs none. */
  readonly functionVpc?: IVpc
  /** Default: the private subnets of `functionVpc`. */
  readonly functionSubnets?: SubnetSelection
  /** Default: one that allows all outbound traffic. */
  readonly functionSecurityGroups?: ISecurityGroup[]
  /** How long the function's log is kept. Default: three months. */
  readonly logRetention?: RetentionDays
  /** X-Ray. Default: off. */
  readonly tracing?: Tracing
  /**
   * Environments at once, kept from other functions; 0 throttles every invocation. Default: what the
   * account has left.
   */
  readonly reservedConcurrentExecutions?: number
  /**
   * Name of the alias that is registered. Two constructs on one function need two. For a function of
   * another stack, the alias is made in that stack. Default: `live`.
   */
  readonly aliasName?: string
  /** Environments of the alias that are always warm. With `autoScaling`, leave it out. */
  readonly provisionedConcurrentExecutions?: number
  /** Provisioned concurrency that follows the load. */
  readonly autoScaling?: AutoScalingOptions
  /**
   * Shifts traffic to a new version step by step with CodeDeploy, and back when the target group's
   * 5xx or LambdaUserError alarm goes off. Default: all at once. Turn it on in a deployment of its
   * own: a new version in the same deployment would be shifted before its alarms exist.
   */
  readonly deploymentConfig?: ILambdaDeploymentConfig
  /**
   * Name of the target group, at most 32 characters. It must be known before the group exists,
   * because the permission names it. Default: from the stack's name and the construct's path.
   */
  readonly targetGroupName?: string
  /**
   * Whether an `AWS::Lambda::ResourcePolicy` on the alias permits the invocation, instead of an
   * `AWS::Lambda::Permission`. It is the whole policy of the alias. Needs a CDK that has it, as 2.276
   * does. Default: false.
   */
  readonly resourcePolicy?: boolean
  /**
   * Default: true, for a given function, too: what it answers with must then be `multiValueHeaders`,
   * as koa-alb does in either mode and some adapters never do. When off, of several request headers
   * or query parameters with one name only the last reaches the function.
   */
  readonly multiValueHeaders?: boolean
  /** Turned on by being given. Each check is an invocation, and is billed. Default: none. */
  readonly healthCheck?: HealthCheck
  /** A listener that exists, with `priority` and `conditions`, instead of a new load balancer. */
  readonly listener?: IApplicationListener
  /** Of the rule, 1 to 50,000. Needed with `listener`; with `defaultAction` by default 1. */
  readonly priority?: number
  /** Of the rule, with `listener` or `defaultAction`: which requests go to the function. At most 5 values. */
  readonly conditions?: ListenerCondition[]
  /**
   * What comes before the function: sign-in, or a token that is checked. Needs HTTPS. Health checks
   * pass by. Default: nothing.
   */
  readonly authentication?: AuthenticationOptions
  /** Network of the new load balancer. */
  readonly vpc?: IVpc
  /** Instead of `vpc`: looked up when the app is synthesized. */
  readonly vpcLookup?: VpcLookupOptions
  /** Subnets of the new load balancer, in two zones at least. Default: the public ones; private if internal. */
  readonly vpcSubnets?: SubnetSelection
  /** Of the new load balancer. Default: a new one. */
  readonly securityGroup?: ISecurityGroup
  /** Default: IPv4. With IPv6, its security group and `domainName` have it, too. */
  readonly ipAddressType?: IpAddressType
  /** Default: true. False makes the load balancer internal. */
  readonly publicLoadBalancer?: boolean
  /** Default: generated. */
  readonly loadBalancerName?: string
  /** Default: HTTPS with a certificate or a domain name, else HTTP. */
  readonly protocol?: ApplicationProtocol
  /** Default: 443 for HTTPS, 80 for HTTP. */
  readonly listenerPort?: number
  /** Default: true. False leaves it to you who may connect. */
  readonly openListener?: boolean
  /** For HTTPS. Default: one for `domainName` is issued and validated by DNS. */
  readonly certificate?: ICertificate
  /** Further ones, which clients get by the server name they ask for; the first is the default if there is no other. */
  readonly certificates?: ICertificate[]
  /** Client certificates, over HTTPS. Default: none are asked for. */
  readonly mutualAuthentication?: MutualAuthentication
  /** Default: `SslPolicy.RECOMMENDED_TLS`, which is TLS 1.3 and 1.2. */
  readonly sslPolicy?: SslPolicy
  /** What the new load balancer does with requests that do not meet `conditions`. Default: the function gets all. */
  readonly defaultAction?: ListenerAction
  /** Whether HTTP on port 80 is redirected to HTTPS. Default: true with HTTPS. */
  readonly redirectHTTP?: boolean
  /** Name under which clients reach the new load balancer. Needs `domainZone`. */
  readonly domainName?: string
  /** Zone in which `domainName` is recorded. */
  readonly domainZone?: IHostedZone
  /** Access logs in S3. Needs a stack with a region. Default: none. */
  readonly accessLogs?: AccessLogsOptions
  /** Connection logs in S3. Needs a stack with a region. Default: none. */
  readonly connectionLogs?: AccessLogsOptions
  /** Default: 60 s. */
  readonly idleTimeout?: Duration
  /** Default: true. False passes header names on that are neither letters, digits nor hyphens. */
  readonly dropInvalidHeaderFields?: boolean
  /** Further attributes of the new load balancer, such as `{ 'routing.http2.enabled': 'false' }`. */
  readonly loadBalancerAttributes?: Readonly<Record<string, string>>
  /**
   * Whether the load balancer, the new one or that of `listener`, may leave X-Forwarded-For to the
   * client, by the mode `preserve`. Then `req.socket.remoteAddress` is what the client says, unless
   * the handler has `clientAddress: 'none'`. Default: false.
   */
  readonly allowPreservedForwardedFor?: boolean
  /** Default: false. */
  readonly deletionProtection?: boolean
  /** ARN of a regional web ACL of AWS WAF. Default: none. */
  readonly webAclArn?: string
  /** Given, even empty, makes alarms on 5xx, LambdaUserError and LambdaInternalError. Default: none. */
  readonly alarms?: AlarmOptions
  /** Default: false. */
  readonly dashboard?: boolean
}
