export { type EndpointTargetOptions, endpointTarget } from './endpoint-target.ts'
export {
  type LambdaTarget,
  type LambdaTargetOptions,
  lambdaTarget,
} from './lambda/lambda-target.ts'
export { createLoadBalancer, type LoadBalancerOptions } from './load-balancer.ts'
export type { LogEntry } from './log.ts'
export type { LambdaErrorReason } from './refusal.ts'
export {
  type FunctionTargetOptions,
  functionTarget,
  type InvocationOutcome,
  type Target,
} from './target.ts'
export type { AlbEvent, LambdaContext, LambdaHandler } from './types.ts'
