export { ApplicationLoadBalancedFunction } from './application-load-balanced-function.ts'
export { AlbConstructError, type AlbConstructErrorCode, type Problem } from './errors.ts'
export type {
  AccessLogsOptions,
  AlarmOptions,
  AuthenticationOptions,
  AutoScalingOptions,
  BundlingOptions,
  JwtClaim,
  JwtOptions,
} from './options.ts'
export type { ApplicationLoadBalancedFunctionProps } from './props.ts'
