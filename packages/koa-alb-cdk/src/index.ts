export { ApplicationLoadBalancedFunction } from './application-load-balanced-function.ts'
export type {
  AccessLogsOptions,
  AlarmOptions,
  ApplicationLoadBalancedFunctionProps,
  AutoScalingOptions,
  BundlingOptions,
} from './props.ts'
