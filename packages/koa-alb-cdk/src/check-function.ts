import { existsSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { RuntimeFamily } from 'aws-cdk-lib/aws-lambda'
import { packageFolder } from './bundle.ts'
import {
  conflict,
  invalid,
  isKnown,
  missing,
  type Problems,
  present,
  rangeProblem,
  tooMany,
} from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** What is wrong with the props of the function; those of its alias are looked at elsewhere. */
export function functionProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  return props.function ? givenFunctionProblems(props) : newFunctionProblems(props)
}

const ofNewFunction = [
  'entry',
  'handler',
  'include',
  'bundling',
  'functionName',
  'runtime',
  'layers',
  'architecture',
  'memorySize',
  'ephemeralStorageSize',
  'timeout',
  'environment',
  'role',
  'functionVpc',
  'functionSubnets',
  'functionSecurityGroups',
  'logRetention',
  'tracing',
  'reservedConcurrentExecutions',
] as const

function givenFunctionProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const surplus = present(props, ofNewFunction)
  return [
    surplus &&
      conflict(
        `${surplus}: not with \`function\`, which has its own. Set it where that function is made, or give \`entry\` instead of \`function\`.`,
      ),
  ]
}

function newFunctionProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { entry, functionVpc } = props
  const inVpc = present(props, ['functionSubnets', 'functionSecurityGroups'])
  return [
    entry
      ? undefined
      : missing('entry: give the path of the file that exports the handler, or `function`.'),
    ...(entry ? entryProblems(entry, props.include ?? []) : []),
    ...settingProblems(props),
    !functionVpc &&
      inVpc &&
      missing(`${inVpc}: needs \`functionVpc\`, the network that it belongs to.`),
  ]
}

function settingProblems(props: ApplicationLoadBalancedFunctionProps): Problems {
  const { functionName, runtime, layers, timeout, ephemeralStorageSize } = props
  return [
    isKnown(functionName) &&
      !/^[\w-]{1,64}$/.test(functionName) &&
      invalid(
        `functionName: ${functionName} is not possible. Give 1 to 64 letters, digits, hyphens and underscores.`,
      ),
    runtime &&
      runtime.family !== RuntimeFamily.NODEJS &&
      invalid(`runtime: ${runtime.name} does not run Node. Give one such as Runtime.NODEJS_24_X.`),
    layers &&
      layers.length > 5 &&
      tooMany(`layers: a function has at most 5, and these are ${layers.length}. Merge some.`),
    rangeProblem('memorySize', props.memorySize, 128, 10_240, 'MB'),
    ephemeralStorageSize &&
      !ephemeralStorageSize.isUnresolved() &&
      rangeProblem('ephemeralStorageSize', ephemeralStorageSize.toMebibytes(), 512, 10_240, 'MiB'),
    timeout &&
      !timeout.isUnresolved() &&
      rangeProblem('timeout', timeout.toSeconds(), 1, 900, 's, which is what Lambda grants'),
    rangeProblem('reservedConcurrentExecutions', props.reservedConcurrentExecutions, 0),
  ]
}

function entryProblems(entry: string, include: readonly string[]): Problems {
  const file = resolve(entry)
  if (!/\.[cm]?[jt]sx?$/.test(file)) {
    return [
      invalid(
        `entry: ${entry} is neither JavaScript nor TypeScript. Give the handler's source file.`,
      ),
    ]
  }
  if (!existsSync(file)) {
    return [
      invalid(
        `entry: there is no ${file}. Give a path that is absolute or relative to ${process.cwd()}.`,
      ),
    ]
  }
  const root = packageFolder(file)
  return include.map((path) => {
    const inside = join(root, path).startsWith(root + sep) && existsSync(join(root, path))
    return (
      !inside &&
      invalid(`include: there is no ${path} in ${root}, the folder of the entry's package.json.`)
    )
  })
}
