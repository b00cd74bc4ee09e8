import { defaultRegion, logGroupName, logStreamName } from '../targets/function-identity.ts'
import { type NodeBinary, refuseDetectionFlag, refuseRequireFlag } from './node-binary.ts'

export interface FunctionConfiguration {
  readonly functionName: string
  /** As Lambda writes it: `dist/lambda.handler`. */
  readonly handler: string
  readonly taskRoot: string
  readonly runtimeDirectory: string
  readonly memoryLimitInMB: number
  /** Invocations at once in one environment, of Managed Instances. */
  readonly maxConcurrency: number | undefined
  /** The function's own variables. */
  readonly environment: Readonly<Record<string, string>>
  /** Of the runtime that the function declares; without one, of the Node that runs it. */
  readonly major?: number | undefined
}

// What a process needs to run at all; nothing else of the developer's machine is visible.
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot']

// Region and credentials are reserved on Lambda, too, but here nobody else could set them.
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_EXECUTION_ENV|AWS_LAMBDA_(FUNCTION_(NAME|MEMORY_SIZE|VERSION)|INITIALIZATION_TYPE|LOG_(GROUP|STREAM)_NAME|RUNTIME_API|MAX_CONCURRENCY)|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/

/**
 * The variables of a new execution environment, without the address of its Runtime API.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(
  configuration: FunctionConfiguration,
  node: NodeBinary,
): Record<string, string> {
  const { functionName, memoryLimitInMB, maxConcurrency, environment } = configuration
  const region = environment.AWS_REGION ?? defaultRegion
  const options = nodeOptions(node, environment.NODE_OPTIONS)
  return {
    ...ownVariables(),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...environment,
    ...(options && { NODE_OPTIONS: options }),
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${configuration.major ?? node.major}.x`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryLimitInMB),
    AWS_LAMBDA_INITIALIZATION_TYPE: maxConcurrency ? 'lambda-managed-instances' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(functionName),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(),
    ...(maxConcurrency && { AWS_LAMBDA_MAX_CONCURRENCY: String(maxConcurrency) }),
    LAMBDA_TASK_ROOT: configuration.taskRoot,
    LAMBDA_RUNTIME_DIR: configuration.runtimeDirectory,
    _HANDLER: configuration.handler,
  }
}

/** Whether a function cannot set it: Lambda does. */
export function isReserved(name: string): boolean {
  return reserved.test(name)
}

// What Lambda sets as well, and a function may change.
const usual =
  /^(LANG|TZ|AWS_(DEFAULT_)?REGION|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)$/

/** Whether a function on Lambda has it without having been given it, or here as well. */
export function isSetByLambda(name: string): boolean {
  return isReserved(name) || usual.test(name) || inherited.includes(name)
}

/** @throws TypeError that names a variable which is not the function's to set */
export function checkEnvironment(environment: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(environment)) {
    if (isReserved(name)) throw new TypeError(`environment.${name} is set by Lambda itself`)
    if (typeof value !== 'string') {
      throw new TypeError(`environment.${name} must be a string, got ${typeof value}`)
    }
  }
}

// The documentation names `require` of ES modules for Node 20 and 22 and the detection for 22; users
// report the first for 24 and the preview of 26, too. The function's own options come after these, so
// that they can turn them on again, as on Lambda.
function nodeOptions({ major, flags }: NodeBinary, own: string | undefined): string {
  const wanted = major === 22 ? [refuseRequireFlag, refuseDetectionFlag] : [refuseRequireFlag]
  const known = wanted.filter((flag) => flags.includes(flag))
  return [...known, own].filter(Boolean).join(' ')
}

function ownVariables(): Record<string, string> {
  return Object.fromEntries(
    inherited.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
