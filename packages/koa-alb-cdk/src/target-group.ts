import { createHash } from 'node:crypto'
import { ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import { Stack, Token } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** A target group with the function in it, which that group alone may invoke. */
export function createTargetGroup(
  scope: Construct,
  functionArn: string,
  targetGroupName: string,
  { multiValueHeaders = true, healthCheck, resourcePolicy }: ApplicationLoadBalancedFunctionProps,
): ApplicationTargetGroup {
  const permission = resourcePolicy
    ? createResourcePolicy(scope, functionArn, targetGroupName)
    : createPermission(scope, functionArn, targetGroupName)
  const targetGroup = new ApplicationTargetGroup(scope, 'TargetGroup', {
    targetGroupName,
    targetType: TargetType.LAMBDA,
    // LambdaTarget would add a permission without SourceArn and SourceAccount.
    targets: [
      {
        attachToApplicationTargetGroup: () => ({
          targetType: TargetType.LAMBDA,
          targetJson: { id: functionArn },
        }),
      },
    ],
    // A path alone leaves the checks of a Lambda target group off.
    healthCheck: healthCheck && { enabled: true, ...healthCheck },
  })
  // Also when off: a template without the attribute leaves the group as it was.
  targetGroup.setAttribute('lambda.multi_value_headers.enabled', String(multiValueHeaders))
  targetGroup.node.addDependency(permission)
  return targetGroup
}

/**
 * The permission must exist before the target is registered, which is when the group is created, so
 * it cannot refer to the group's ARN. It names the group instead, whose name is fixed and unique in
 * the account and Region; only the random end of the ARN is a wildcard.
 */
function createPermission(
  scope: Construct,
  functionArn: string,
  targetGroupName: string,
): lambda.CfnPermission {
  return new lambda.CfnPermission(scope, 'Permission', {
    action: 'lambda:InvokeFunction',
    functionName: functionArn,
    principal: 'elasticloadbalancing.amazonaws.com',
    sourceAccount: Stack.of(scope).account,
    sourceArn: sourceArnOf(scope, targetGroupName),
  })
}

/** The same as a whole policy. */
function createResourcePolicy(
  scope: Construct,
  functionArn: string,
  targetGroupName: string,
): lambda.CfnResourcePolicy {
  const statement = new PolicyStatement({
    principals: [new ServicePrincipal('elasticloadbalancing.amazonaws.com')],
    actions: ['lambda:InvokeFunction'],
    resources: [functionArn],
    conditions: {
      StringEquals: { 'AWS:SourceAccount': Stack.of(scope).account },
      ArnLike: { 'AWS:SourceArn': sourceArnOf(scope, targetGroupName) },
    },
  })
  return new lambda.CfnResourcePolicy(scope, 'ResourcePolicy', {
    resourceArn: functionArn,
    policyDocument: new PolicyDocument({ statements: [statement] }),
  })
}

function sourceArnOf(scope: Construct, targetGroupName: string): string {
  return Stack.of(scope).formatArn({
    service: 'elasticloadbalancing',
    resource: 'targetgroup',
    resourceName: `${targetGroupName}/*`,
  })
}

/** At most 32 letters, digits and hyphens; not alike in two stacks, whatever their construct ids. */
export function targetGroupNameOf(scope: Construct): string {
  let stack = Stack.of(scope)
  while (stack.nestedStackParent) stack = stack.nestedStackParent
  const stackName = Token.isUnresolved(stack.stackName) ? '' : stack.stackName
  const path = `${stackName}/${scope.node.path}`
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8)
  const words = `${stackName}-${scope.node.id}`.match(/[A-Za-z0-9]+/g) ?? []
  return `${words.join('-').slice(0, 23).replace(/-$/, '')}-${hash}`
}
