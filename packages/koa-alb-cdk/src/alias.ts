import { Alias, type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

export const usualAliasName = 'live'

/** The alias; none for an imported function, an alias or a version, which have no versions to publish. */
export function createAlias(
  scope: Construct,
  target: IFunction,
  props: ApplicationLoadBalancedFunctionProps,
): Alias | undefined {
  if (!(target instanceof LambdaFunction)) return undefined
  const { aliasName = usualAliasName, provisionedConcurrentExecutions } = props
  const alias = isDeployedWith(target, scope)
    ? new Alias(scope, 'Alias', {
        aliasName,
        version: target.currentVersion,
        provisionedConcurrentExecutions,
      })
    : target.addAlias(aliasName, { provisionedConcurrentExecutions })
  if (props.autoScaling) {
    const { utilizationTarget = 0.7, ...capacity } = props.autoScaling
    alias.addAutoScaling(capacity).scaleOnUtilization({ utilizationTarget })
  }
  return alias
}

/**
 * Whether one deployment has both, nested stacks counted. An alias of another deployment would import
 * the version, by an export whose name changes with the code: while it is imported it cannot go, and
 * until the new one is there the import cannot change.
 */
export function isDeployedWith(one: Construct, other: Construct): boolean {
  return outermostStack(one) === outermostStack(other)
}

function outermostStack(scope: Construct): Stack {
  let stack = Stack.of(scope)
  while (stack.nestedStackParent) stack = stack.nestedStackParent
  return stack
}
