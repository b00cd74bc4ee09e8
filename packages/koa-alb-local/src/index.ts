export type { SignedInUser } from './actions/authenticate.ts'
export type { KeySet } from './actions/jwt-validation.ts'
export type { ErrorReason, LambdaErrorReason } from './answer/refusal.ts'
export {
  type ApplicationLoadBalancer,
  createApplicationLoadBalancer,
  type ListedListener,
  type ListedTargetGroup,
  type ListenOptions,
} from './application-load-balancer.ts'
export type {
  ActionProperties,
  Attribute,
  CertificateProperties,
  ConditionProperties,
  ListenerCertificateProperties,
  ListenerProperties,
  ListenerRuleProperties,
  LoadBalancerProperties,
  TargetGroupProperties,
  TransformProperties,
} from './configuration/cloudformation.ts'
export type { ApplicationLoadBalancerOptions } from './configuration/configuration.ts'
export type { Certificate } from './connections/https.ts'
export type { ListedRule } from './connections/served-listener.ts'
export type { HealthChange, TargetHealth } from './health/target-health.ts'
export type {
  RecordedBody,
  RecordedExchange,
  RecordedRequest,
  RecordedResponse,
  RecordedText,
  Timing,
} from './inspection/recorded-exchange.ts'
export { Recorder, type RecorderOptions } from './inspection/recorder.ts'
export {
  type LambdaTarget,
  type LambdaTargetOptions,
  lambdaTarget,
} from './lambda/lambda-target.ts'
export { createLoadBalancer, type LoadBalancerOptions } from './load-balancer.ts'
export { formatAccessLog } from './log/access-log.ts'
export {
  type ConnectionEntry,
  type ConnectionFailure,
  formatConnectionLog,
} from './log/connection-log.ts'
export { formatHealthCheckLog, type HealthCheckEntry } from './log/health-check-log.ts'
export type { ExecutedAction, LogEntry } from './log/log.ts'
export type { MetricName, Metrics } from './log/metrics.ts'
export type { PassedOver } from './log/observation.ts'
export {
  ConfigurationError,
  type ConfigurationErrorCode,
} from './properties/configuration-error.ts'
export { type EndpointTargetOptions, endpointTarget } from './targets/endpoint-target.ts'
export { type FunctionTargetOptions, functionTarget } from './targets/function-target.ts'
export type { InvocationOutcome, Target } from './targets/target.ts'
export type { AlbEvent, LambdaContext, LambdaHandler } from './types.ts'
