import { existsSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { Function as LambdaFunction, RuntimeFamily } from 'aws-cdk-lib/aws-lambda'
import { packageFolder } from './bundle.ts'
import { type Problems, present, rangeProblem } from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** What is wrong with the props of the function and its alias. */
export function functionProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  return [
    ...(props.function ? givenFunctionProblems(props) : newFunctionProblems(props)),
    ...scalingProblems(props),
  ]
}

const ofNewFunction = [
  'entry',
  'handler',
  'include',
  'bundling',
  'runtime',
  'architecture',
  'memorySize',
  'timeout',
  'environment',
  'functionVpc',
  'functionSubnets',
  'functionSecurityGroups',
  'logRetention',
  'tracing',
] as const

function givenFunctionProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const surplus = present(props, ofNewFunction)
  const onAlias = present(props, [
    'provisionedConcurrentExecutions',
    'autoScaling',
    'deploymentConfig',
  ])
  return [
    surplus &&
      `${surplus}: not with \`function\`, which has its own. Set it where that function is made, or give \`entry\` instead of \`function\`.`,
    !(props.function instanceof LambdaFunction) &&
      onAlias &&
      `${onAlias}: needs a function whose versions this app publishes. \`function\` is an alias, a version or imported: set it where that is made, or pass the Function itself.`,
  ]
}

function newFunctionProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { entry, runtime, timeout, functionVpc } = props
  const inVpc = present(props, ['functionSubnets', 'functionSecurityGroups'])
  return [
    entry ? undefined : 'entry: give the path of the file that exports the handler, or `function`.',
    ...(entry ? entryProblems(entry, props.include ?? []) : []),
    runtime &&
      runtime.family !== RuntimeFamily.NODEJS &&
      `runtime: ${runtime.name} does not run Node. Give one such as Runtime.NODEJS_24_X.`,
    rangeProblem('memorySize', props.memorySize, 128, 10_240, 'MB'),
    timeout &&
      !timeout.isUnresolved() &&
      rangeProblem('timeout', timeout.toSeconds(), 1, 900, 's, which is what Lambda grants'),
    !functionVpc && inVpc && `${inVpc}: needs \`functionVpc\`, the network that it belongs to.`,
  ]
}

function entryProblems(entry: string, include: readonly string[]): Problems {
  const file = resolve(entry)
  if (!/\.[cm]?[jt]sx?$/.test(file)) {
    return [`entry: ${entry} is neither JavaScript nor TypeScript. Give the handler's source file.`]
  }
  if (!existsSync(file)) {
    return [
      `entry: there is no ${file}. Give a path that is absolute or relative to ${process.cwd()}.`,
    ]
  }
  const root = packageFolder(file)
  return include.map((path) => {
    const inside = join(root, path).startsWith(root + sep) && existsSync(join(root, path))
    return (
      !inside && `include: there is no ${path} in ${root}, the folder of the entry's package.json.`
    )
  })
}

function scalingProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { provisionedConcurrentExecutions, autoScaling } = props
  if (!autoScaling) {
    return [rangeProblem('provisionedConcurrentExecutions', provisionedConcurrentExecutions, 1)]
  }
  const { minCapacity, maxCapacity } = autoScaling
  return [
    provisionedConcurrentExecutions !== undefined &&
      'provisionedConcurrentExecutions: not with `autoScaling`, which sets it. Give `autoScaling.minCapacity` instead.',
    rangeProblem('autoScaling.minCapacity', minCapacity, 1),
    rangeProblem('autoScaling.maxCapacity', maxCapacity, 1),
    minCapacity > maxCapacity &&
      `autoScaling: minCapacity ${minCapacity} is more than maxCapacity ${maxCapacity}. Raise the latter.`,
  ]
}
