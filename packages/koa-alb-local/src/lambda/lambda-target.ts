import { dirname, resolve } from 'node:path'
import { printableInColours } from '../log/printable.ts'
import { functionArn } from '../targets/function-identity.ts'
import { checkTimeout, type Target, takeEvents } from '../targets/target.ts'
import { holdingProcess } from '../time/clock.ts'
import { type DebugPort, debuggedFlag } from './debug-port.ts'
import type { FunctionOutput, InitOutcome } from './environment.ts'
import { EnvironmentPool } from './environment-pool.ts'
import { checkEnvironment, environmentVariables } from './environment-variables.ts'
import { type HandlerName, toHandlerName } from './handler-name.ts'
import { inspectNode, type NodeBinary } from './node-binary.ts'
import { onDisk, plugNPlayArguments } from './plug-n-play.ts'
import { type RuntimeClientName, runtimeArguments, runtimeClientFile } from './runtime-client.ts'
import type { RuntimeCommand } from './runtime-process.ts'

export interface LambdaTargetOptions {
  /**
   * As Lambda writes it, `'dist/lambda.handler'`, or `{ file: 'dist/lambda.mjs', export: 'handler' }`;
   * relative to `taskRoot`.
   */
  handler: HandlerName
  /** What corresponds to `/var/task`, and the working directory. Default: the current one. */
  taskRoot?: string
  /**
   * The runtime client in each process: our own, or `aws-lambda-ric` 4, which has to be installed and
   * needs Node 22. Default `bootstrap`.
   */
  runtime?: RuntimeClientName
  /** Folder from which `aws-lambda-ric` is looked up. Default: `taskRoot`. */
  runtimeFrom?: string
  /** The Node binary to run. Default: the one of this process. */
  node?: string
  /** Milliseconds until an invocation fails and its process is killed. Default 30,000; at most 900,000. */
  timeoutMs?: number
  /** Milliseconds for the init phase. Default 10,000; with `maxConcurrency` 130,000, or `timeoutMs` if longer. */
  initTimeoutMs?: number
  /** Sets the heap limit, as in the managed runtimes, and `context.memoryLimitInMB`. Default 1024. */
  memoryLimitInMB?: number
  /** `context.functionName`. Default `koa-alb-local`. */
  functionName?: string
  /** The function's variables. It sees no other variable of this process but PATH, HOME and the temporary folder. */
  environment?: Readonly<Record<string, string>>
  /** Execution environments at most; one more invocation at once is throttled. Default 100. */
  concurrency?: number
  /**
   * Idle execution environments that stay; others are given back after a minute without an invocation.
   * Default 6, as many as a browser asks at once over HTTP/1.
   */
  keepWarm?: number
  /** Many invocations at once in one environment, up to this number, as on Managed Instances. Default: one. */
  maxConcurrency?: number
  /**
   * Called with each line the function writes and each of the platform's, and with the id of the
   * request it belongs to, if there is one. Default: to stderr.
   */
  output?: FunctionOutput
}

export interface LambdaTarget extends Target {
  /**
   * Starts an execution environment ahead of the first invocation, which is then no cold start;
   * resolves with the milliseconds of its init phase, or with why it failed.
   */
  warmUp(): Promise<InitOutcome>
  /** Lets invocations finish, then ends the processes: SIGTERM, half a second later SIGKILL. */
  close(): Promise<void>
}

/**
 * A target that runs the function as Lambda does: in processes of its own, started when needed and
 * used again, behind a local Lambda Runtime API.
 *
 * Idle processes do not keep this one running, and end with it, also when it is killed.
 * @throws TypeError when an option is not what it has to be
 * @throws Error when the official client is not installed
 * @see docs/local.md for what is as on Lambda, and what is not
 */
export function lambdaTarget(options: LambdaTargetOptions): LambdaTarget {
  return createLambdaTarget(options)
}

interface Internals {
  /** Called before each start of a process, which fails with what this fails with. */
  readonly beforeStart?: (() => Promise<void>) | undefined
  /** Milliseconds until an idle environment counts as one too many. */
  readonly idleMs?: number
  /** Of the runtime that the function declares, whichever Node runs it. */
  readonly major?: number | undefined
  /** Has it debugged there: in one environment, in which invocations take turns, without time limits. */
  readonly debugPort?: DebugPort | undefined
}

