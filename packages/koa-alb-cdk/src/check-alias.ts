import * as lambda from 'aws-cdk-lib/aws-lambda'
import { Stack } from 'aws-cdk-lib/core'
import type { Construct, IConstruct } from 'constructs'
import { usualAliasName } from './alias.ts'
import type { Problem } from './errors.ts'
import {
  conflict,
  exceeds,
  invalid,
  isKnown,
  type Problems,
  present,
  rangeProblem,
  unsupported,
} from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'
import { targetOf } from './references.ts'

/** What is wrong with the props of the alias, and with the function that gets it. */
export function aliasProblems(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): Problems {
  const { function: given, aliasName = usualAliasName, resourcePolicy } = props
  return [
    ...(given instanceof lambda.Function
      ? [otherEnvironment(scope, given), ...takenNames(scope, given, aliasName)]
      : []),
    given && !(given instanceof lambda.Function) && withoutVersions(props),
    isKnown(aliasName) &&
      !/^(?!\d+$)[\w-]{1,128}$/.test(aliasName) &&
      invalid(
        `aliasName: ${aliasName} is not possible. Give 1 to 128 letters, digits, hyphens and underscores, not digits alone.`,
      ),
    resourcePolicy &&
      !lambda.CfnResourcePolicy &&
      unsupported(
        'resourcePolicy: this version of aws-cdk-lib has no CfnResourcePolicy. Take a newer one, or leave `resourcePolicy` out.',
      ),
    ...scalingProblems(props),
  ]
}

function withoutVersions(props: ApplicationLoadBalancedFunctionProps): Problem | undefined {
  const ofAlias = present({ ...props, resourcePolicy: props.resourcePolicy || undefined }, [
    'provisionedConcurrentExecutions',
    'autoScaling',
    'deploymentConfig',
    'aliasName',
    'resourcePolicy',
  ])
  if (!ofAlias) return undefined
  return conflict(
    `${ofAlias}: needs a function whose versions this app publishes. \`function\` is an alias, a version or imported: set it where that is made, or pass the Function itself.`,
  )
}

function otherEnvironment(scope: Construct, given: lambda.Function): Problem | undefined {
  const here = Stack.of(scope)
  const there = Stack.of(given)
  const differs = (one: string, other: string) => isKnown(one) && isKnown(other) && one !== other
  if (!differs(here.account, there.account) && !differs(here.region, there.region)) return undefined
  return {
    code: 'ALB_CDK_OTHER_ENVIRONMENT',
    message: `function: ${given.node.path} is in ${there.account}/${there.region}, and a load balancer of ${here.account}/${here.region} invokes functions of its own account and Region alone. Give one from there.`,
  }
}

/** Each alias of that name on the function, in any stack of the app, but `own`. */
export function takenNames(
  scope: Construct,
  given: IConstruct,
  aliasName: string,
  own?: IConstruct,
): Problem[] {
  const aliases = scope.node.root.node.findAll().filter((node) => node instanceof lambda.CfnAlias)
  return aliases
    .filter(({ name, functionName }) => name === aliasName && isOf(given, functionName))
    .filter((alias) => alias !== own?.node.defaultChild)
    .map(
      ({ node: { path } }): Problem => ({
        code: 'ALB_CDK_ALIAS_TAKEN',
        message: `aliasName: ${given.node.path} has an alias ${aliasName}, ${path.replace(/\/Resource$/, '')}. Give another \`aliasName\`, or that alias as \`function\`.`,
      }),
    )
}

function isOf(given: IConstruct, functionName: string): boolean {
  const element = given.node.defaultChild
  const target = targetOf(functionName)
  if (target) return target === element
  return element instanceof lambda.CfnFunction && functionName === element.functionName
}

function scalingProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { provisionedConcurrentExecutions: provisioned, autoScaling } = props
  const { reservedConcurrentExecutions: reserved } = props
  const { minCapacity, maxCapacity, utilizationTarget } = autoScaling ?? {}
  return [
    autoScaling
      ? provisioned !== undefined &&
        conflict(
          'provisionedConcurrentExecutions: not with `autoScaling`, which sets it. Give `autoScaling.minCapacity` instead.',
        )
      : rangeProblem('provisionedConcurrentExecutions', provisioned, 1),
    rangeProblem('autoScaling.minCapacity', minCapacity, 1),
    rangeProblem('autoScaling.maxCapacity', maxCapacity, 1),
    exceeds(minCapacity, maxCapacity) &&
      invalid(
        `autoScaling: minCapacity ${minCapacity} is more than maxCapacity ${maxCapacity}. Raise the latter.`,
      ),
    isKnown(utilizationTarget) &&
      !(utilizationTarget >= 0.1 && utilizationTarget <= 0.9) &&
      invalid(
        `autoScaling.utilizationTarget: ${utilizationTarget} is not possible. Give a share, 0.1 to 0.9.`,
      ),
    (exceeds(provisioned, reserved) || exceeds(maxCapacity, reserved)) &&
      invalid(
        `reservedConcurrentExecutions: ${reserved} is less than the ${provisioned ?? maxCapacity} that are to be warm. Raise it.`,
      ),
  ]
}
