import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager'
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch'
import type { ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ISecurityGroup, IVpc, SubnetSelection, VpcLookupOptions } from 'aws-cdk-lib/aws-ec2'
import type {
  ApplicationProtocol,
  HealthCheck,
  IApplicationListener,
  ListenerCondition,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import type { Architecture, IFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { IHostedZone } from 'aws-cdk-lib/aws-route53'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Duration } from 'aws-cdk-lib/core'

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
  /** Default: Node 24. */
  readonly runtime?: Runtime
  /** Default: arm64. */
  readonly architecture?: Architecture
  /** MB, 128 to 10,240. Default: 1,024. CPU grows with it, and so does the speed of a cold start. */
  readonly memorySize?: number
  /** At most 900 s. Default: 30 s. */
  readonly timeout?: Duration
  /**
   * Environment variables. `NODE_OPTIONS` is `--enable-source-maps` unless set here, for which Node
   * reads the source map at each cold start: some 30 ms for a bundle of 1 MB.
   */
  readonly environment?: Readonly<Record<string, string>>
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
   * Default: true. When off, of several request headers or query parameters with one name only the
   * last reaches the function.
   */
  readonly multiValueHeaders?: boolean
  /** Turned on by being given. Each check is an invocation, and is billed. Default: none. */
  readonly healthCheck?: HealthCheck
  /** A listener that exists, with `priority` and `conditions`, instead of a new load balancer. */
  readonly listener?: IApplicationListener
  /** Of the rule on `listener`, 1 to 50,000. */
  readonly priority?: number
  /** Of the rule on `listener`: which requests go to the function. */
  readonly conditions?: ListenerCondition[]
  /** Network of the new load balancer. */
  readonly vpc?: IVpc
  /** Instead of `vpc`: looked up when the app is synthesized. */
  readonly vpcLookup?: VpcLookupOptions
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
  /** Default: `SslPolicy.RECOMMENDED_TLS`, which is TLS 1.3 and 1.2. */
  readonly sslPolicy?: SslPolicy
  /** Whether HTTP on port 80 is redirected to HTTPS. Default: true with HTTPS. */
  readonly redirectHTTP?: boolean
  /** Name under which clients reach the new load balancer. Needs `domainZone`. */
  readonly domainName?: string
  /** Zone in which `domainName` is recorded. */
  readonly domainZone?: IHostedZone
  /** Access logs in S3. Needs a stack with a region. Default: none. */
  readonly accessLogs?: AccessLogsOptions
  /** Default: 60 s. */
  readonly idleTimeout?: Duration
  /** Default: true. False passes header names on that are neither letters, digits nor hyphens. */
  readonly dropInvalidHeaderFields?: boolean
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

export interface BundlingOptions {
  /** Default: true. */
  readonly minify?: boolean
  /** Default: true; without the sources' text, which stack traces do not need. */
  readonly sourceMap?: boolean
  /** Default: that of the entry, as Node would take it. */
  readonly format?: 'esm' | 'cjs'
  /** Left out of the bundle, besides the AWS SDK, which the runtime has. */
  readonly externalModules?: readonly string[]
  /** Identifiers to replace by a constant. */
  readonly define?: Readonly<Record<string, string>>
  /** esbuild's loader for a file extension, such as `{ '.sql': 'text' }`. */
  readonly loader?: Readonly<Record<string, string>>
}

export interface AutoScalingOptions {
  readonly minCapacity: number
  readonly maxCapacity: number
  /** Share of the provisioned environments that is to be busy, 0.1 to 0.9. Default: 0.7. */
  readonly utilizationTarget?: number
}

export interface AccessLogsOptions {
  /** Encrypted by S3's own keys: load balancers cannot write with KMS keys. */
  readonly bucket: IBucket
  /** Default: none. */
  readonly prefix?: string
}

export interface AlarmOptions {
  /** What happens when an alarm goes off, such as `new SnsAction(topic)`. Default: nothing. */
  readonly actions?: readonly IAlarmAction[]
  /** Errors within a minute at which an alarm goes off. Default: 1. */
  readonly threshold?: number
}
