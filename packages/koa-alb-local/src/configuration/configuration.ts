import type { SignedInUser } from '../actions/authenticate.ts'
import type { KeySet } from '../actions/jwt-validation.ts'
import type { Certificate } from '../connections/https.ts'
import type { HealthChange } from '../health/target-health.ts'
import type { Recorder } from '../inspection/recorder.ts'
import type { ConnectionEntry } from '../log/connection-log.ts'
import type { HealthCheckEntry } from '../log/health-check-log.ts'
import type { LogEntry } from '../log/log.ts'
import type { Target } from '../targets/target.ts'
import type { LambdaHandler } from '../types.ts'
import type {
  ListenerCertificateProperties,
  ListenerProperties,
  ListenerRuleProperties,
  LoadBalancerProperties,
  TargetGroupProperties,
} from './cloudformation.ts'

/** A load balancer in the property shapes of CloudFormation, and what stands in for AWS here. */
export interface ApplicationLoadBalancerOptions {
  /** Name and attributes. Default: the attributes AWS has by default. */
  loadBalancer?: LoadBalancerProperties
  /** Listeners by name; rules and certificates refer to them by it, as `ListenerArn`. */
  listeners: Record<string, ListenerProperties>
  /** Rules by name. The name only shows in errors; the order is that of their priorities. */
  listenerRules?: Record<string, ListenerRuleProperties>
  /** Further certificates for listeners. */
  listenerCertificates?: Record<string, ListenerCertificateProperties>
  /** Target groups by name; actions refer to them by it, as `TargetGroupArn`. */
  targetGroups?: Record<string, TargetGroupProperties>
  /** Handlers, called in this process, and targets, by the `Id` that target groups register. */
  targets?: Record<string, LambdaHandler | Target>
  /**
   * The servers that stand for the targets of a group of type `ip` or `instance`, by the name of the
   * group: one URL or several. A group without one answers 503.
   */
  servers?: Record<string, string | readonly string[]>
  /** Certificates as PEM by their ARN or any other name that listeners give. */
  certificates?: Record<string, Certificate>
  /** Certificates of authorities as PEM by `TrustStoreArn`, for `MutualAuthentication`. */
  trustStores?: Record<string, string>
  /** Who is signed in, by the issuer of the provider; null for nobody. */
  users?: Record<string, SignedInUser | null>
  /** The key sets of `jwt-validation` by `JwksEndpoint`: nothing is fetched. */
  keySets?: Record<string, KeySet>
  /** The key that signs `x-amzn-oidc-data`: P-256, PKCS 8 as PEM. Default: a new one. */
  identityKey?: string
  /** As in `createLoadBalancer`, for every target group. Default false. */
  reverseRepeatedHeaders?: boolean
  /** As in `createLoadBalancer`, for every target group. Default false. */
  emptyBodyIsBase64Encoded?: boolean
  /**
   * False lets HTTPS listeners speak plain HTTP/1, while functions and rules see HTTPS all the same.
   * Default true.
   */
  tls?: boolean
  /** Called once per exchange, when it is over. Default: failed invocations on stderr. */
  log?: (entry: LogEntry) => void
  /** Keeps the last exchanges, to be looked into. Default: nothing is kept. */
  recorder?: Recorder
  /** Called when the health of a target changes. Default: one line on stderr. */
  logHealth?: (change: HealthChange) => void
  /** Called once per connection, when it is established or failed to be. Default: nothing is logged. */
  logConnection?: (entry: ConnectionEntry) => void
  /** Called once per health check, when it is over. Default: nothing is logged. */
  logHealthCheck?: (entry: HealthCheckEntry) => void
}
