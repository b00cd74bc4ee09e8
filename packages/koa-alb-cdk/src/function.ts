import {
  type IRole,
  ManagedPolicy,
  Policy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam'
import { Architecture, type IFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
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
    functionName: props.functionName,
    runtime,
    layers: props.layers,
    architecture: props.architecture ?? Architecture.ARM_64,
    memorySize: props.memorySize ?? 1024,
    ephemeralStorageSize: props.ephemeralStorageSize,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
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
  { functionVpc, role: given }: ApplicationLoadBalancedFunctionProps,
): IRole {
  const role = given ?? newRole(scope, logGroup)
  if (given) {
    // A policy of this stack: one of the role's stack would make the two wait for each other.
    const actions = ['logs:CreateLogStream', 'logs:PutLogEvents']
    const statements = [new PolicyStatement({ actions, resources: [logGroup.logGroupArn] })]
    role.attachInlinePolicy(new Policy(scope, 'LogPolicy', { statements }))
  }
  if (functionVpc) {
    role.addManagedPolicy(
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaENIManagementAccess'),
    )
  }
  return role
}

function newRole(scope: Construct, logGroup: LogGroup): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  })
  logGroup.grantWrite(role)
  return role
}
