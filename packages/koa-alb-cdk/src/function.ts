import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Alias,
  Architecture,
  type IFunction,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { bundle } from './bundle.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** The function that the props name, or a new one with its bundled entry. */
export function createFunction(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): IFunction {
  if (props.function) return props.function
  const runtime = props.runtime ?? Runtime.NODEJS_24_X
  const logGroup = new LogGroup(scope, 'Log', {
    retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
  })
  return new NodejsFunction(scope, 'Function', {
    ...bundle(props.entry ?? '', runtime, props),
    runtime,
    architecture: props.architecture ?? Architecture.ARM_64,
    memorySize: props.memorySize ?? 1024,
    timeout: props.timeout ?? Duration.seconds(30),
    environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
    logGroup,
    role: createRole(scope, logGroup, props),
    tracing: props.tracing,
    vpc: props.functionVpc,
    vpcSubnets: props.functionSubnets,
    securityGroups: props.functionSecurityGroups,
  })
}

// The stock role may create and write every log group of the account; this one writes its own.
function createRole(
  scope: Construct,
  logGroup: LogGroup,
  { functionVpc }: ApplicationLoadBalancedFunctionProps,
): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  })
  logGroup.grantWrite(role)
  if (functionVpc) {
    role.addManagedPolicy(
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaENIManagementAccess'),
    )
  }
  return role
}

/** The alias `live`; none for an imported function, an alias or a version, which have no versions to publish. */
export function createAlias(
  scope: Construct,
  target: IFunction,
  props: ApplicationLoadBalancedFunctionProps,
): Alias | undefined {
  if (!(target instanceof LambdaFunction)) return undefined
  const alias = new Alias(scope, 'Alias', {
    aliasName: 'live',
    version: target.currentVersion,
    provisionedConcurrentExecutions: props.provisionedConcurrentExecutions,
  })
  if (props.autoScaling) {
    const { utilizationTarget = 0.7, ...capacity } = props.autoScaling
    alias.addAutoScaling(capacity).scaleOnUtilization({ utilizationTarget })
  }
  return alias
}