export function createLambdaTarget(
  options: LambdaTargetOptions,
  { beforeStart, idleMs = 60_000, major, debugPort }: Internals = {},
): LambdaTarget {
  checkOptions(options)
  const { timeoutMs = 30_000, maxConcurrency, concurrency = 100, keepWarm = 6 } = options
  const { functionName = 'koa-alb-local', environment = {}, output = toStderr } = options
  const slowInitMs = Math.max(130_000, timeoutMs)
  const { initTimeoutMs = maxConcurrency ? slowInitMs : 10_000 } = options
  const command = commandFrom(options, major)
  const pool = new EnvironmentPool(
    {
      async command() {
        await beforeStart?.()
        const run = await command()
        return debugPort ? { ...run, args: [debuggedFlag, ...run.args] } : run
      },
      output,
      functionArn: functionArn(functionName, environment.AWS_REGION),
      ...(debugPort ? unlimited : { timeoutMs, initTimeoutMs }),
      maxConcurrency,
      debugPort,
    },
    debugPort ? { ...debugged, idleMs } : { concurrency, keepWarm, idleMs },
  )
  const target: LambdaTarget = {
    invoke: (event, { requestId }) => holdingProcess(() => pool.invoke(event, requestId)),
    warmUp: () => holdingProcess(() => pool.warmUp()),
    close: () => holdingProcess(() => pool.close()),
  }
  takeEvents(target, (event, { requestId }) => pool.invoke(JSON.stringify(event), requestId))
  return target
}

const unlimited = {
  timeoutMs: Number.POSITIVE_INFINITY,
  initTimeoutMs: Number.POSITIVE_INFINITY,
} as const
const debugged = { concurrency: 1, keepWarm: 1, waits: true } as const

function commandFrom(
  options: LambdaTargetOptions,
  major: number | undefined,
): () => Promise<Omit<RuntimeCommand, 'output'>> {
  const taskRoot = resolve(options.taskRoot ?? '.')
  const { runtime = 'bootstrap', memoryLimitInMB = 1024, environment = {} } = options
  const { functionName = 'koa-alb-local', maxConcurrency, node = process.execPath } = options
  const file = runtimeClientFile(runtime, resolve(options.runtimeFrom ?? taskRoot))
  const handler = toHandlerName(options.handler, taskRoot)
  const configuration = {
    functionName,
    handler,
    taskRoot,
    memoryLimitInMB,
    maxConcurrency,
    environment,
    major,
  }
  let inspected: Promise<NodeBinary> | undefined
  return async () => {
    // Whoever invokes gets the error, which may pass: too many processes, no descriptor left.
    inspected ??= inspectNode(node).catch((error) => {
      inspected = undefined
      throw error
    })
    const binary = await inspected
    const client = runtime === 'bootstrap' ? await onDisk(file) : file
    const runtimeDirectory = dirname(client)
    return {
      node: binary.file,
      args: [
        ...plugNPlayArguments(resolve(taskRoot, handler)),
        ...runtimeArguments(client, runtime, binary, memoryLimitInMB),
      ],
      directory: taskRoot,
      variables: environmentVariables({ ...configuration, runtimeDirectory }, binary),
    }
  }
}

function toStderr(line: string): void {
  const shown = { hasColours: true, most: Number.POSITIVE_INFINITY }
  process.stderr.write(`${printableInColours(line, shown)}\n`)
}

// Callers without type checks reach this, too.
function checkOptions(options: LambdaTargetOptions): void {
  const { timeoutMs = 1, runtime = 'bootstrap', output = toStderr, environment = {} } = options
  checkTimeout(timeoutMs)
  if (runtime !== 'bootstrap' && runtime !== 'official') {
    throw new TypeError(`runtime must be bootstrap or official, got ${runtime}`)
  }
  if (typeof output !== 'function') {
    throw new TypeError(`output must be a function, got ${typeof output}`)
  }
  for (const name of [
    'initTimeoutMs',
    'memoryLimitInMB',
    'concurrency',
    'maxConcurrency',
  ] as const) {
    const value = options[name] ?? 1
    if (!(Number.isInteger(value) && value > 0)) {
      throw new TypeError(`${name} must be a positive integer, got ${value}`)
    }
  }
  const { keepWarm = 0 } = options
  if (!(Number.isInteger(keepWarm) && keepWarm >= 0)) {
    throw new TypeError(`keepWarm must be an integer from 0 on, got ${keepWarm}`)
  }
  checkEnvironment(environment)
}
