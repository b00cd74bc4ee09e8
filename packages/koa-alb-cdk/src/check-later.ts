import { type Alias, CfnPermission, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { takenNames } from './check-alias.ts'
import { takenPriority } from './check-rule.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { targetOf } from './references.ts'

/** Refuses, when the app is synthesized, what may have been made after the construct. */
export function checkLater(
  scope: Construct,
  alias: Alias | undefined,
  props: ApplicationLoadBalancedFunctionProps,
): void {
  const { listener, priority, function: given, resourcePolicy } = props
  if (listener && priority !== undefined) {
    scope.node.addValidation({ validate: () => takenPriority(scope, listener, priority) })
  }
  if (alias && given instanceof LambdaFunction) {
    scope.node.addValidation({
      validate: () =>
        takenNames(scope, given, alias.aliasName, alias).map(
          ({ message, code }) => `${message} (${code})`,
        ),
    })
  }
  if (alias && resourcePolicy) {
    scope.node.addValidation({ validate: () => permissionsBeside(scope, alias) })
  }
}

/** A policy is the whole policy: what a permission adds, the next deployment of the policy removes. */
function permissionsBeside(scope: Construct, alias: Alias): string[] {
  const permissions = scope.node.root.node.findAll().filter((node) => node instanceof CfnPermission)
  return permissions
    .filter(({ functionName }) => targetOf(functionName) === alias.node.defaultChild)
    .map(
      ({ node: { path } }) =>
        `resourcePolicy: ${path} is a permission on the same alias, which the policy replaces. Leave one of them out. (ALB_CDK_PERMISSION_BESIDE_POLICY)`,
    )
}
